import { beforeEach, describe, expect, it } from 'vitest';
import { RoomClient, type RoomListener } from '../src/protocol';
import { FakeSurroundings, settled } from './surroundings';

const SDP = (origin: string, ...mids: string[]) =>
  [`v=0`, `o=- ${origin} 2 IN IP4 0.0.0.0`, 'a=fingerprint:sha-256 AB', ...mids.map((mid) => `a=mid:${mid}`), ''].join(
    '\r\n',
  );

class Heard implements RoomListener {
  readonly events: unknown[][] = [];
  state = (...event: unknown[]) => void this.events.push(['state', ...event]);
  joined = () => void this.events.push(['joined']);
  person = () => void this.events.push(['person']);
  left = (person: string) => void this.events.push(['left', person]);
  recording = (recording: unknown) => void this.events.push(['recording', recording]);
  tracks = (tracks: { person: string; kind: string }[]) =>
    void this.events.push(['tracks', ...tracks.map(({ person, kind }) => `${person} ${kind}`)]);
  complaint = (complaint: { id: string }) => void this.events.push(['complaint', complaint.id]);

  states(): unknown[] {
    return this.events.filter(([what]) => what === 'state').map(([, state, end]) => end ?? state);
  }
}

const microphone = { kind: 'audio' } as MediaStreamTrack;
const camera = { kind: 'video' } as MediaStreamTrack;

let around: FakeSurroundings;
let heard: Heard;
let client: RoomClient;

beforeEach(() => {
  around = new FakeSurroundings();
  heard = new Heard();
  client = new RoomClient('ws://host/socket', 'Anna', null, heard, around);
});

function joined(more: { sends?: string[]; muted?: string[] } = {}): unknown {
  return {
    type: 'joined',
    person: 'a',
    pass: 'secret',
    session: { id: 's', title: 'Weekly' },
    people: [{ person: 'a', name: 'Anna', muted: more.muted ?? [], sends: more.sends ?? [] }],
    recording: null,
    iceServers: [],
  };
}

async function enter(): Promise<void> {
  client.open();
  around.line.onopen?.();
  around.line.says(joined());
  await settled();
}

describe('joining', () => {
  it('says the name first, and nothing else before it is let in', () => {
    client.mute('microphone', true);
    client.open();
    around.line.onopen?.();
    expect(around.line.sent).toEqual([{ type: 'join', name: 'Anna' }]);
  });

  it('publishes what there is, microphone first, and says what starts muted', async () => {
    client.send('camera', camera);
    client.send('microphone', microphone);
    client.mute('microphone', true);
    client.mute('camera', false);
    await enter();
    expect(around.line.sent.slice(1)).toEqual([
      { type: 'mute', kind: 'microphone', muted: true },
      { type: 'publish', sdp: 'offer 1', tracks: [{ mid: '0', kind: 'microphone' }, { mid: '1', kind: 'camera' }] },
    ]);
    const [audio, video] = around.peerAt(0).transceivers;
    expect(audio?.direction).toBe('sendonly');
    expect(audio?.preferred.map((codec) => codec.mimeType)).toEqual(['audio/opus']);
    expect(video?.preferred.map((codec) => codec.mimeType)).toEqual(['video/VP8']);
    expect(video?.options.sendEncodings?.[0]?.maxBitrate).toBe(1_200_000);
  });

  it('offers nothing for somebody who only listens', async () => {
    await enter();
    expect(around.line.types()).toEqual(['join']);
  });

  it('ends when the server refuses', () => {
    client.open();
    around.line.says({ type: 'error', id: 'room-full', detail: 'Full.', of: 'join' });
    expect(heard.states()).toEqual(['refused']);
    expect(around.line.closed).toBe(true);
  });

  it('does not mind what it does not understand', async () => {
    await enter();
    around.line.says('{"type": "weather"}');
    around.line.says('not json');
    around.line.says({ type: 'subscribe', serial: 'one' });
    around.line.says({ type: 'left', person: 'b' });
    expect(heard.events.at(-1)).toEqual(['left', 'b']);
  });
});

