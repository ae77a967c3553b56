// `node watch.mjs ENDPOINT TOKEN FRAMES`: a player of another make (werift) that watches by WHEP. Of each whole VP8 frame, and
// of each Opus packet, it says a line: "video" or "audio" and the SHA-256 of what an encoder made. After so many frames it
// ends what it watches, and itself.
import { createHash } from 'node:crypto';
import { RTCPeerConnection, RTCRtpCodecParameters } from 'werift';

const [endpoint, token, most] = process.argv.slice(2);
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

/** RFC 7741, section 4.2: how long the descriptor is before what an encoder made. */
function descriptorLength(payload) {
  if (!(payload[0] & 0x80)) return 1;
  const fields = payload[1];
  const pictureId = fields & 0x80 ? (payload[2] & 0x80 ? 2 : 1) : 0;
  return 2 + pictureId + (fields & 0x40 ? 1 : 0) + (fields & 0x30 ? 1 : 0);
}

const say = (kind, bytes) => console.log(`${kind} ${createHash('sha256').update(bytes).digest('hex')}`);
let finish;
const finished = new Promise((resolve) => (finish = resolve));
let frames = 0;
let pieces = [];
let last = null;

function picture({ header, payload }) {
  if (payload.length === 0) return;
  const gap = last !== null && header.sequenceNumber !== ((last + 1) & 0xffff);
  last = header.sequenceNumber;
  const begins = (payload[0] & 0x17) === 0x10;
  if (gap || begins) pieces = begins ? [] : null;
  pieces?.push(payload.subarray(descriptorLength(payload)));
  if (!header.marker || pieces === null) return;
  say('video', Buffer.concat(pieces));
  pieces = null;
  frames += 1;
  if (frames === Number(most)) finish();
}

peer.onTrack.subscribe((track) => {
  track.onReceiveRtp.subscribe((packet) => (track.kind === 'video' ? picture(packet) : say('audio', packet.payload)));
});
peer.addTransceiver('audio', { direction: 'recvonly' });
peer.addTransceiver('video', { direction: 'recvonly' });

async function ask(method, url, body) {
  const answer = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/sdp' } : {}) },
    ...(body ? { body } : {}),
  });
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
  return answer;
}

await peer.setLocalDescription(await peer.createOffer());
const made = await ask('POST', endpoint, peer.localDescription.sdp);
await peer.setRemoteDescription({ type: 'answer', sdp: await made.text() });
await finished;
await ask('DELETE', new URL(made.headers.get('location'), endpoint));
await peer.close();
process.exit(0);
