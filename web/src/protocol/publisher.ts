import { askedLines, encodingsOf, fit, type CameraHeight } from './encodings';
import type { Demand, Kind, SentTrack } from './messages';
import { takesLayers, withAudioRepair, withLayerNames } from './sdp';
import { SentStats } from './stats';
import type { Surroundings } from './surroundings';
import type { Reading } from './weakness';

export interface PublisherListener {
  /** An offer to be sent; the answer goes to `answered`. False when it could not be sent. */
  offer(sdp: string, tracks: SentTrack[]): boolean;
  /** The server does not answer, or there is no way to it even after a restart of ICE. */
  failed(): void;
}

const KINDS = ['microphone', 'camera', 'screen'] as const;
const MEDIA: Record<Kind, 'audio' | 'video'> = { microphone: 'audio', camera: 'video', screen: 'video' };
/** What is sent of each if the server takes it; RED (RFC 2198) repeats sound so that a lost packet is no lost sound. */
const SOUND = ['audio/red', 'audio/opus'];
const PICTURE = ['video/vp8', 'video/h264', 'video/vp9', 'video/av1', 'video/rtx'];

const ANSWER_MILLIS = 15_000;
const DISCONNECTED_MILLIS = 3_000;
const RESTART_MILLIS = 8_000;

/**
 * The connection on which this person sends. A source gets its place in the offer when it is first there; from then on
 * another device, or none, takes its place without a word to the server. A screen that is no longer shared is taken out
 * of the offer instead, so that it is gone for everybody.
 */
export class Publisher {
  /** Whether it was given up: another one has to take its place. */
  lost = false;
  private readonly peer: RTCPeerConnection;
  private readonly places = new Map<Kind, RTCRtpTransceiver>();
  private readonly stream = new MediaStreamOrNothing();
  /** Whether an answer is awaited. */
  private waiting = false;
  private again: RTCOfferOptions | null = null;
  private restarted = false;
  private layered = true;
  private cancelAnswer: (() => void) | null = null;
  private cancelWatch: (() => void) | null = null;
  private readonly stats = new SentStats();
  /** Answers and demands change the same senders, so they do it one after another. */
  private last: Promise<void> = Promise.resolve();

  constructor(
    configuration: RTCConfiguration,
    private readonly height: CameraHeight,
    private readonly listener: PublisherListener,
    private readonly surroundings: Surroundings,
  ) {
    this.peer = surroundings.peer(configuration);
    this.peer.onconnectionstatechange = () => this.watch();
  }

  /** Sends these from the start, with one offer. */
  async start(tracks: Map<Kind, MediaStreamTrack>): Promise<void> {
    for (const kind of KINDS) {
      const track = tracks.get(kind);
      if (track) this.place(kind, track);
    }
    if (this.places.size > 0) await this.negotiate();
  }

  async replace(kind: Kind, track: MediaStreamTrack | null): Promise<void> {
    const place = this.places.get(kind);
    if (!place) {
      if (!track) return;
      this.place(kind, track);
      await this.negotiate();
      return;
    }
    await place.sender.replaceTrack(track);
    if (kind === 'camera' && track) await this.inTurn(() => this.fitCamera());
    const direction = track ? 'sendonly' : 'inactive';
    if (kind === 'screen' && place.direction !== direction) {
      place.direction = direction;
      await this.negotiate();
    }
  }

  answered(sdp: string): Promise<void> {
    return this.inTurn(async () => {
      if (this.peer.signalingState !== 'have-local-offer') return;
      await this.peer.setRemoteDescription({ type: 'answer', sdp });
      this.cancelAnswer?.();
      this.waiting = false;
      this.layered = takesLayers(sdp, this.places.get('camera')?.mid ?? null);
      await this.fitCamera();
      if (this.again) await this.negotiate(this.again);
    });
  }

  /** The server does not take the offer: what it took before goes on. */
  refused(): Promise<void> {
    return this.inTurn(async () => {
      this.cancelAnswer?.();
      if (this.peer.signalingState === 'have-local-offer') await this.peer.setLocalDescription({ type: 'rollback' });
      this.waiting = false;
      if (this.again) await this.negotiate(this.again);
    });
  }

  /** Sends of its tracks only the layers that somebody needs. */
  demand(demands: Demand[]): Promise<void> {
    return this.inTurn(async () => {
      for (const { mid, rids } of demands) {
        const place = [...this.places.values()].find((one) => one.mid === mid);
        if (!place) continue;
        await this.shape(place, (encodings) => {
          for (const encoding of encodings) {
            encoding.active = rids.includes('') || (encoding.rid !== undefined && rids.includes(encoding.rid));
          }
        });
      }
    });
  }

