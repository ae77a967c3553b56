// `node publish.mjs ENDPOINT TOKEN CLIP`: an encoder of another make (werift) that publishes by WHIP.
// CLIP is a file of JSON: {seconds, video: [[ticks, base64]], audio: [[ticks, base64]]}, of VP8 frames and Opus packets with
// their times in 1/90000 and 1/48000 s, which are sent over and over. It says "connected" once they flow. A line on its
// standard input, "restart", has it restart ICE, to which it says "restarted"; when the input ends, so does it.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { MediaStreamTrack, RTCPeerConnection, RTCRtpCodecParameters, RtpHeader, RtpPacket } from 'werift';

const [endpoint, token, file] = process.argv.slice(2);
const clip = JSON.parse(readFileSync(file, 'utf8'));
const LARGEST_PAYLOAD = 1_000;

const vp8 = new RTCRtpCodecParameters({
  mimeType: 'video/VP8',
  clockRate: 90_000,
  rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }],
});
const opus = new RTCRtpCodecParameters({ mimeType: 'audio/opus', clockRate: 48_000, channels: 2 });
const peer = new RTCPeerConnection({
  codecs: { audio: [opus], video: [vp8] },
  bundlePolicy: 'max-bundle',
  iceAdditionalHostAddresses: ['127.0.0.1'],
});
const audio = new MediaStreamTrack({ kind: 'audio' });
const video = new MediaStreamTrack({ kind: 'video' });
peer.addTransceiver(audio, { direction: 'sendonly' });
peer.addTransceiver(video, { direction: 'sendonly' });
const connected = new Promise((resolve) => {
  peer.connectionStateChange.subscribe((state) => state === 'connected' && resolve());
});

async function ask(method, url, type, body, more = {}) {
  const answer = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(type ? { 'content-type': type } : {}), ...more },
    ...(body ? { body } : {}),
  });
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
  return answer;
}

await peer.setLocalDescription(await peer.createOffer());
const made = await ask('POST', endpoint, 'application/sdp', peer.localDescription.sdp);
const session = new URL(made.headers.get('location'), endpoint);
let answer = await made.text();
await peer.setRemoteDescription({ type: 'answer', sdp: answer });
await connected;

/** RFC 7741: a byte before each piece, with a bit for the first one. */
function piecesOfFrame(frame) {
  const pieces = [];
  for (let at = 0; at < frame.length; at += LARGEST_PAYLOAD) {
    const descriptor = Buffer.from([at === 0 ? 0x10 : 0x00]);
    pieces.push(Buffer.concat([descriptor, frame.subarray(at, at + LARGEST_PAYLOAD)]));
  }
  return pieces;
}

/** Sends each unit when its time has come. */
function play(track, units, clockRate, piecesOf) {
  const all = units.map(([ticks, bytes]) => ({ ticks, pieces: piecesOf(Buffer.from(bytes, 'base64')) }));
  const from = performance.now();
  let sequenceNumber = 0;
  let next = 0;
  return setInterval(() => {
    for (;;) {
      const unit = all[next % all.length];
      const ticks = Math.floor(next / all.length) * clip.seconds * clockRate + unit.ticks - all[0].ticks;
      if (performance.now() - from < (ticks * 1_000) / clockRate) return;
      next += 1;
      unit.pieces.forEach((payload, index) => {
        const header = new RtpHeader({
          sequenceNumber: sequenceNumber++ & 0xffff,
          timestamp: Math.round(ticks) >>> 0,
          marker: index === unit.pieces.length - 1,
          payloadType: 96,
          ssrc: 1,
        });
        track.writeRtp(new RtpPacket(header, payload));
      });
    }
  }, 5);
}

const timers = [play(audio, clip.audio, 48_000, (packet) => [packet]), play(video, clip.video, 90_000, piecesOfFrame)];
console.log('connected');

const line = (sdp, name) => new RegExp(`^a=${name}:.*$`, 'm').exec(sdp)[0].trim();

/** RFC 9725, section 4.3.3: only what belongs to ICE is exchanged, the rest goes on to hold. */
async function restart() {
  await peer.setLocalDescription(await peer.createOffer({ iceRestart: true }));
  const offer = peer.localDescription.sdp;
  const fragment = [
    line(offer, 'group'),
    /^m=.*$/m.exec(offer)[0].trim(),
    ...['mid', 'ice-ufrag', 'ice-pwd'].map((name) => line(offer, name)),
    ...[...offer.matchAll(/^a=candidate:.*$/gm)].map((match) => match[0].trim()),
  ];
  const body = `${fragment.join('\r\n')}\r\n`;
  const theirs = await (
    await ask('PATCH', session, 'application/trickle-ice-sdpfrag', body, { 'if-match': '*' })
  ).text();
  for (const name of ['ice-ufrag', 'ice-pwd']) {
    answer = answer.replace(new RegExp(`^a=${name}:.*$`, 'gm'), line(theirs, name));
  }
  await peer.setRemoteDescription({ type: 'answer', sdp: answer });
  // werift leaves this to its caller where DTLS is connected already.
  await peer.iceTransports[0].start();
  console.log('restarted');
}

for await (const asked of createInterface({ input: process.stdin })) {
  if (asked === 'restart') await restart();
}
timers.forEach(clearInterval);
await ask('DELETE', session);
await peer.close();
process.exit(0);
