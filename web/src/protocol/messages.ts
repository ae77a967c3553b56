// The words of docs/protocol.md.

import type { CameraHeight } from './encodings';

export type Kind = 'microphone' | 'camera' | 'screen';
/** What a person has from the start, and mutes rather than ends. */
export type DeviceKind = 'microphone' | 'camera';

/** Host and co-hosts record. */
export type RoomRole = 'host' | 'co-host' | 'attendee';
/** What is sent in the session, and what of it is recorded. */
export type RoomMode = 'video' | 'audio-show-video' | 'audio-no-video';

export interface Person {
  person: string;
  name: string;
  muted: DeviceKind[];
  sends: Kind[];
}

export interface RoomRecording {
  id: string;
  title: string;
  state: 'starting' | 'recording' | 'waiting' | 'stopping' | 'failed';
  startedAt: string | null;
  startedBy: string | null;
  /** What the server's disk does to a recording that goes on: what comes waits in memory, or is lost. */
  trouble: 'behind' | 'losing' | null;
  detail: string | null;
}

export interface SentTrack {
  mid: string;
  kind: Kind;
}

export interface OfferedTrack extends SentTrack {
  person: string;
}

/** A picture that the page shows, and how many pixels of the screen high. */
export interface Viewed {
  person: string;
  kind: 'camera' | 'screen';
  height: number;
}

/** The layers of a track that anybody needs; the empty text is that of a track without layers. */
export interface Demand {
  mid: string;
  rids: string[];
}

export type ToServer =
  | { type: 'join'; name: string; pass?: string }
  | { type: 'publish'; sdp: string; tracks: SentTrack[] }
  | { type: 'subscribed'; serial: number; sdp: string }
  | { type: 'mute'; kind: DeviceKind; muted: boolean }
  | { type: 'view'; tracks: Viewed[] }
  | { type: 'leave' };

export interface Joined {
  type: 'joined';
  person: string;
  pass: string;
  role: RoomRole;
  session: { id: string; title: string; mode: RoomMode; cameraHeight: CameraHeight };
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
  | { type: 'demand'; tracks: Demand[] }
  | { type: 'speaker'; person: string | null }
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
    case 'demand':
      return Array.isArray(message.tracks);
    case 'speaker':
      return message.person === null || text(message.person);
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
