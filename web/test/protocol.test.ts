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
  speaker = (person: string | null) => void this.events.push(['speaker', person]);
  network = (weakness: string | null) => void this.events.push(['network', weakness]);
  complaint = (complaint: { id: string }) => void this.events.push(['complaint', complaint.id]);

  states(): unknown[] {
    return this.events.filter(([what]) => what === 'state').map(([, state, end]) => end ?? state);
  }
}

const microphone = { kind: 'audio' } as MediaStreamTrack;
const camera = { kind: 'video' } as MediaStreamTrack;
const picture = (width: number, height: number) =>
  ({ kind: 'video', getSettings: () => ({ width, height }) }) as unknown as MediaStreamTrack;

let around: FakeSurroundings;
let heard: Heard;
let client: RoomClient;

beforeEach(() => {
  around = new FakeSurroundings();
  heard = new Heard();
  client = new RoomClient('ws://host/socket', 'Anna', null, heard, around);
});

function joined(more: { sends?: string[]; muted?: string[]; lines?: number; ice?: RTCIceServer[] } = {}): unknown {
  return {
    type: 'joined',
    person: 'a',
    pass: 'secret',
    session: { id: 's', title: 'Weekly', mode: 'video', cameraHeight: more.lines ?? 720 },
    people: [{ person: 'a', name: 'Anna', muted: more.muted ?? [], sends: more.sends ?? [] }],
    recording: null,
    iceServers: more.ice ?? [],
  };
}