describe('publishing', () => {
  it('changes a device without asking the server', async () => {
    client.send('camera', camera);
    await enter();
    around.line.says({ type: 'published', sdp: 'fine' });
    client.send('camera', null);
    const other = { kind: 'video' } as MediaStreamTrack;
    client.send('camera', other);
    await settled();
    expect(around.line.types()).toEqual(['join', 'publish']);
    expect(around.peerAt(0).transceivers[0]?.sender.track).toBe(other);
  });

  it('offers an added camera only after the answer to the first offer', async () => {
    client.send('microphone', microphone);
    await enter();
    client.send('camera', camera);
    await settled();
    expect(around.line.types()).toEqual(['join', 'publish']);
    around.line.says({ type: 'published', sdp: 'fine' });
    await settled();
    expect(around.line.types()).toEqual(['join', 'publish', 'publish']);
    expect(around.line.sent.at(-1)).toMatchObject({
      tracks: [{ mid: '0', kind: 'microphone' }, { mid: '1', kind: 'camera' }],
    });
  });

  it('restarts ICE once when the way is lost, then comes back anew', async () => {
    client.send('microphone', microphone);
    await enter();
    const peer = around.peerAt(0);
    around.line.says({ type: 'published', sdp: 'fine' });
    await settled();
    peer.becomes('connected');
    peer.becomes('failed');
    await settled();
    expect(peer.offers.at(-1)).toEqual({ iceRestart: true });
    expect(around.sockets.length).toBe(1);
    around.passes(8_000);
    expect(around.sockets.length).toBe(2);
    expect(heard.states()).toEqual(['joined', 'reconnecting']);
  });

  it('sends a mute once', async () => {
    await enter();
    client.mute('microphone', true);
    client.mute('microphone', true);
    expect(around.line.types()).toEqual(['join', 'mute']);
  });
});

describe('subscribing', () => {
  it('answers offers in order and tells who is seen and heard', async () => {
    await enter();
    around.line.says({
      type: 'subscribe',
      serial: 1,
      sdp: SDP('7', '0'),
      tracks: [{ mid: '0', person: 'b', kind: 'microphone' }],
    });
    around.line.says({
      type: 'subscribe',
      serial: 2,
      sdp: SDP('7', '0', '1'),
      tracks: [
        { mid: '0', person: 'b', kind: 'microphone' },
        { mid: '1', person: 'b', kind: 'camera' },
      ],
    });
    await settled();
    expect(around.line.sent.slice(1).map((message) => [message.type, message.serial])).toEqual([
      ['subscribed', 1],
      ['subscribed', 2],
    ]);
    expect(heard.events.at(-1)).toEqual(['tracks', 'b microphone', 'b camera']);
    expect(around.peers.length).toBe(2);
  });

  it('takes a new connection when another server offers', async () => {
    await enter();
    around.line.says({ type: 'subscribe', serial: 1, sdp: SDP('7', '0'), tracks: [] });
    await settled();
    around.line.says({ type: 'subscribe', serial: 1, sdp: SDP('8', '0'), tracks: [] });
    await settled();
    expect(around.peerAt(-2).closed).toBe(true);
    expect(around.peerAt(-1).closed).toBe(false);
  });

  it('comes back when an offer cannot be answered', async () => {
    await enter();
    around.line.says({ type: 'subscribe', serial: 1, sdp: 'unreadable', tracks: [] });
    await settled();
    expect(around.sockets.length).toBe(2);
  });
});

describe('a lost line', () => {
  it('comes back with the pass, and media that still flows goes on', async () => {
    client.send('microphone', microphone);
    await enter();
    around.peerAt(0).becomes('connected');
    around.line.onclose?.({ code: 1006 });
    expect(heard.states()).toEqual(['joined', 'reconnecting']);
    around.passes(300);
    around.line.onopen?.();
    around.line.says(joined({ sends: ['microphone'] }));
    await settled();
    expect(around.line.sent).toEqual([{ type: 'join', name: 'Anna', pass: 'secret' }]);
    expect(around.peers.length).toBe(1);
    expect(heard.states()).toEqual(['joined', 'reconnecting', 'joined']);
  });

  it('publishes again to a server that has forgotten', async () => {
    client.send('microphone', microphone);
    client.mute('microphone', true);
    await enter();
    around.peerAt(0).becomes('connected');
    around.line.onclose?.({ code: 1001 });
    around.passes(300);
    around.line.onopen?.();
    around.line.says(joined());
    await settled();
    expect(around.line.types()).toEqual(['join', 'mute', 'publish']);
    expect(around.peerAt(0).closed).toBe(true);
  });

  it('waits longer each time, at most five seconds', () => {
    client.open();
    for (const wait of [300, 600, 1_200, 2_400, 4_800, 5_000, 5_000]) {
      around.line.onclose?.({ code: 1006 });
      const before = around.sockets.length;
      around.passes(wait - 1);
      expect(around.sockets.length).toBe(before);
      around.passes(1);
      expect(around.sockets.length).toBe(before + 1);
    }
  });

  it.each([
    [1000, 'left'],
    [4400, 'refused'],
    [4404, 'no-session'],
    [4409, 'elsewhere'],
  ])('close code %d ends it: %s', async (code, end) => {
    await enter();
    around.line.onclose?.({ code });
    around.passes(60_000);
    expect(around.sockets.length).toBe(1);
    expect(heard.states()).toEqual(['joined', end]);
  });

  it('leaves for good', async () => {
    client.send('microphone', microphone);
    await enter();
    client.leave();
    expect(around.line.types().at(-1)).toBe('leave');
    expect(around.line.closedWith).toBe(1000);
    expect(around.peers.every((peer) => peer.closed)).toBe(true);
    expect(heard.states()).toEqual(['joined', 'left']);
  });
});
