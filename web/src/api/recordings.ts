import { BASE, call, query, type Page } from './call';
import type { Mode } from './sessions';
import type { ErasedKind } from './storage';
import type { Chapter } from '../watch/chapters';
import type { Waveform } from '../watch/wave';

export type RecordingState = 'starting' | 'recording' | 'stopping' | 'processing' | 'ready' | 'failed';
export type RenditionState = 'queued' | 'rendering' | 'ready' | 'failed';

/** Video of everybody or of one person, sound of everybody or of one person, what was sent, packet by packet, and how well. */
export type RenditionKind = 'composite' | 'participant' | 'mix' | 'participant-sound' | 'raw' | 'quality';

export type RenditionFormat =
  | 'mp4'
  | 'mp4-ld'
  | 'mp4-sd'
  | 'mp4-hd'
  | 'mp4-1080p'
  | 'mp4-stereo'
  | 'webm-vp8'
  | 'webm-vp9'
  | 'webm-av1'
  | 'mov'
  | 'webm'
  | 'mp3'
  | 'wav'
  | 'wav-stereo'
  | 'flac'
  | 'tar.gz'
  | 'zip'
  | 'json';

export interface Rendition {
  id: string;
  kind: RenditionKind;
  format: RenditionFormat;
  person: string | null;
  /** Which was chosen for it, as it was then; null where it has the usual one or none. */
  layout: { name: string; layout: unknown; timeZone: string | null } | null;
  name: string;
  state: RenditionState;
  progress: number | null;
  remainingMillis: number | null;
  sizeBytes: number | null;
  durationMillis: number | null;
  sha256: string | null;
  contentType: string | null;
  failure: string | null;
  /** What in it is missing or was repaired, a sentence each. */
  remarks: string[];
  /** The programs that made it and their versions, once it is ready. */
  madeWith: string | null;
}

/** A file to be made; of one person where its kind is, and of everybody in the layout with this id. */
export type NewRendition = Pick<Rendition, 'kind' | 'format' | 'person'> & { layout: string | null };

export interface Recording {
  id: string;
  session: string;
  sessionTitle: string;
  title: string;
  state: RecordingState;
  startedAt: string | null;
  stoppedAt: string | null;
  durationMillis: number | null;
  sizeBytes: number | null;
  mode: Mode;
  /** The address of its picture. */
  thumbnail: string | null;
  people: { person: string; name: string }[];
  renditions: Rendition[];
  /** What goes with its film and is there: `poster`, `waveform`, `chapters`, `chapters.vtt`. */
  companions: string[];
  role: string;
  /** Whether who is signed in may rename, delete and make again. */
  mayChange: boolean;
  /** Counts what people have changed of it. */
  revision: number;
  keeping: Keeping;
  failure: string | null;
}

/** How long what it has is kept, and what of it is gone. */
export interface Keeping {
  tapeDays: number;
  tapeUntil: string | null;
  filesDays: number | null;
  filesUntil: string | null;
  hold: { since: string; by: string } | null;
  erased: { kind: ErasedKind; at: string; days: number; sizeBytes: number; keyDestroyed: boolean }[];
}

/** Puts a legal hold on it, or lifts it. */
export function hold(id: string, on: boolean): Promise<unknown> {
  return call(on ? 'PUT' : 'DELETE', `/recordings/${encodeURIComponent(id)}/hold`);
}

export const RECORDING_SORTS = ['newest', 'oldest', 'title', 'longest'] as const;
export type RecordingSort = (typeof RECORDING_SORTS)[number];

export interface RecordingSearch {
  session?: string | undefined;
  q?: string | undefined;
  sort?: RecordingSort | undefined;
  after?: string | undefined;
  limit?: number | undefined;
}

export async function recordings(options: RecordingSearch = {}): Promise<Page<Recording>> {
  const page = await call<{ recordings: Recording[]; next: string | null }>('GET', `/recordings${query({ ...options })}`);
  return { items: page.recordings, next: page.next ?? null };
}

export function recording(id: string): Promise<Recording> {
  return call('GET', `/recordings/${encodeURIComponent(id)}`);
}

/** Gives it another title, unless somebody else has changed it since this was seen: then `changed-meanwhile`. */
export function renameRecording(seen: Recording, title: string): Promise<Recording> {
  return call('PATCH', `/recordings/${encodeURIComponent(seen.id)}`, { body: { title }, revision: seen.revision });
}

/** Deletes it, unless somebody else has changed it since this was seen. */
export function deleteRecording(seen: Recording): Promise<{ recording: string; restorableUntil: string }> {
  return call('DELETE', `/recordings/${encodeURIComponent(seen.id)}`, { revision: seen.revision });
}

/** Brings a deleted one back, while it can be. */
export function restoreRecording(id: string): Promise<Recording> {
  return call('POST', `/recordings/${encodeURIComponent(id)}/restore`);
}

export function startRecording(sessionId: string, title: string, pass: string): Promise<Recording> {
  return call('POST', `/sessions/${encodeURIComponent(sessionId)}/recordings`, { body: { title }, pass });
}

export function stopRecording(id: string, pass: string): Promise<Recording> {
  return call('POST', `/recordings/${encodeURIComponent(id)}/stop`, { pass });
}

export function retryRendition(recordingId: string, rendition: string): Promise<Recording> {
  return call('POST', `${renditionPath(recordingId, rendition)}/retry`);
}

/** Has a file made in another format or layout than the one made by itself. */
export function makeRendition(recordingId: string, file: NewRendition): Promise<Recording> {
  return call('POST', `/recordings/${encodeURIComponent(recordingId)}/renditions`, { body: file });
}

export function contentLink(recordingId: string, rendition: string, download = false): string {
  return `${BASE}${renditionPath(recordingId, rendition)}/content${download ? '?download' : ''}`;
}

/** The address of what goes with a recording's film. */
export function companionLink(id: string, companion: string): string {
  return `${BASE}/recordings/${encodeURIComponent(id)}/${companion}`;
}

/** The shape of its sound, in at most so many pixels. */
export function waveform(id: string, pixels: number): Promise<Waveform> {
  return call('GET', `/recordings/${encodeURIComponent(id)}/waveform${query({ pixels })}`);
}

export function chapters(id: string): Promise<{ chapters: Chapter[] }> {
  return call('GET', `/recordings/${encodeURIComponent(id)}/chapters`);
}

/** Has the file of each made as it was sent, unless it is there. */
export function makeSides(recordingId: string): Promise<Recording> {
  return call('POST', `/recordings/${encodeURIComponent(recordingId)}/sides`);
}

/** Has a film made that is not made by itself. */
export function wantFilm(recordingId: string): Promise<unknown> {
  return call('POST', `/recordings/${encodeURIComponent(recordingId)}/film`);
}

/** Where a recording can be watched piece by piece while it goes on. */
export function filmLink(recordingId: string): string {
  return `${BASE}/recordings/${encodeURIComponent(recordingId)}/film/playlist.m3u8`;
}

function renditionPath(recordingId: string, rendition: string): string {
  return `/recordings/${encodeURIComponent(recordingId)}/renditions/${encodeURIComponent(rendition)}`;
}
