import { describe, expect, it } from 'vitest';
import { ReceivedStats, SentStats } from '../src/protocol/stats';
import { Weaknesses, type Reading, type Weakness } from '../src/protocol/weakness';

const report = (...stats: { id: string }[]) => new Map(stats.map((stat) => [stat.id, stat])) as unknown as RTCStatsReport;
const path = (seconds: number) => ({
  id: 'pair',
  type: 'candidate-pair',
  nominated: true,
  state: 'succeeded',
  currentRoundTripTime: seconds,
});

describe('Weaknesses', () => {
  function told(readings: string): (Weakness | null)[] {
    const of: Record<string, Reading> = { b: 'bad', f: 'fair', g: 'good', '-': null };
    const weaknesses = new Weaknesses();
    return [...readings].map((reading) => weaknesses.hear(of[reading] ?? null, null));
  }
  const last = (readings: string) => told(readings).at(-1);

  it.each([
    ['bb', null],
    ['bbb', 'up'],
    ['b-b--b', 'up'],
    ['bbgbb', null],
    ['bbfb', null],
    ['bbbgggg', 'up'],
    ['bbbggggg', null],
    ['bbbggggfggggbgggg', 'up'],
    ['bbbggggg-bb', null],
  ])('after %s it is %s', (readings, weakness) => expect(last(readings)).toBe(weakness));

  it('never flickers on a network that comes and goes', () => {
    const changes = told('bbg'.repeat(20)).filter((weakness) => weakness !== null);
    expect(changes).toEqual([]);
    expect(new Set(told('bbb' + 'gggb'.repeat(20)).slice(2))).toEqual(new Set(['up']));
  });

  it('knows one way from the other', () => {
    const weaknesses = new Weaknesses();
    const hear = (up: Reading, down: Reading, times: number) =>
      Array.from({ length: times }, () => weaknesses.hear(up, down)).at(-1);
    expect(hear('good', 'bad', 3)).toBe('down');
    expect(hear('bad', 'bad', 3)).toBe('both');
    expect(hear('bad', 'good', 5)).toBe('up');
    expect(hear('good', 'good', 5)).toBe(null);
  });
});

describe('SentStats', () => {
  const none = { mid: '1', lines: 0 };
  const sound = (sent: number, lost: number) => [
    { id: 'out', type: 'outbound-rtp', kind: 'audio', mid: '0', packetsSent: sent },
    { id: 'in', type: 'remote-inbound-rtp', kind: 'audio', localId: 'out', packetsLost: lost },
  ];
  const layer = (id: string, frameHeight: number | undefined, qualityLimitationReason: string | undefined) => ({
    id,
    type: 'outbound-rtp',
    kind: 'video',
    mid: '1',
    frameHeight,
    qualityLimitationReason,
  });

  it('counts what was lost since the last time, of enough packets', () => {
    const stats = new SentStats();
    const readings = [[1_000, 500], [1_100, 500], [1_200, 503], [1_300, 510], [1_310, 520], [100, 0], [200, 0]].map(
      ([sent = 0, lost = 0]) => stats.read(report(...sound(sent, lost)), none),
    );
    expect(readings).toEqual([null, 'good', 'fair', 'bad', null, null, 'good']);
  });

  it('counts what was sent again since the last time, of all that is sent', () => {
    const stats = new SentStats();
    const read = (packetsSent: number, retransmittedPacketsSent: number | undefined) => {
      const half = { id: 'h', type: 'outbound-rtp', packetsSent: packetsSent / 2, retransmittedPacketsSent };
      const rest = { ...half, id: 'f', retransmittedPacketsSent: retransmittedPacketsSent && 0 };
      return stats.read(report(half, rest), none);
    };
    const readings = [read(100, 0), read(200, 5), read(300, 13), read(400, 23), read(420, 40)];
    expect(readings).toEqual(['good', 'good', 'fair', 'bad', null]);
    expect([read(100, 0), read(200, 0), read(300, undefined)]).toEqual([null, 'good', null]);
  });

  it.each([
    [0.04, 'good'],
    [0.4, 'fair'],
    [0.5, 'bad'],
  ])('judges a way of %f s there and back as %s', (seconds, reading) =>
    expect(new SentStats().read(report(path(seconds)), none)).toBe(reading),
  );

  it.each([
    ['all of it', 720, [layer('f', 720, 'none')], 'good'],
    ['half of it', 720, [layer('f', undefined, 'bandwidth'), layer('h', 360, 'bandwidth')], 'good'],
    ['less than half of it', 720, [layer('f', undefined, 'bandwidth'), layer('q', 180, 'none')], 'bad'],
    ['little, for want of a processor', 720, [layer('f', 180, 'cpu')], 'good'],
    ['little, and nobody asks for more', 180, [layer('f', undefined, 'none'), layer('q', 180, 'none')], 'good'],
    ['nothing, and nobody asks for it', 0, [layer('f', undefined, 'bandwidth')], null],
    ['little, in a browser that does not say why', 720, [layer('f', 180, undefined)], null],
  ])('sees that the camera is sent with %s', (_, lines, layers, reading) =>
    expect(new SentStats().read(report(...layers), { mid: '1', lines })).toBe(reading),
  );

  it('takes no screen for a camera', () => {
    const screen = { ...layer('s', 1080, 'bandwidth'), mid: '2' };
    expect(new SentStats().read(report(screen, layer('q', 180, 'bandwidth')), { mid: '1', lines: 720 })).toBe('bad');
  });
});

