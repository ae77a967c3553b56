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

  const devices = [];
  if (card.microphone) devices.push(['audioinput', 'card-microphone', card.name + "'s microphone"]);
  if (card.camera) devices.push(['videoinput', 'card-camera', card.name + "'s camera"]);

  navigator.mediaDevices.enumerateDevices = async () => devices.map(([kind, deviceId, label]) =>
    ({ kind, deviceId, label, groupId: 'card', toJSON() { return { kind, deviceId, label, groupId: 'card' }; } }));

  navigator.mediaDevices.getUserMedia = async (wanted) => {
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