  /** The line is back: what was not answered is offered again, by whichever way there is now. */
  async resume(configuration: RTCConfiguration): Promise<void> {
    this.peer.setConfiguration(configuration);
    const connected = this.peer.connectionState === 'connected';
    if (this.places.size === 0 || (connected && !this.waiting)) return;
    this.waiting = false;
    await this.negotiate({ iceRestart: !connected });
  }

  /** The network is another one: looks for the way anew. The connection stays, and so does what is recorded of it. */
  async restart(): Promise<void> {
    if (this.places.size > 0) await this.negotiate({ iceRestart: true });
  }

  /** How what is sent gets through just now. */
  async condition(): Promise<Reading> {
    if (this.peer.connectionState !== 'connected') return null;
    const camera = this.places.get('camera');
    const sender = camera?.sender;
    return this.stats.read(await this.peer.getStats(), {
      mid: camera?.mid ?? null,
      lines: sender ? askedLines(sender.getParameters().encodings, sender.track) : 0,
    });
  }

  close(): void {
    this.cancelWatch?.();
    this.cancelAnswer?.();
    this.peer.onconnectionstatechange = null;
    this.peer.close();
  }

  private place(kind: Kind, track: MediaStreamTrack): void {
    const transceiver = this.peer.addTransceiver(track, {
      direction: 'sendonly',
      // One stream for all, so that whoever plays them keeps lips and voice together.
      streams: this.stream.list(),
      sendEncodings: encodingsOf(kind, track, this.height),
    });
    const codecs = this.codecs(MEDIA[kind]);
    if (codecs.length > 0) transceiver.setCodecPreferences?.(codecs);
    this.places.set(kind, transceiver);
  }

  private codecs(media: 'audio' | 'video'): RTCRtpCodec[] {
    const wanted = media === 'audio' ? SOUND : PICTURE;
    const all = this.surroundings.codecs(media);
    return wanted.flatMap((name) => all.filter((codec) => codec.mimeType.toLowerCase() === name));
  }

  private async fitCamera(): Promise<void> {
    const place = this.places.get('camera');
    if (!place) return;
    await this.shape(place, (encodings) => fit(encodings, place.sender.track, this.height, this.layered));
  }

  private async shape(place: RTCRtpTransceiver, change: (encodings: RTCRtpEncodingParameters[]) => void): Promise<void> {
    const parameters = place.sender.getParameters();
    if (!parameters.encodings?.length) return;
    change(parameters.encodings);
    await place.sender.setParameters(parameters);
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.last.then(work);
    this.last = done.catch(() => undefined);
    return done;
  }

  private async negotiate(options: RTCOfferOptions = {}): Promise<void> {
    if (this.waiting) {
      this.again = { iceRestart: Boolean(this.again?.iceRestart || options.iceRestart) };
      return;
    }
    this.waiting = true;
    this.again = null;
    const { type, sdp = '' } = await this.peer.createOffer(options);
    await this.peer.setLocalDescription({ type, sdp: withAudioRepair(withLayerNames(sdp)) });
    const tracks: SentTrack[] = [];
    for (const [kind, place] of this.places) {
      if (place.mid !== null) tracks.push({ mid: place.mid, kind });
    }
    this.cancelAnswer?.();
    this.cancelAnswer = this.surroundings.after(ANSWER_MILLIS, () => this.listener.failed());
    this.listener.offer(this.peer.localDescription?.sdp ?? '', tracks);
  }

  private watch(): void {
    this.cancelWatch?.();
    this.cancelWatch = null;
    switch (this.peer.connectionState) {
      case 'connected':
        this.restarted = false;
        break;
      case 'disconnected':
        // Often a moment's loss, which ICE mends by itself.
        this.cancelWatch = this.surroundings.after(DISCONNECTED_MILLIS, () => this.mend());
        break;
      case 'failed':
        this.mend();
        break;
    }
  }

  private mend(): void {
    if (this.restarted) {
      this.giveUp();
      return;
    }
    this.restarted = true;
    this.cancelWatch = this.surroundings.after(RESTART_MILLIS, () => this.giveUp());
    this.restart().catch(() => this.giveUp());
  }

  private giveUp(): void {
    if (this.lost) return;
    this.lost = true;
    this.listener.failed();
  }
}

/** Outside a browser there is no MediaStream, and nothing to group. */
class MediaStreamOrNothing {
  private readonly stream = typeof MediaStream === 'undefined' ? null : new MediaStream();

  list(): MediaStream[] {
    return this.stream ? [this.stream] : [];
  }
}