describe('ReceivedStats', () => {
  /** Sound of somebody, read each 2 s; the server reports each 4 s what it sent until half a second before. */
  function sound(
    id: string,
    read: number,
    { heard, gap = 0 }: { heard: number; gap?: number },
  ): { id: string; type: string }[] {
    const reported = Math.floor(read / 2) * 4_000;
    const sent = 50 * (1 - gap);
    return [
      {
        id,
        type: 'inbound-rtp',
        kind: 'audio',
        mid: id,
        remoteId: `${id} remote`,
        timestamp: read * 2_000 + 500,
        packetsReceived: read * 2 * sent * heard,
      } as { id: string; type: string },
      {
        id: `${id} remote`,
        type: 'remote-outbound-rtp',
        timestamp: reported,
        packetsSent: (reported / 1_000) * sent,
      } as { id: string; type: string },
    ];
  }
  const readings = (of: (read: number) => { id: string }[], pictures: { mid: string; sound: string }[] = []) => {
    const stats = new ReceivedStats();
    return Array.from({ length: 8 }, (_, read) => stats.read(report(...of(read)), pictures));
  };

  it('believes the loss of two reports in a row, until the next', () =>
    expect(readings((read) => sound('a', read, { heard: 0.9 }))).toEqual([
      null, null, null, null, 'bad', 'bad', 'bad', 'bad',
    ]));

  it('hears no fault of the network in what somebody else did not get through', () =>
    expect(readings((read) => sound('a', read, { heard: 1, gap: 0.3 })).at(-1)).toBe('good'));

  it('sees that a picture was left out, and only then', () => {
    const video = (packetsReceived: number) => ({ id: 'v', type: 'inbound-rtp', kind: 'video', mid: '1', packetsReceived });
    const audio = (packetsReceived: number) => ({ id: 'a', type: 'inbound-rtp', kind: 'audio', mid: '0', packetsReceived });
    const shown = [{ mid: '1', sound: '0' }];
    const stats = new ReceivedStats();
    const read = (picture: number, voice: number, pictures = shown) =>
      stats.read(report(path(0.01), video(picture), audio(voice)), pictures);
    expect(read(0, 0)).toBe('good');
    expect(read(0, 100)).toBe('good'); // not yet there
    expect(read(90, 200)).toBe('good');
    expect(read(90, 300)).toBe('bad');
    expect(read(90, 300)).toBe('good'); // nothing comes of them at all
    expect(read(90, 400, [])).toBe('good'); // not looked at
    expect(read(120, 500)).toBe('good');
  });
});
