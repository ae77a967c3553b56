import { batch, computed, signal } from '@preact/signals';
import { refusalWords, socketLink } from '../api';
import type { Devices } from '../devices';
import { givePlaceUp, keepPlace, type Place } from '../memory';
import {
  RoomClient,
  type DeviceKind,
  type End,
  type Joined,
  type Kind,
  type Person,
  type RemoteTrack,
  type RoomMode,
  type RoomRecording,
  type RoomRole,
  type RoomState,
  type Viewed,
  type Weakness,
} from '../protocol';
import { ScreenShare } from './share';

/** Somebody in the room, with what can be seen and heard of them. */
export interface Presence extends Person {
  self: boolean;
  microphone: MediaStreamTrack | null;
  camera: MediaStreamTrack | null;
  /** Of the others: one's own is not shown to oneself. */
  screen: MediaStreamTrack | null;
}

/** What one room shows: the protocol's events as signals, and the person's own switches. */
export class RoomStore {
  readonly state = signal<RoomState>('connecting');
  readonly end = signal<End | null>(null);
  readonly title = signal('');
  /** The session's id, once one is in. */
  readonly session = signal('');
  readonly role = signal<RoomRole>('attendee');
  readonly mode = signal<RoomMode>('video');
  readonly recording = signal<RoomRecording | null>(null);
  /** The recording that was stopped last while this person was here. */
  readonly finished = signal<RoomRecording | null>(null);
  readonly complaint = signal<string | null>(null);
  readonly remote = signal<RemoteTrack[]>([]);
  readonly self = signal('');
  readonly pass = signal<string | null>(null);
  readonly microphoneOn = signal(true);
  readonly cameraOn = signal(true);
  /** Who speaks now, as the server hears it. */
  readonly speaker = signal<string | null>(null);
  /** How this person's own network is weak, if it is. */
  readonly weakness = signal<Weakness | null>(null);
  readonly share = new ScreenShare();

  readonly people = computed<Presence[]>(() => {
    const self = this.self.value;
    return this.everybody.value.map((person) => ({
      ...person,
      self: person.person === self,
      microphone: person.person === self ? null : this.remoteTrack(person.person, 'microphone'),
      camera: person.person === self ? this.devices.camera.track.value : this.remoteTrack(person.person, 'camera'),
      screen: person.person === self ? null : this.remoteTrack(person.person, 'screen'),
      muted: person.person === self ? this.ownMutes() : (person.muted ?? []),
    }));
  });

  /** Host and co-hosts record; attendees see that it is recorded. */
  readonly mayRecord = computed(() => this.role.value !== 'attendee');
  readonly hasCameras = computed(() => this.mode.value !== 'audio-no-video');

  private readonly everybody = signal<Person[]>([]);
  private readonly client: RoomClient;

  constructor(
    private readonly invitation: string,
    private readonly place: Place,
    private readonly devices: Devices,
  ) {
    this.pass.value = place.pass;
    this.microphoneOn.value = place.microphoneOn;
    this.cameraOn.value = place.cameraOn;
    this.client = new RoomClient(socketLink(invitation), place.name, place.pass, {
      state: (state, end) => this.turned(state, end),
      joined: (joined) => this.joined(joined),
      person: (person) => this.met(person),
      left: (person) => (this.everybody.value = this.everybody.value.filter((one) => one.person !== person)),
      recording: (recording) => this.recorded(recording),
      tracks: (tracks) => (this.remote.value = tracks),
      network: (weakness) => (this.weakness.value = weakness),
      speaker: (person) => (this.speaker.value = person),
      complaint: ({ id, detail }) => (this.complaint.value = refusalWords(id, detail ?? id)),
    });
  }

  /** Opens the room with what the devices have; the answer closes it. */
  open(): () => void {
    const unfollow = (['microphone', 'camera'] as const).map((kind) => this.follow(kind));
    unfollow.push(this.share.track.subscribe((track) => this.client.send('screen', track)));
    unfollow.push(onNetworkChange(() => this.client.networkChanged()));
    this.client.open();
    return () => {
      this.share.close();
      for (const stop of unfollow) stop();
      if (this.state.value !== 'ended') this.client.leave();
    };
  }

  /** Which pictures of the others are shown, and how large. */
  view(shown: Viewed[]): void {
    this.client.view(shown);
  }

