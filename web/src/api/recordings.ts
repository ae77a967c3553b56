import { BASE, call, query, type Page } from './call';
import type { Mode } from './sessions';
import type { ErasedKind } from './storage';

export type RecordingState = 'starting' | 'recording' | 'stopping' | 'processing' | 'ready' | 'failed';
export type RenditionState = 'queued' | 'rendering' | 'ready' | 'failed';

/** Video of everybody or of one person, sound of everybody or of one person, and what was sent, packet by packet. */
export type RenditionKind = 'composite' | 'participant' | 'mix' | 'participant-sound' | 'raw';

export interface Rendition {
  id: string;
  kind: RenditionKind;
  person: string | null;
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
}

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

export function contentLink(recordingId: string, rendition: string, download = false): string {
  return `${BASE}${renditionPath(recordingId, rendition)}/content${download ? '?download' : ''}`;
}

function renditionPath(recordingId: string, rendition: string): string {
  return `/recordings/${encodeURIComponent(recordingId)}/renditions/${encodeURIComponent(rendition)}`;
}
