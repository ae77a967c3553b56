// What a connection's statistics (W3C webrtc-stats) say of the network. Each report is held against the one before.

import { judge, LOSS, REPAIR, ROUND_TRIP, worst, type Reading } from './weakness';

/** As much of a statistic as is read here; a browser may have less of it. */
interface Stat {
  id: string;
  type: string;
  timestamp: number;
  kind?: string;
  mid?: string;
  localId?: string;
  remoteId?: string;
  nominated?: boolean;
  state?: string;
  currentRoundTripTime?: number;
  packetsSent?: number;
  retransmittedPacketsSent?: number;
  packetsReceived?: number;
  packetsLost?: number;
  frameHeight?: number;
  qualityLimitationReason?: string;
}

/** Too few packets make no share. */
const FEW = 30;
/** In milliseconds, the least between two reports of a sender that are compared. */
const APART = 2_000;

/** The section of the camera, and with how many lines it is to be sent; 0 if it is not to be. */
export interface SentCamera {
  mid: string | null;
  lines: number;
}

/** What is sent, as the server reports it and asks for it again. */
export class SentStats {
  private readonly sent = new Map<string, { sent: number; lost: number }>();
  private again = { sent: 0, again: 0 };

  read(report: RTCStatsReport, camera: SentCamera): Reading {
    const stats = list(report);
    return worst(
      judge(roundTrip(stats), ROUND_TRIP),
      judge(this.loss(stats), LOSS),
      judge(this.sentAgain(stats), REPAIR),
      squeezed(stats, camera),
    );
  }

  private loss(stats: Map<string, Stat>): number | null {
    let packets = 0;
    let lost = 0;
    for (const remote of stats.values()) {
      const own = remote.type === 'remote-inbound-rtp' ? stats.get(remote.localId ?? '') : undefined;
      if (!own) continue;
      const now = { sent: own.packetsSent ?? 0, lost: remote.packetsLost ?? 0 };
      const before = this.sent.get(remote.id);
      this.sent.set(remote.id, now);
      if (!before || now.sent < before.sent) continue;
      packets += now.sent - before.sent;
      lost += Math.max(0, now.lost - before.lost);
    }
    return packets < FEW ? null : Math.min(1, lost / packets);
  }

  /** What the server misses it asks for again, and counts as received once it has it. */
  private sentAgain(stats: Map<string, Stat>): number | null {
    const before = this.again;
    const now = { sent: 0, again: 0 };
    for (const { type, packetsSent, retransmittedPacketsSent } of stats.values()) {
      if (type !== 'outbound-rtp' || retransmittedPacketsSent === undefined) continue;
      now.sent += packetsSent ?? 0;
      now.again += retransmittedPacketsSent;
    }
    this.again = now;
    const packets = now.sent - before.sent;
    return packets < FEW ? null : Math.max(0, (now.again - before.again) / packets);
  }
}

/** A picture that is shown, by its section and that of the same person's sound. */
export interface ShownPicture {
  mid: string;
  sound: string;
}

/** Packets that came and packets that the server says it sent, each with the time of that in milliseconds. */
interface Counts {
  received: number;
  at: number;
  sent: number;
  saidAt: number;
}

interface Heard extends Counts {
  /** The share that was lost since the report before; null if there was none. */
  latest: number | null;
  /** The same of the last two reports, the better one. */
  loss: number | null;
}

/**
 * What is received. Gaps in what somebody else sends may be gaps of their own network; so what the server says that it
 * sent (its sender reports) is held against what came, of sound alone, which flows evenly and is never left out.
 */
export class ReceivedStats {
  private readonly heard = new Map<string, Heard>();
  private packets = new Map<string, number>();

  read(report: RTCStatsReport, pictures: ShownPicture[]): Reading {
    const stats = list(report);
    const left = this.leftOut(stats, pictures) ? 'bad' : null;
    return worst(judge(roundTrip(stats), ROUND_TRIP), judge(this.loss(stats), LOSS), left);
  }

  /** The worst of anybody's. It lasts until the next report; of two in a row the better one counts. */
  private loss(stats: Map<string, Stat>): number | null {
    for (const own of stats.values()) {
      const remote = own.type === 'inbound-rtp' && own.kind === 'audio' ? stats.get(own.remoteId ?? '') : undefined;
      if (!remote) continue;
      const now = {
        received: own.packetsReceived ?? 0,
        at: own.timestamp,
        sent: remote.packetsSent ?? 0,
        saidAt: remote.timestamp,
      };
      const before = this.heard.get(own.id);
      if (!before || now.saidAt - before.saidAt >= APART) this.heard.set(own.id, { ...now, ...lossSince(before, now) });
    }
    for (const id of this.heard.keys()) if (!stats.has(id)) this.heard.delete(id);
    const losses = [...this.heard.values()].flatMap(({ loss }) => (loss === null ? [] : [loss]));
    return losses.length > 0 ? Math.max(...losses) : null;
  }

  /** Whether the server sends of a picture nothing any more, and of the same person's sound still. */
  private leftOut(stats: Map<string, Stat>, pictures: ShownPicture[]): boolean {
    const before = this.packets;
    this.packets = new Map();
    for (const { type, mid, packetsReceived } of stats.values()) {
      if (type === 'inbound-rtp' && mid !== undefined) {
        this.packets.set(mid, (this.packets.get(mid) ?? 0) + (packetsReceived ?? 0));
      }
    }
    const came = (mid: string) => (this.packets.get(mid) ?? 0) - (before.get(mid) ?? 0);
    return pictures.some(({ mid, sound }) => (before.get(mid) ?? 0) > 0 && came(mid) === 0 && came(sound) > 0);
  }
}

/** The two counts were made at times of their own, so what is compared is how fast they grow. */
function lossSince(before: Heard | undefined, now: Counts): Pick<Heard, 'latest' | 'loss'> {
  if (!before || now.sent <= before.sent) return { latest: null, loss: null };
  const sent = (now.sent - before.sent) / (now.saidAt - before.saidAt);
  const received = (now.received - before.received) / (now.at - before.at);
  const latest = Math.max(0, 1 - received / sent);
  return { latest, loss: before.latest === null ? null : Math.min(before.latest, latest) };
}

/** Whether the bandwidth is too small for even half of the lines; null where the browser does not say why. */
function squeezed(stats: Map<string, Stat>, camera: SentCamera): Reading {
  const pictures = [...stats.values()].filter(
    ({ type, mid, qualityLimitationReason }) =>
      type === 'outbound-rtp' && mid === camera.mid && qualityLimitationReason !== undefined,
  );
  if (camera.lines === 0 || pictures.length === 0) return null;
  const limited = pictures.some(({ qualityLimitationReason }) => qualityLimitationReason === 'bandwidth');
  const sent = Math.max(...pictures.map(({ frameHeight }) => frameHeight ?? 0));
  return limited && sent < camera.lines / 2 ? 'bad' : 'good';
}

/** Seconds, over the path that is in use. */
function roundTrip(stats: Map<string, Stat>): number | null {
  for (const { type, nominated, state, currentRoundTripTime } of stats.values()) {
    if (type === 'candidate-pair' && nominated && state === 'succeeded') return currentRoundTripTime ?? null;
  }
  return null;
}

function list(report: RTCStatsReport): Map<string, Stat> {
  const stats = new Map<string, Stat>();
  report.forEach((stat: Stat) => stats.set(stat.id, stat));
  return stats;
}
