// A person in a room: signalling and both connections, as docs/protocol.md has it. Knows no page.

import { Line, type End } from './protocol/line';
import type { CameraHeight } from './protocol/encodings';
import type {
  Complaint,
  DeviceKind,
  FromServer,
  Joined,
  Kind,
  Person,
  RoomRecording,
  Viewed,
} from './protocol/messages';
import { NetworkWatch } from './protocol/networkwatch';
import { Publisher } from './protocol/publisher';
import { Subscriber, type RemoteTrack } from './protocol/subscriber';
import { browser, type Surroundings } from './protocol/surroundings';
import type { Weakness } from './protocol/weakness';

export type { End } from './protocol/line';
export type { CameraHeight } from './protocol/encodings';
export type {
  Complaint,
  DeviceKind,
  Joined,
  Kind,
  Person,
  RoomMode,
  RoomRecording,
  RoomRole,
  Viewed,
} from './protocol/messages';
export type { RemoteTrack } from './protocol/subscriber';
export type { Weakness } from './protocol/weakness';

const VIEW_MILLIS = 200;

export type RoomState = 'connecting' | 'joined' | 'reconnecting' | 'ended';

export interface RoomListener {
  state(state: RoomState, end: End | null): void;
  joined(joined: Joined): void;
  person(person: Person): void;
  left(person: string): void;
  recording(recording: RoomRecording | null): void;
  tracks(tracks: RemoteTrack[]): void;
  speaker(person: string | null): void;
  /** How this person's own network is weak; null if it is not. */
  network(weakness: Weakness | null): void;
  complaint(complaint: Complaint): void;
}

export class RoomClient {
  private readonly line: Line;
  private readonly network: NetworkWatch;
  private readonly tracks = new Map<Kind, MediaStreamTrack>();
  private readonly muted = new Map<DeviceKind, boolean>();
  private publisher: Publisher | null = null;
  private subscriber: Subscriber | null = null;
  private configuration: RTCConfiguration = {};
  private cameraHeight: CameraHeight = 720;
  private viewed: Viewed[] | null = null;
  /** What was last said of it on this line. */
  private saidViewed = '';
  private cancelView: (() => void) | null = null;
  private here = false;
  private current: RoomState = 'connecting';

  constructor(
    url: string,
    private readonly name: string,
    private pass: string | null,
    private readonly listener: RoomListener,
    private readonly surroundings: Surroundings = browser,
  ) {
    this.line = new Line(
      url,
      {
        opened: () => this.greet(),
        message: (message) => this.take(message),
        lost: () => this.lost(),
        ended: (end) => this.end(end),
      },
      surroundings,
    );
    this.network = new NetworkWatch(
      async () => ({
        up: (await this.publisher?.condition()) ?? null,
        down: (await this.subscriber?.condition(this.viewed ?? [])) ?? null,
      }),
      (weakness) => this.listener.network(weakness),
      surroundings,
    );
  }

  open(): void {
    this.line.open();
  }

  /** Sends this from now on in place of what was sent of this kind before; null sends nothing. */
  send(kind: Kind, track: MediaStreamTrack | null): void {
    if (track) this.tracks.set(kind, track);
    else this.tracks.delete(kind);
    this.publisher?.replace(kind, track).catch((reason: unknown) => this.warn(reason));
  }

  mute(kind: DeviceKind, muted: boolean): void {
    const before = this.muted.get(kind);
    this.muted.set(kind, muted);
    if (this.here && before !== muted) this.line.send({ type: 'mute', kind, muted });
  }

  /** What the page shows of the others. Told once it has stood for a moment. */
  view(tracks: Viewed[]): void {
    this.viewed = tracks;
    this.cancelView?.();
    this.cancelView = this.surroundings.after(VIEW_MILLIS, () => this.sayView());
  }

  /** The network is there again, or another one: don't wait until the old way is known to be dead. */
  networkChanged(): void {
    if (this.current === 'reconnecting') this.line.again();
    else if (this.here) this.publisher?.restart().catch((reason: unknown) => this.warn(reason));
  }

