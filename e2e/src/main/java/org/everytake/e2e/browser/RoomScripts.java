package org.everytake.e2e.browser;

/** What is asked of the room's page, the same in every browser. */
final class RoomScripts {
    private RoomScripts() {}

    /** Whether so many of the others are seen and move. */
    static final String OTHERS_MOVE = """
            (others) => {
              const panes = [...document.querySelectorAll('[data-testid=pane][data-self=false]')];
              const moving = panes.filter((pane) => {
                const video = pane.querySelector('video');
                return video && video.videoWidth > 0 && video.currentTime > 0;
              });
              return moving.length >= others;
            }""";

    /** The hue, in degrees, of the margin of a video as the browser decodes it; -1 if it is grey. */
    static final String HUE = """
            (video) => {
              const canvas = document.createElement('canvas');
              canvas.width = video.videoWidth;
              canvas.height = video.videoHeight;
              const pen = canvas.getContext('2d');
              pen.drawImage(video, 0, 0);
              const [r, g, b] = pen.getImageData(canvas.width * 0.1, canvas.height * 0.5, 1, 1).data;
              const max = Math.max(r, g, b), min = Math.min(r, g, b);
              if (max === min) return -1;
              const hue = max === r ? (60 * (g - b)) / (max - min)
                : max === g ? 120 + (60 * (b - r)) / (max - min) : 240 + (60 * (r - g)) / (max - min);
              return (hue + 360) % 360;
            }""";

    /** Whether an audio element plays a beep of a pitch within so many seconds. */
    static final String HEARS = """
            async (voice, [pitch, seconds]) => {
              const context = new AudioContext(), analyser = new AnalyserNode(context, {
                fftSize: 2048, smoothingTimeConstant: 0 });
              context.createMediaStreamSource(voice.srcObject).connect(analyser);
              const levels = new Float32Array(analyser.frequencyBinCount);
              const at = (hertz) => levels[Math.round((hertz / context.sampleRate) * analyser.fftSize)];
              let heard = false;
              for (let i = 0; i < seconds * 25 && !heard; i++) {
                await new Promise((resolve) => setTimeout(resolve, 40));
                analyser.getFloatFrequencyData(levels);
                heard = at(pitch) > -50 && at(pitch) > at(pitch + 250) + 15;
              }
              await context.close();
              return heard;
            }""";

    /** Runs before the page's own scripts: its connections can be asked for what they count. */
    static final String KEEP_CONNECTIONS = """
            window.connections = [];
            window.RTCPeerConnection = class extends RTCPeerConnection {
              constructor(...all) {
                super(...all);
                window.connections.push(this);
              }
            };
            """;

    /** Runs before the page's own scripts: pictures are sent in the codec that was wanted last, and in no other. */
    static final String SEND_ONLY_WANTED_CODEC = """
            const prefer = RTCRtpTransceiver.prototype.setCodecPreferences;
            RTCRtpTransceiver.prototype.setCodecPreferences = function (codecs) {
              const wanted = sessionStorage.getItem('wanted-codec') ?? '';
              const left = codecs.filter((codec) => codec.mimeType === wanted || codec.mimeType === 'video/rtx');
              const picture = codecs.every((codec) => codec.mimeType.startsWith('video/'));
              return prefer.call(this, picture && wanted ? left : codecs);
            };
            """;

    static final String WANT_CODEC = "(codec) => sessionStorage.setItem('wanted-codec', codec)";

    /** The codecs of pictures that a browser sends and plays, with commas between. */
    static final String CODECS = """
            () => {
              const of = (what) => what.getCapabilities('video').codecs.map((codec) => codec.mimeType);
              const plays = new Set(of(RTCRtpReceiver));
              return [...new Set(of(RTCRtpSender))].filter((codec) => plays.has(codec)).join(',');
            }""";

    /** In which codecs pictures are sent and played at this moment, with commas between. */
    static final String CODECS_IN_USE = """
            async () => {
              const used = new Set();
              for (const connection of window.connections) {
                const stats = await connection.getStats();
                for (const report of stats.values()) {
                  const flows = report.framesDecoded > 0 || report.framesSent > 0;
                  if (flows && report.codecId) used.add(stats.get(report.codecId).mimeType);
                }
              }
              return [...used].join(',');
            }""";

    /** How many frames of the others' pictures have been decoded. */
    static final String FRAMES_DECODED = """
            async () => {
              let frames = 0;
              for (const connection of window.connections) {
                for (const report of (await connection.getStats()).values()) {
                  if (report.type === 'inbound-rtp') frames += report.framesDecoded ?? 0;
                }
              }
              return frames;
            }""";
}
