import { signal } from '@preact/signals';
import type { CameraHeight, DeviceKind as Kind } from './protocol';
import { recall, remember } from './memory';
import { say } from './words';

export type Trouble = 'insecure' | 'denied' | 'missing' | 'busy' | 'failed';
export type DeviceState = 'off' | 'starting' | 'on';

/** Chosen in place of a device: take part without one. */
export const NONE = 'none';

const MICROPHONE: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
const camera = (height: CameraHeight): MediaTrackConstraints => ({
  width: { ideal: (height * 16) / 9 },
  height: { ideal: height },
  frameRate: { ideal: 30 },
});
const MEDIA = { microphone: 'audio', camera: 'video' } as const;
const INPUT = { microphone: 'audioinput', camera: 'videoinput' } as const;

/** A microphone or a camera of this person: which one, whether it is on, and what stands in its way. */
export class Device {
  readonly choices = signal<MediaDeviceInfo[]>([]);
  readonly chosen = signal<string>('');
  readonly state = signal<DeviceState>('off');
  readonly track = signal<MediaStreamTrack | null>(null);
  readonly trouble = signal<Trouble | null>(null);
  /** Which wish for it is the newest: what an older one brings is let go. */
  private wish = 0;
  /** Of a camera's picture. */
  private height: CameraHeight = 720;

  constructor(readonly kind: Kind) {
    this.chosen.value = recall(kind) ?? '';
  }

  get wanted(): boolean {
    return this.chosen.value !== NONE;
  }

  constraints(): MediaTrackConstraints {
    const id = this.chosen.value;
    const constraints = this.kind === 'camera' ? camera(this.height) : MICROPHONE;
    return id && id !== NONE ? { ...constraints, deviceId: { ideal: id } } : constraints;
  }

  /** The session wants pictures of so many lines: the camera need not take larger ones. */
  fitTo(height: CameraHeight): void {
    if (this.height === height) return;
    this.height = height;
    // A camera that cannot is sent smaller than it is.
    this.track.value?.applyConstraints(this.constraints()).catch(() => undefined);
  }

  /** From here on it is being opened. The answer is the wish, for `isNewest`. */
  begin(): number {
    this.state.value = 'starting';
    this.trouble.value = null;
    return ++this.wish;
  }

  isNewest(wish: number): boolean {
    return this.wish === wish;
  }

  choose(id: string): void {
    this.chosen.value = id;
    remember(this.kind, id || null);
  }

  use(track: MediaStreamTrack): void {
    this.drop();
    this.track.value = track;
    this.state.value = 'on';
    this.trouble.value = null;
    track.onended = () => {
      // Pulled out, or taken back by the browser.
      this.drop();
      this.trouble.value = 'missing';
    };
  }

  fail(trouble: Trouble): void {
    this.drop();
    this.trouble.value = trouble;
  }

  /** The person knows, and goes on without. */
  forgive(): void {
    this.trouble.value = null;
  }

  /** Stops the device, so that its light goes off. */
  drop(): void {
    this.wish++;
    const track = this.track.value;
    if (track) {
      track.onended = null;
      track.stop();
    }
    this.track.value = null;
    this.state.value = 'off';
  }
}

export class Devices {
  readonly microphone = new Device('microphone');
  readonly camera = new Device('camera');
  private opening: Promise<void> = Promise.resolve();

  of(kind: Kind): Device {
    return this[kind];
  }

  /** Opens what is wanted of these, with one question to the person where the browser asks. */
  async open(kinds: Kind[]): Promise<void> {
    const wishes: Wish[] = kinds
      .map((kind) => this.of(kind))
      .filter((device) => device.wanted && device.state.peek() !== 'starting')
      .map((device) => ({ device, number: device.begin() }));
    // What is being opened already is waited for, not opened twice.
    this.opening = Promise.all([this.opening, this.openNow(wishes)]).then(() => undefined);
    await this.opening;
  }

  private async openNow(wishes: Wish[]): Promise<void> {
    if (wishes.length === 0) return;
    if (!navigator.mediaDevices) {
      for (const wish of wishes) fail(wish, 'insecure');
      return;
    }
    try {
      await this.take(wishes);
    } catch (reason) {
      const [first] = wishes;
      if (wishes.length === 1 && first) fail(first, troubleOf(reason));
      // Together they failed: one of them may still be there.
      else for (const wish of wishes) await this.take([wish]).catch((one) => fail(wish, troubleOf(one)));
    }
    await this.list();
  }

  /** Another device, or NONE. */
  async choose(kind: Kind, id: string): Promise<void> {
    const device = this.of(kind);
    device.choose(id);
    if (id === NONE) {
      device.drop();
      device.trouble.value = null;
    } else {
      device.drop();
      await this.open([kind]);
    }
  }

  async list(): Promise<void> {
    if (!navigator.mediaDevices) return;
    const all = await navigator.mediaDevices.enumerateDevices().catch(() => []);
    for (const device of [this.microphone, this.camera]) {
      // Without permission the entries have neither id nor name.
      device.choices.value = all.filter((info) => info.kind === INPUT[device.kind] && info.deviceId !== '');
    }
  }

  close(): void {
    this.microphone.drop();
    this.camera.drop();
  }

  private async take(wishes: Wish[]): Promise<void> {
    const constraints: MediaStreamConstraints = {};
    for (const { device } of wishes) constraints[MEDIA[device.kind]] = device.constraints();
    const stream = await navigator.mediaDevices.getUserMedia(constraints);
    for (const wish of wishes) {
      const track = stream.getTracks().find((candidate) => candidate.kind === MEDIA[wish.device.kind]);
      if (!track) fail(wish, 'missing');
      else if (wish.device.isNewest(wish.number)) wish.device.use(track);
      else track.stop();
    }
  }
}

interface Wish {
  device: Device;
  number: number;
}

function fail({ device, number }: Wish, trouble: Trouble): void {
  if (device.isNewest(number)) device.fail(trouble);
}

/** The one set of devices of this tab: opened while joining, used on in the room. */
export const devices = new Devices();

export function troubleOf(reason: unknown): Trouble {
  switch ((reason as { name?: unknown } | null)?.name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied';
    case 'NotFoundError':
    case 'OverconstrainedError':
    case 'DevicesNotFoundError':
      return 'missing';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    default:
      return 'failed';
  }
}

/** What is wrong with these, and what to do about it. */
export function remedy(kinds: Kind[], trouble: Trouble): string {
  const [first = 'microphone', second] = kinds;
  return say(`trouble.${trouble}.${second === undefined ? first : 'both'}`);
}

/** Those that are in trouble, the ones in the same trouble together. */
export function troubles(candidates: Device[]): { trouble: Trouble; kinds: Kind[] }[] {
  const found: { trouble: Trouble; kinds: Kind[] }[] = [];
  for (const device of candidates) {
    const trouble = device.trouble.value;
    if (trouble === null) continue;
    const same = found.find((entry) => entry.trouble === trouble);
    if (same) same.kinds.push(device.kind);
    else found.push({ trouble, kinds: [device.kind] });
  }
  return found;
}

/** A sentence when this browser cannot take part at all. */
export function unsupported(): string | null {
  if (typeof RTCPeerConnection === 'function' && typeof WebSocket === 'function') return null;
  return say('join.unsupported');
}
