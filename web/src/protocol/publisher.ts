import type { Kind, SentTrack } from './messages';
import type { Surroundings } from './surroundings';

export interface PublisherListener {
  /** An offer to be sent; the answer goes to `answered`. False when it could not be sent. */
  offer(sdp: string, tracks: SentTrack[]): boolean;
  /** No way to the server was found, even after a restart of ICE. */
  failed(): void;
}

const MEDIA: Record<Kind, 'audio' | 'video'> = { microphone: 'audio', camera: 'video' };
const CODEC: Record<Kind, string> = { microphone: 'audio/opus', camera: 'video/vp8' };
const CAMERA_BITS_PER_SECOND = 1_200_000;

/**
 * The connection on which this person sends. A source gets its place in the offer when it is first
 * there; from then on another device, or none, takes its place without a word to the server.
 */
export class Publisher {
  private readonly peer: RTCPeerConnection;
  private readonly places = new Map<Kind, RTCRtpTransceiver>();
  private readonly stream = new MediaStreamOrNothing();
  private waiting = false;
  private again = false;
  private restarted = false;
  private cancelWatch: (() => void) | null = null;

  constructor(
    iceServers: RTCIceServer[],
    private readonly listener: PublisherListener,
    private readonly surroundings: Surroundings,
  ) {
    this.peer = surroundings.peer({ iceServers, bundlePolicy: 'max-bundle' });
    this.peer.onconnectionstatechange = () => this.watch();
  }

  get connected(): boolean {
    return this.peer.connectionState === 'connected';
  }

  /** Sends these from the start, with one offer. */
  async start(tracks: Map<Kind, MediaStreamTrack>): Promise<void> {
    for (const kind of ['microphone', 'camera'] as const) {
      const track = tracks.get(kind);
      if (track) this.place(kind, track);
    }
    if (this.places.size > 0) await this.negotiate();
  }

  async replace(kind: Kind, track: MediaStreamTrack | null): Promise<void> {
    const place = this.places.get(kind);
    if (place) {
      await place.sender.replaceTrack(track);
    } else if (track) {
      this.place(kind, track);
      await this.negotiate();
    }
  }

  async answered(sdp: string): Promise<void> {
    if (this.peer.signalingState !== 'have-local-offer') return;
    await this.peer.setRemoteDescription({ type: 'answer', sdp });
    this.waiting = false;
    if (this.again) {
      this.again = false;
      await this.negotiate();
    }
  }

  close(): void {
    this.cancelWatch?.();
    this.peer.onconnectionstatechange = null;
    this.peer.close();
  }

  private place(kind: Kind, track: MediaStreamTrack): void {
    const transceiver = this.peer.addTransceiver(track, {
      direction: 'sendonly',
      // One stream for both, so that whoever plays them keeps lips and voice together.
      streams: this.stream.list(),
      ...(kind === 'camera' ? { sendEncodings: [{ maxBitrate: CAMERA_BITS_PER_SECOND, maxFramerate: 30 }] } : {}),
    });
    const codecs = this.surroundings
      .codecs(MEDIA[kind])
      .filter((codec) => codec.mimeType.toLowerCase() === CODEC[kind]);
    if (codecs.length > 0) transceiver.setCodecPreferences?.(codecs);
    this.places.set(kind, transceiver);
  }

  private async negotiate(options: RTCOfferOptions = {}): Promise<void> {
    if (this.waiting) {
      this.again = true;
      return;
    }
    this.waiting = true;
    await this.peer.setLocalDescription(await this.peer.createOffer(options));
    const tracks: SentTrack[] = [];
    for (const [kind, place] of this.places) {
      if (place.mid !== null) tracks.push({ mid: place.mid, kind });
    }
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
        this.cancelWatch = this.surroundings.after(4_000, () => this.mend());
        break;
      case 'failed':
        this.mend();
        break;
    }
  }

  private mend(): void {
    if (this.restarted || this.waiting) {
      this.listener.failed();
      return;
    }
    this.restarted = true;
    this.cancelWatch = this.surroundings.after(8_000, () => this.listener.failed());
    this.negotiate({ iceRestart: true }).catch(() => this.listener.failed());
  }
}

/** Outside a browser there is no MediaStream, and nothing to group. */
class MediaStreamOrNothing {
  private readonly stream = typeof MediaStream === 'undefined' ? null : new MediaStream();

  list(): MediaStream[] {
    return this.stream ? [this.stream] : [];
  }
}
