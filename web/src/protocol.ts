// A person in a room: signalling and both connections, as docs/protocol.md has it. Knows no page.

import { Line, type End } from './protocol/line';
import type { Complaint, FromServer, Joined, Kind, Person, RoomRecording } from './protocol/messages';
import { Publisher } from './protocol/publisher';
import { Subscriber, type RemoteTrack } from './protocol/subscriber';
import { browser, type Surroundings } from './protocol/surroundings';

export type { End } from './protocol/line';
export type { Complaint, Joined, Kind, Person, RoomMode, RoomRecording, RoomRole } from './protocol/messages';
export type { RemoteTrack } from './protocol/subscriber';

export type RoomState = 'connecting' | 'joined' | 'reconnecting' | 'ended';

export interface RoomListener {
  state(state: RoomState, end: End | null): void;
  joined(joined: Joined): void;
  person(person: Person): void;
  left(person: string): void;
  recording(recording: RoomRecording | null): void;
  tracks(tracks: RemoteTrack[]): void;
  complaint(complaint: Complaint): void;
}

export class RoomClient {
  private readonly line: Line;
  private readonly tracks = new Map<Kind, MediaStreamTrack>();
  private readonly muted = new Map<Kind, boolean>();
  private publisher: Publisher | null = null;
  private subscriber: Subscriber | null = null;
  private iceServers: RTCIceServer[] = [];
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

  mute(kind: Kind, muted: boolean): void {
    const before = this.muted.get(kind);
    this.muted.set(kind, muted);
    if (this.here && before !== muted) this.line.send({ type: 'mute', kind, muted });
  }

  /** The network came back: don't wait for the next try. */
  hurry(): void {
    if (this.current === 'reconnecting') this.line.again();
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
        break;
    }
  }

  private enter(joined: Joined): void {
    this.here = true;
    this.pass = joined.pass;
    this.iceServers = joined.iceServers ?? [];
    this.line.settled();
    this.listener.joined(joined);
    this.turn('joined');
    this.subscriber ??= this.subscribe();
    const self = joined.people.find((person) => person.person === joined.person);
    if (!this.publisher?.connected || !this.knows(self)) this.publish();
    for (const [kind, muted] of this.muted) {
      if (muted !== (self?.muted ?? []).includes(kind)) this.line.send({ type: 'mute', kind, muted });
    }
  }

  /** Whether the server still has what is sent, so that media goes on over the lost socket. */
  private knows(self: Person | undefined): boolean {
    return [...this.tracks.keys()].every((kind) => self?.sends.includes(kind));
  }

  private publish(): void {
    this.publisher?.close();
    this.publisher = new Publisher(
      this.iceServers,
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
      this.iceServers,
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
    this.turn('reconnecting');
  }

  private end(end: End): void {
    if (this.current === 'ended') return;
    this.here = false;
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