  leave(): void {
    this.line.send({ type: 'leave' });
    this.end('left');
  }

  private greet(): void {
    this.line.send({ type: 'join', name: this.name, ...(this.pass ? { pass: this.pass } : {}) });
  }

  private take(message: FromServer): void {
    switch (message.type) {
      case 'joined':
        this.enter(message);
        break;
      case 'published':
        this.publisher?.answered(message.sdp).catch((reason: unknown) => this.warn(reason));
        break;
      case 'subscribe':
        void this.subscriber?.offered(message);
        break;
      case 'demand':
        this.publisher?.demand(message.tracks).catch((reason: unknown) => this.warn(reason));
        break;
      case 'speaker':
        this.listener.speaker(message.person);
        break;
      case 'person':
        this.listener.person(message);
        break;
      case 'left':
        this.listener.left(message.person);
        break;
      case 'recording':
        this.listener.recording(message.recording);
        break;
      case 'error':
        this.listener.complaint(message);
        if (message.of === 'join' && !this.here) this.end('refused');
        if (message.of === 'publish') this.publisher?.refused().catch((reason: unknown) => this.warn(reason));
        break;
    }
  }

  private enter(joined: Joined): void {
    this.here = true;
    this.pass = joined.pass;
    this.configuration = { iceServers: joined.iceServers ?? [], bundlePolicy: 'max-bundle' };
    this.cameraHeight = joined.session.cameraHeight ?? 720;
    this.line.settled();
    this.listener.joined(joined);
    this.turn('joined');
    if (this.subscriber) this.subscriber.configure(this.configuration);
    else this.subscriber = this.subscribe();
    const self = joined.people.find((person) => person.person === joined.person);
    if (!this.publisher || this.publisher.lost || !this.knows(self)) this.publish();
    else this.publisher.resume(this.configuration).catch((reason: unknown) => this.warn(reason));
    for (const [kind, muted] of this.muted) {
      if (muted !== (self?.muted ?? []).includes(kind)) this.line.send({ type: 'mute', kind, muted });
    }
    this.saidViewed = '';
    this.sayView();
    this.network.start();
  }

  /** Whether the server still has what is sent, so that media goes on over the lost socket. */
  private knows(self: Person | undefined): boolean {
    return [...this.tracks.keys()].every((kind) => self?.sends.includes(kind));
  }

  private sayView(): void {
    const said = JSON.stringify(this.viewed);
    if (!this.here || this.viewed === null || said === this.saidViewed) return;
    if (this.line.send({ type: 'view', tracks: this.viewed })) this.saidViewed = said;
  }

  private publish(): void {
    this.publisher?.close();
    this.publisher = new Publisher(
      this.configuration,
      this.cameraHeight,
      {
        offer: (sdp, tracks) => this.line.send({ type: 'publish', sdp, tracks }),
        failed: () => this.line.again(),
      },
      this.surroundings,
    );
    this.publisher.start(this.tracks).catch((reason: unknown) => this.warn(reason));
  }

  private subscribe(): Subscriber {
    return new Subscriber(
      this.configuration,
      {
        answer: (serial, sdp) => this.line.send({ type: 'subscribed', serial, sdp }),
        tracks: (tracks) => this.listener.tracks(tracks),
        failed: () => this.line.again(),
      },
      this.surroundings,
    );
  }

  private lost(): void {
    this.here = false;
    this.network.stop();
    this.turn('reconnecting');
  }

  private end(end: End): void {
    if (this.current === 'ended') return;
    this.here = false;
    this.cancelView?.();
    this.network.stop();
    this.publisher?.close();
    this.subscriber?.close();
    this.line.close();
    this.current = 'ended';
    this.listener.state('ended', end);
  }

  private turn(state: RoomState): void {
    if (this.current === state || this.current === 'ended') return;
    this.current = state;
    this.listener.state(state, null);
  }

  private warn(reason: unknown): void {
    if (this.current !== 'ended') console.warn('A track could not be sent.', reason);
  }
}