  leave(): void {
    givePlaceUp(this.invitation);
    this.client.leave();
  }

  /** The microphone stays open while muted, so that it is back at once. */
  async switchMicrophone(): Promise<void> {
    const microphone = this.devices.microphone;
    if (!microphone.track.value) {
      this.microphoneOn.value = true;
      await this.openAnyway('microphone');
    } else {
      this.microphoneOn.value = !this.microphoneOn.value;
      microphone.track.value.enabled = this.microphoneOn.value;
    }
    this.sayMute('microphone');
  }

  /** The camera is let go while off: its light says the truth. */
  async switchCamera(): Promise<void> {
    if (this.devices.camera.track.value) {
      this.cameraOn.value = false;
      this.devices.camera.drop();
    } else {
      this.cameraOn.value = true;
      await this.openAnyway('camera');
    }
    this.sayMute('camera');
  }

  private async openAnyway(kind: DeviceKind): Promise<void> {
    const device = this.devices.of(kind);
    if (!device.wanted) device.choose('');
    await this.devices.open([kind]);
  }

  private follow(kind: DeviceKind): () => void {
    return this.devices.of(kind).track.subscribe((track) => {
      if (track && kind === 'microphone') track.enabled = this.microphoneOn.peek();
      this.client.send(kind, track);
      this.sayMute(kind);
    });
  }

  private sayMute(kind: DeviceKind): void {
    this.client.mute(kind, this.isMuted(kind));
    this.keep();
  }

  private isMuted(kind: DeviceKind): boolean {
    const on = kind === 'microphone' ? this.microphoneOn : this.cameraOn;
    return !on.peek() || this.devices.of(kind).track.peek() === null;
  }

  private ownMutes(): DeviceKind[] {
    const muted: DeviceKind[] = [];
    if (!this.microphoneOn.value || !this.devices.microphone.track.value) muted.push('microphone');
    if (!this.cameraOn.value || !this.devices.camera.track.value) muted.push('camera');
    return muted;
  }

  private turned(state: RoomState, end: End | null): void {
    batch(() => {
      this.state.value = state;
      this.end.value = end;
    });
    if (state === 'ended') this.share.close();
  }

  private joined(joined: Joined): void {
    batch(() => {
      this.self.value = joined.person;
      this.pass.value = joined.pass;
      this.title.value = joined.session.title;
      this.session.value = joined.session.id;
      this.role.value = joined.role;
      this.mode.value = joined.session.mode;
      this.devices.camera.fitTo(joined.session.cameraHeight ?? 720);
      if (!this.hasCameras.value) {
        // Where there are none, one that was on elsewhere goes off.
        this.cameraOn.value = false;
        this.devices.camera.drop();
      }
      this.everybody.value = joined.people;
      this.complaint.value = null;
      this.recorded(joined.recording);
    });
    this.keep();
  }

  private met(person: Person): void {
    const known = this.everybody.value.some((one) => one.person === person.person);
    this.everybody.value = known
      ? this.everybody.value.map((one) => (one.person === person.person ? person : one))
      : [...this.everybody.value, person];
  }

  private recorded(recording: RoomRecording | null): void {
    const before = this.recording.value;
    if (before && !recording && before.state !== 'failed' && before.state !== 'starting') this.finished.value = before;
    this.recording.value = recording;
  }

  private remoteTrack(person: string, kind: Kind): MediaStreamTrack | null {
    return this.remote.value.find((track) => track.person === person && track.kind === kind)?.track ?? null;
  }

  private keep(): void {
    if (this.state.peek() === 'ended') return;
    keepPlace(this.invitation, {
      name: this.place.name,
      pass: this.pass.peek(),
      microphoneOn: this.microphoneOn.peek(),
      cameraOn: this.cameraOn.peek(),
    });
  }
}

/** Runs when the browser is on the network again, or on another one. The answer ends it. */
function onNetworkChange(run: () => void): () => void {
  const connection = (navigator as { connection?: EventTarget & { type?: string } }).connection;
  let type = connection?.type;
  // Most of its changes are new guesses at the speed.
  const look = () => {
    if (connection?.type === type) return;
    type = connection?.type;
    if (navigator.onLine) run();
  };
  addEventListener('online', run);
  connection?.addEventListener?.('change', look);
  return () => {
    removeEventListener('online', run);
    connection?.removeEventListener?.('change', look);
  };
}
