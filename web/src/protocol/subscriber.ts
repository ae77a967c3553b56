import type { Kind, OfferedTrack, Subscribe, Viewed } from './messages';
import { identityOf, withAudioRepair } from './sdp';
import { ReceivedStats } from './stats';
import type { Surroundings } from './surroundings';
import type { Reading } from './weakness';

export interface RemoteTrack {
  person: string;
  kind: Kind;
  track: MediaStreamTrack;
  receiver: RTCRtpReceiver;
}

export interface SubscriberListener {
  answer(serial: number, sdp: string): void;
  tracks(tracks: RemoteTrack[]): void;
  failed(): void;
}

/** The connection on which this person hears and sees the others. Offers are answered one after another. */
export class Subscriber {
  private peer: RTCPeerConnection | null = null;
  private identity = '';
  private last: Promise<void> = Promise.resolve();
  private cancelWatch: (() => void) | null = null;
  private closed = false;
  private stats = new ReceivedStats();
  private offers: OfferedTrack[] = [];

  constructor(
    private configuration: RTCConfiguration,
    private readonly listener: SubscriberListener,
    private readonly surroundings: Surroundings,
  ) {}

  offered(offer: Subscribe): Promise<void> {
    this.last = this.last.then(() => this.answer(offer)).catch((reason: unknown) => {
      if (this.closed) return;
      console.warn('An offer could not be answered.', reason);
      this.listener.failed();
    });
    return this.last;
  }

  /** From now on by way of these servers. */
  configure(configuration: RTCConfiguration): void {
    this.configuration = configuration;
    this.peer?.setConfiguration(configuration);
  }

  /** How what is sent to this person gets through just now, if this is what they are shown. */
  async condition(shown: Viewed[]): Promise<Reading> {
    if (this.peer?.connectionState !== 'connected') return null;
    const midOf = (of: string, what: Kind) =>
      this.offers.find(({ person, kind }) => person === of && kind === what)?.mid;
    const pictures = shown.flatMap(({ person, kind, height }) => {
      const mid = midOf(person, kind);
      const sound = midOf(person, 'microphone');
      return kind === 'camera' && height > 0 && mid && sound ? [{ mid, sound }] : [];
    });
    return this.stats.read(await this.peer.getStats(), pictures);
  }

  close(): void {
    this.closed = true;
    this.drop();
  }

  private async answer(offer: Subscribe): Promise<void> {
    if (this.closed) return;
    const peer = this.peerFor(offer.sdp);
    await peer.setRemoteDescription({ type: 'offer', sdp: offer.sdp });
    const { type, sdp = '' } = await peer.createAnswer();
    await peer.setLocalDescription({ type, sdp: withAudioRepair(sdp, offer.sdp) });
    this.listener.answer(offer.serial, peer.localDescription?.sdp ?? '');
    this.offers = offer.tracks;
    const receivers = new Map(peer.getTransceivers().map((transceiver) => [transceiver.mid, transceiver.receiver]));
    const tracks: RemoteTrack[] = [];
    for (const { mid, person, kind } of offer.tracks) {
      const receiver = receivers.get(mid);
      if (receiver) tracks.push({ person, kind, track: receiver.track, receiver });
    }
    this.listener.tracks(tracks);
  }

  /** A server that was started anew offers another connection, which the old one cannot become. */
  private peerFor(sdp: string): RTCPeerConnection {
    const identity = identityOf(sdp);
    if (this.peer && this.identity === identity) return this.peer;
    this.drop();
    this.identity = identity;
    this.stats = new ReceivedStats();
    const peer = this.surroundings.peer(this.configuration);
    peer.onconnectionstatechange = () => this.watch(peer);
    this.peer = peer;
    return peer;
  }

  private watch(peer: RTCPeerConnection): void {
    this.cancelWatch?.();
    this.cancelWatch = null;
    if (peer.connectionState === 'failed') this.listener.failed();
    if (peer.connectionState === 'disconnected') {
      this.cancelWatch = this.surroundings.after(8_000, () => this.listener.failed());
    }
  }

  private drop(): void {
    this.cancelWatch?.();
    this.cancelWatch = null;
    if (this.peer) {
      this.peer.onconnectionstatechange = null;
      this.peer.close();
      this.peer = null;
    }
  }
}
