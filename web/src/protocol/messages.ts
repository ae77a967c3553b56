// The words of docs/protocol.md.

export type Kind = 'microphone' | 'camera';

/** Host and co-hosts record. */
export type RoomRole = 'host' | 'co-host' | 'attendee';
/** What is sent in the session, and what of it is recorded. */
export type RoomMode = 'video' | 'audio-show-video' | 'audio-no-video';

export interface Person {
  person: string;
  name: string;
  muted: Kind[];
  sends: Kind[];
}

export interface RoomRecording {
  id: string;
  title: string;
  state: 'starting' | 'recording' | 'stopping' | 'failed';
  startedAt: string | null;
  startedBy: string | null;
  detail: string | null;
}

export interface SentTrack {
  mid: string;
  kind: Kind;
}

export interface OfferedTrack extends SentTrack {
  person: string;
}

export type ToServer =
  | { type: 'join'; name: string; pass?: string }
  | { type: 'publish'; sdp: string; tracks: SentTrack[] }
  | { type: 'subscribed'; serial: number; sdp: string }
  | { type: 'mute'; kind: Kind; muted: boolean }
  | { type: 'leave' };

export interface Joined {
  type: 'joined';
  person: string;
  pass: string;
  role: RoomRole;
  session: { id: string; title: string; mode: RoomMode };
  people: Person[];
  recording: RoomRecording | null;
  iceServers: RTCIceServer[];
}

export interface Subscribe {
  type: 'subscribe';
  serial: number;
  sdp: string;
  tracks: OfferedTrack[];
}

export interface Complaint {
  type: 'error';
  id: string;
  detail: string;
  of?: string;
}

export type FromServer =
  | Joined
  | { type: 'published'; sdp: string }
  | Subscribe
  | ({ type: 'person' } & Person)
  | { type: 'left'; person: string }
  | { type: 'recording'; recording: RoomRecording | null }
  | Complaint;

/** A frame as a message, or null for what this page does not know: a newer server may say more. */
export function read(frame: unknown): FromServer | null {
  if (typeof frame !== 'string') return null;
  let value: unknown;
  try {
    value = JSON.parse(frame);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const message = value as Record<string, unknown>;
  return isKnown(message) ? (message as unknown as FromServer) : null;
}

function isKnown(message: Record<string, unknown>): boolean {
  switch (message.type) {
    case 'joined':
      return text(message.person) && text(message.pass) && Array.isArray(message.people);
    case 'published':
      return text(message.sdp);
    case 'subscribe':
      return Number.isInteger(message.serial) && text(message.sdp) && Array.isArray(message.tracks);
    case 'person':
      return text(message.person) && text(message.name);
    case 'left':
      return text(message.person);
    case 'recording':
      return message.recording === null || typeof message.recording === 'object';
    case 'error':
      return text(message.id);
    default:
      return false;
  }
}

function text(value: unknown): boolean {
  return typeof value === 'string';
}