async function enter(lines = 720): Promise<void> {
  client.open();
  around.line.onopen?.();
  around.line.says(joined({ lines }));
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
    expect(audio?.preferred.map((codec) => codec.mimeType)).toEqual(['audio/red', 'audio/opus']);
    expect(video?.preferred.map((codec) => codec.mimeType)).toEqual([
      'video/VP8',
      'video/H264',
      'video/AV1',
      'video/rtx',
    ]);
    expect(audio?.options.sendEncodings).toEqual([{ priority: 'high', networkPriority: 'high' }]);
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

  it('offers a camera in three layers, and what the answer does not take as one', async () => {
    client.send('camera', camera);
    await enter();
    const sender = around.peerAt(0).transceivers[0]!.sender;
    const layers = () => sender.shaped.map((one) => [one.rid, one.scaleResolutionDownBy, one.maxBitrate]);
    const offered = [['q', 4, 150_000], ['h', 2, 500_000], ['f', 1, 1_700_000]];
    expect(layers()).toEqual(offered);
    around.line.says({ type: 'published', sdp: 'm=video 9 X\r\na=mid:0\r\na=simulcast:recv q;h;f\r\n' });
    await settled();
    expect(layers()).toEqual(offered);
    client.networkChanged();
    await settled();
    // As browsers have it, which then keep the first of them.
    sender.shaped = sender.shaped.slice(0, 1);
    around.line.says({ type: 'published', sdp: 'm=video 9 X\r\na=mid:0\r\n' });
    await settled();
    expect(layers()).toEqual([['q', 1, 1_200_000]]);
  });

  it('keeps the call at 360p where the session is so, whatever the camera gives', async () => {
    client.send('camera', picture(1280, 720));
    await enter(360);
    const sender = around.peerAt(0).transceivers[0]!.sender;
    const layers = () => sender.shaped.map((one) => [one.rid, one.scaleResolutionDownBy, one.maxBitrate]);
    expect(layers()).toEqual([['h', 4, 150_000], ['f', 2, 500_000]]);
    around.line.says({ type: 'published', sdp: 'm=video 9 X\r\na=mid:0\r\na=simulcast:recv h;f\r\n' });
    await settled();
    // A phone that is held upright.
    client.send('camera', picture(1080, 1920));
    await settled();
    expect(layers()).toEqual([['h', 6, 150_000], ['f', 3, 500_000]]);
  });

  it('sends the whole of a camera that is too small for three layers', async () => {
    client.send('camera', picture(640, 360));
    await enter();
    const sender = around.peerAt(0).transceivers[0]!.sender;
    const layers = () => sender.shaped.map((one) => [one.rid, one.scaleResolutionDownBy, one.maxBitrate]);
    expect(layers()).toEqual([['h', 2, 150_000], ['f', 1, 500_000]]);
    around.line.says({ type: 'published', sdp: 'm=video 9 X\r\na=mid:0\r\na=simulcast:recv h;f\r\n' });
    await settled();
    client.send('camera', picture(1280, 720));
    await settled();
    expect(layers()).toEqual([['h', 2, 500_000], ['f', 1, 1_700_000]]);
    client.send('camera', picture(320, 240));
    await settled();
    // Only the first of them is sent.
    expect(layers()).toEqual([['h', 1, 500_000], ['f', 1, 500_000]]);
  });

  it('sends the layers that are needed and pauses the others', async () => {
    client.send('camera', camera);
    await enter();
    around.line.says({ type: 'published', sdp: 'm=video 9 X\r\na=mid:0\r\na=simulcast:recv q;h;f\r\n' });
    const { sender } = around.peerAt(0).transceivers[0]!;
    const active = async (rids: string[]) => {
      around.line.says({ type: 'demand', tracks: [{ mid: '0', rids }, { mid: '9', rids: [''] }] });
      await settled();
      return sender.shaped.map((encoding) => encoding.active);
    };
    expect(await active(['q', 'h'])).toEqual([true, true, false]);
    expect(await active([])).toEqual([false, false, false]);
    expect(await active([''])).toEqual([true, true, true]);
  });

  it('shares a screen, takes it out of the offer when it ends, and puts it back', async () => {
    const screen = picture(1920, 1080);
    client.send('microphone', microphone);
    await enter();
    around.line.says({ type: 'published', sdp: 'fine' });
    const shares = async (track: MediaStreamTrack | null) => {
      client.send('screen', track);
      await settled();
      around.line.says({ type: 'published', sdp: 'fine' });
      await settled();
      return around.peerAt(0).transceivers[1]!;
    };
    expect((await shares(screen)).options.sendEncodings).toEqual([{ maxBitrate: 2_500_000, maxFramerate: 15 }]);
    expect(around.line.sent.at(-1)?.tracks).toEqual([
      { mid: '0', kind: 'microphone' },
      { mid: '1', kind: 'screen' },
    ]);
    expect((await shares(null)).direction).toBe('inactive');
    expect((await shares(screen)).direction).toBe('sendonly');
    expect(around.line.types()).toEqual(['join', 'publish', 'publish', 'publish', 'publish']);
    expect(around.peerAt(0).transceivers.length).toBe(2);
  });

  it('goes on with what the server took before when it refuses an offer', async () => {
    client.send('microphone', microphone);
    await enter();
    around.line.says({ type: 'published', sdp: 'fine' });
    await settled();
    client.send('screen', picture(1920, 1080));
    await settled();
    around.line.says({ type: 'error', id: 'unsupported-sdp', detail: 'No.', of: 'publish' });
    await settled();
    expect(around.peerAt(0).signalingState).toBe('stable');
    around.passes(60_000);
    expect(around.sockets.length).toBe(1);
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

  it('comes back when an offer is not answered', async () => {
    client.send('microphone', microphone);
    await enter();
    around.peerAt(0).becomes('connected');
    around.passes(15_000);
    expect(around.sockets.length).toBe(2);
    around.line.onopen?.();
    around.line.says(joined({ sends: ['microphone'], ice: [{ urls: 'stun:s' }] }));
    await settled();
    expect(around.line.types()).toEqual(['join', 'publish']);
    expect(around.peers.length).toBe(1);
    expect(around.peerAt(0).configuration.iceServers).toEqual([{ urls: 'stun:s' }]);
  });

  it('looks for another way on the same connection when the network changes', async () => {
    client.send('microphone', microphone);
    await enter();
    around.line.says({ type: 'published', sdp: 'fine' });
    await settled();
    around.peerAt(0).becomes('connected');
    client.networkChanged();
    await settled();
    expect(around.peerAt(0).offers.at(-1)).toEqual({ iceRestart: true });
    expect(around.peers.length).toBe(1);
    expect(around.sockets.length).toBe(1);
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

  it('says what is shown once it has stood for a moment, and again after a return', async () => {
    await enter();
    client.view([{ person: 'b', kind: 'camera', height: 720 }]);
    client.view([{ person: 'b', kind: 'camera', height: 360 }]);
    around.passes(200);
    client.view([{ person: 'b', kind: 'camera', height: 360 }]);
    around.passes(200);
    const said = { type: 'view', tracks: [{ person: 'b', kind: 'camera', height: 360 }] };
    expect(around.line.sent.slice(1)).toEqual([said]);
    around.line.onclose?.({ code: 1006 });
    around.passes(300);
    around.line.onopen?.();
    around.line.says(joined());
    expect(around.line.sent.slice(1)).toEqual([said]);
  });

  it('hears who speaks', async () => {
    await enter();
    around.line.says({ type: 'speaker', person: 'b' });
    around.line.says({ type: 'speaker', person: null });
    around.line.says({ type: 'speaker' });
    expect(heard.events.slice(-2)).toEqual([['speaker', 'b'], ['speaker', null]]);
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

describe('the network', () => {
  const slow = (seconds: number) => [
    { id: 'p', type: 'candidate-pair', nominated: true, state: 'succeeded', currentRoundTripTime: seconds },
  ];
  const passes = async (looks: number) => {
    for (let look = 0; look < looks; look++) {
      around.passes(2_000);
      await settled();
    }
  };
  const told = () => heard.events.filter(([what]) => what === 'network').map(([, weakness]) => weakness);

  it('is told to be weak when it has been so for some seconds, and well when it has been that for longer', async () => {
    client.send('microphone', microphone);
    await enter();
    around.line.says({ type: 'published', sdp: 'fine' });
    await settled();
    const peer = around.peerAt(0);
    peer.becomes('connected');
    peer.stats = slow(0.8);
    await passes(2);
    expect(told()).toEqual([]);
    await passes(4);
    expect(told()).toEqual(['up']);
    peer.stats = slow(0.1);
    await passes(4);
    expect(told()).toEqual(['up']);
    await passes(4);
    expect(told()).toEqual(['up', null]);
  });

  it('is no longer told of when the line is lost, nor after one has left', async () => {
    client.send('microphone', microphone);
    await enter();
    const peer = around.peerAt(0);
    peer.becomes('connected');
    peer.stats = slow(0.8);
    await passes(3);
    around.line.onclose?.({ code: 1006 });
    expect(told()).toEqual(['up', null]);
    client.leave();
    await passes(5);
    expect(told()).toEqual(['up', null]);
  });
});

describe('a lost line', () => {
  it('comes back with the pass, and media that still flows goes on', async () => {
    client.send('microphone', microphone);
    await enter();
    around.line.says({ type: 'published', sdp: 'fine' });
    await settled();
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
