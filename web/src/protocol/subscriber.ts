import type { Kind, Subscribe } from './messages';
import type { Surroundings } from './surroundings';

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

  constructor(
    private readonly iceServers: RTCIceServer[],
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

  close(): void {
    this.closed = true;
    this.drop();
  }

  private async answer(offer: Subscribe): Promise<void> {
    if (this.closed) return;
    const peer = this.peerFor(offer.sdp);
    await peer.setRemoteDescription({ type: 'offer', sdp: offer.sdp });
    await peer.setLocalDescription(await peer.createAnswer());
    this.listener.answer(offer.serial, peer.localDescription?.sdp ?? '');
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
    const peer = this.surroundings.peer({ iceServers: this.iceServers, bundlePolicy: 'max-bundle' });
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

/** Whom an SDP speaks for: the session id of its origin line and the certificate. */
export function identityOf(sdp: string): string {
  const origin = /^o=\S+ (\S+)/m.exec(sdp)?.[1] ?? '';
  const fingerprint = /^a=fingerprint:(.+?)\s*$/m.exec(sdp)?.[1] ?? '';
  return `${origin} ${fingerprint}`;
}
