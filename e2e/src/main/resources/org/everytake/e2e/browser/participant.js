// Replaces camera and microphone of a page by a test card: colour, name, flash, hum, beep, and the time of the
// AudioContext as black and white cells in every frame. Sound and picture come from the one clock.
(card) => {
  if (!navigator.mediaDevices) return;
  let source = null;

  function check(time) { // CRC-8, as the reader of the cells has it
    let crc = 0xff;
    for (const shift of [16, 8, 0]) {
      crc ^= (time >> shift) & 0xff;
      for (let bit = 0; bit < 8; bit++) crc = crc & 0x80 ? ((crc << 1) ^ 0x07) & 0xff : crc << 1;
    }
    return crc;
  }

  function cells(millis) {
    const time = millis % (1 << card.timeBits), shown = [true, false];
    for (let bit = card.timeBits - 1; bit >= 0; bit--) shown.push(((time >> bit) & 1) === 1);
    const sum = check(time);
    for (let bit = 7; bit >= 0; bit--) shown.push(((sum >> bit) & 1) === 1);
    return shown;
  }

  function sound(context) {
    const out = context.createMediaStreamDestination();
    out.channelCount = 1;
    const hum = new OscillatorNode(context, { frequency: card.humHz });
    hum.connect(new GainNode(context, { gain: card.humAmplitude })).connect(out);
    // The beep's envelope is a loop of one period that drives a gain, so no timer can make it late.
    const rate = context.sampleRate, period = Math.round(card.periodSeconds * rate), ramp = card.rampSeconds * rate;
    const shape = new AudioBuffer({ length: period, sampleRate: rate }), values = shape.getChannelData(0);
    const end = card.beepSeconds * rate + ramp;
    for (let i = 0; i < end; i++) values[i] = Math.min(1, i / ramp, (end - i) / ramp) * card.beepAmplitude;
    const envelope = new AudioBufferSourceNode(context, { buffer: shape, loop: true });
    const beep = new OscillatorNode(context, { frequency: card.pitchHz }), gate = new GainNode(context, { gain: 0 });
    envelope.connect(gate.gain);
    beep.connect(gate).connect(out);
    hum.start();
    beep.start();
    // The middle of the ramp is at the multiple of the period.
    const first = Math.ceil((context.currentTime + 0.2) / card.periodSeconds) * card.periodSeconds;
    envelope.start(first - card.rampSeconds / 2);
    return out.stream;
  }

  // The context's time moves in steps of a buffer. Its newest sample enters the stream at the moment of the step, so
  // the true line is the upper edge of the steps over the last two seconds.
  function clockOf(context) {
    const leads = [];
    return () => {
      const now = performance.now() / 1000;
      leads.push([now, context.currentTime - now]);
      while (leads[0][0] < now - 2) leads.shift();
      return now + Math.max(...leads.map((lead) => lead[1]));
    };
  }

  // For pictures in the documentation: somebody drawn, breathing a little, in place of cells and flashes.
  function portrait(pen, w, h, time) {
    const hue = card.portraitHue, sway = Math.sin(time * 1.3) * w * 0.006, lift = Math.sin(time * 2.1) * h * 0.006;
    const wall = pen.createLinearGradient(0, 0, w, h);
    wall.addColorStop(0, `hsl(${hue} 28% 78%)`);
    wall.addColorStop(1, `hsl(${hue} 24% 52%)`);
    pen.fillStyle = wall;
    pen.fillRect(0, 0, w, h);
    pen.fillStyle = `hsl(${hue} 22% 88% / 0.5)`;
    pen.fillRect(w * 0.07, h * 0.1, w * 0.17, h * 0.46);
    pen.fillStyle = `hsl(${hue} 20% 42% / 0.35)`;
    pen.fillRect(w * 0.78, h * 0.5, w * 0.22, h * 0.02);
    for (const [x, tall] of [[0.8, 0.14], [0.835, 0.2], [0.87, 0.17], [0.905, 0.22], [0.94, 0.13]]) {
      pen.fillRect(w * x, h * (0.5 - tall), w * 0.026, h * tall);
    }
    const oval = (x, y, rx, ry, color) => {
      pen.fillStyle = color;
      pen.beginPath();
      pen.ellipse(x * w + sway, y * h + lift, rx * h, ry * h, 0, 0, 2 * Math.PI);
      pen.fill();
    };
    const hair = `hsl(${card.portraitHair} 35% 22%)`, skin = `hsl(24 45% ${card.portraitSkin}%)`;
    if (card.portraitLong) oval(0.5, 0.47, 0.215, 0.3, hair);
    oval(0.5, 1.08, 0.46, 0.36, `hsl(${(hue + 170) % 360} 32% 38%)`);
    oval(0.5, 0.72, 0.085, 0.13, `hsl(24 42% ${card.portraitSkin - 8}%)`);
    oval(0.5, 0.36, 0.195, 0.2, hair);
    oval(0.5, 0.46, 0.16, 0.205, skin);
    oval(0.5, 0.29, 0.165, 0.075, hair);
    for (const x of [0.466, 0.534]) oval(x, 0.45, 0.014, time % 4 < 0.12 ? 0.003 : 0.017, '#2a2220');
    pen.strokeStyle = '#7a3b34';
    pen.lineWidth = h * 0.012;
    pen.lineCap = 'round';
    pen.beginPath();
    pen.arc(w * 0.5 + sway, h * 0.535 + lift, h * 0.055, 0.15 * Math.PI, 0.85 * Math.PI);
    pen.stroke();
  }

  function picture(clock) {
    const canvas = document.createElement('canvas'), w = card.width, h = card.height;
    canvas.width = w;
    canvas.height = h;
    const pen = canvas.getContext('2d', { alpha: false }), color = '#' + card.rgb.toString(16).padStart(6, '0');
    const across = ((card.clockRight - card.clockLeft) * w) / card.clockColumns;
    const down = ((card.clockBottom - card.clockTop) * h) / 2;
    let lastDraw = -1;
    function draw() {
      const now = performance.now();
      if (now - lastDraw < 1000 / card.framesPerSecond - 4) return;
      lastDraw = now;
      const time = clock();
      if (card.portrait) {
        portrait(pen, w, h, time);
        return;
      }
      pen.fillStyle = color;
      pen.fillRect(0, 0, w, h);
      cells(Math.max(0, Math.round(time * 1000))).forEach((white, i) => {
        pen.fillStyle = white ? '#fff' : '#000';
        pen.fillRect(
          card.clockLeft * w + across * (i % card.clockColumns),
          card.clockTop * h + down * Math.floor(i / card.clockColumns), across, down);
      });
      pen.fillStyle = time % card.periodSeconds < card.flashSeconds ? '#fff' : '#000';
      pen.fillRect(card.flashLeft * w, card.flashTop * h,
        (card.flashRight - card.flashLeft) * w, (card.flashBottom - card.flashTop) * h);
      pen.fillStyle = '#fff';
      pen.font = '600 28px sans-serif';
      pen.textAlign = 'right';
      pen.fillText(card.name, w * 0.96, h * 0.8);
    }
    const frame = () => {
      draw();
      requestAnimationFrame(frame);
    };
    frame();
    return canvas.captureStream(card.framesPerSecond);
  }

  async function open() {
    if (source) return source;
    const context = new AudioContext({ sampleRate: 48000, latencyHint: 'interactive' });
    await context.resume();
    const clock = clockOf(context);
    source = { context, audio: sound(context).getAudioTracks()[0], video: picture(clock).getVideoTracks()[0], clock };
    window.testCard = source;
    return source;
  }

  function take(track, deviceId) {
    const copy = track.clone(), settings = copy.getSettings.bind(copy);
    copy.getSettings = () => ({ ...settings(), deviceId, groupId: 'card' });
    return copy;
  }

  // For the same pictures: what is shown when a screen is shared.
  function slide() {
    const canvas = document.createElement('canvas'), pen = canvas.getContext('2d', { alpha: false });
    canvas.width = 1600;
    canvas.height = 900;
    const draw = () => {
      pen.fillStyle = '#fdfcfa';
      pen.fillRect(0, 0, 1600, 900);
      pen.fillStyle = '#23324d';
      pen.font = '700 72px sans-serif';
      pen.fillText('Listeners by month', 120, 170);
      pen.font = '36px sans-serif';
      pen.fillStyle = '#5d6675';
      pen.fillText('All shows, first seven days', 120, 236);
      ['Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov'].forEach((month, i) => {
        const tall = [190, 230, 215, 320, 390, 450][i];
        pen.fillStyle = i === 5 ? '#e0673c' : '#3a6690';
        pen.fillRect(140 + i * 230, 780 - tall, 150, tall);
        pen.fillStyle = '#5d6675';
        pen.fillText(month, 182 + i * 230, 838);
      });
    };
    draw();
    setInterval(draw, 200);
    return canvas.captureStream(5);
  }

  if (card.portrait) navigator.mediaDevices.getDisplayMedia = async () => slide();

  const devices = [];
  if (card.microphone) devices.push(['audioinput', 'card-microphone', card.name + "'s microphone"]);
  if (card.camera) devices.push(['videoinput', 'card-camera', card.name + "'s camera"]);

  navigator.mediaDevices.enumerateDevices = async () => devices.map(([kind, deviceId, label]) =>
    ({ kind, deviceId, label, groupId: 'card', toJSON() { return { kind, deviceId, label, groupId: 'card' }; } }));

  navigator.mediaDevices.getUserMedia = async (wanted) => {
    window.cameraAskedFor ||= Boolean(wanted.video);
    if (card.denied) throw new DOMException('Permission denied', 'NotAllowedError');
    if ((wanted.video && !card.camera) || (wanted.audio && !card.microphone)) {
      throw new DOMException('Requested device not found', 'NotFoundError');
    }
    const { audio, video } = await open(), tracks = [];
    if (wanted.audio) tracks.push(take(audio, 'card-microphone'));
    if (wanted.video) tracks.push(take(video, 'card-camera'));
    return new MediaStream(tracks);
  };
}
