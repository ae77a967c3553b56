// docs/api.md, as functions.

import { say, sayIfKnown } from './words';

export interface Session {
  id: string;
  title: string;
  link: string;
  createdAt: string;
  recordings: number;
  live: number;
}

export type RecordingState = 'starting' | 'recording' | 'stopping' | 'processing' | 'ready' | 'failed';
export type RenditionState = 'queued' | 'rendering' | 'ready' | 'failed';

/** Video of everybody or of one person, sound of everybody or of one person. */
export type RenditionKind = 'composite' | 'participant' | 'mix' | 'participant-sound';

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
}

export interface Recording {
  id: string;
  session: string;
  title: string;
  state: RecordingState;
  startedAt: string | null;
  stoppedAt: string | null;
  durationMillis: number | null;
  sizeBytes: number | null;
  people: { person: string; name: string }[];
  renditions: Rendition[];
  /** Counts what people have changed of it. */
  revision: number;
  failure: string | null;
}

export interface Page<T> {
  items: T[];
  next: string | null;
}

/** A refusal (with the server's id and sentence), or `unreachable` when there was no answer at all. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly id: string,
    readonly detail: string,
  ) {
    super(detail);
  }
}

const BASE = '/api/v1';
let serverMinusLocalMillis = 0;

/** The server's time now, as far as its answers tell: recordings count from its clock, not from this one. */
export function serverNow(): number {
  return Date.now() + serverMinusLocalMillis;
}

export function makeSession(title: string): Promise<Session> {
  return call('POST', '/sessions', { body: { title } });
}

export async function sessions(after?: string): Promise<Page<Session>> {
  const page = await call<{ sessions: Session[]; next: string | null }>('GET', `/sessions${query({ after })}`);
  return { items: page.sessions, next: page.next ?? null };
}

export function session(id: string): Promise<Session> {
  return call('GET', `/sessions/${encodeURIComponent(id)}`);
}

export async function recordings(options: { session?: string; after?: string } = {}): Promise<Page<Recording>> {
  const page = await call<{ recordings: Recording[]; next: string | null }>('GET', `/recordings${query(options)}`);
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

export function socketLink(sessionId: string, origin: string = location.origin): string {
  return `${origin.replace(/^http/, 'ws')}${BASE}/sessions/${encodeURIComponent(sessionId)}/socket`;
}

function renditionPath(recordingId: string, rendition: string): string {
  return `/recordings/${encodeURIComponent(recordingId)}/renditions/${encodeURIComponent(rendition)}`;
}

function query(fields: Record<string, string | undefined>): string {
  const set = Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return set.length === 0 ? '' : `?${new URLSearchParams(set)}`;
}

async function call<T>(method: string, path: string, options: { body?: unknown; pass?: string; revision?: number } = {}): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (options.body !== undefined) headers['content-type'] = 'application/json';
  if (options.pass !== undefined) headers.authorization = `Bearer ${options.pass}`;
  if (options.revision !== undefined) headers['if-match'] = `"${options.revision}"`;
  let response: Response;
  try {
    response = await fetch(BASE + path, {
      method,
      headers,
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    });
  } catch {
    throw new ApiError(0, 'unreachable', say('error.unreachable'));
  }
  learnClock(response);
  if (!response.ok) throw await refusal(response);
  return (await response.json()) as T;
}

async function refusal(response: Response): Promise<ApiError> {
  let problem: { id?: unknown; detail?: unknown } = {};
  try {
    problem = (await response.json()) as typeof problem;
  } catch {
    // A proxy's page, say: the status has to do.
  }
  const id = typeof problem.id === 'string' ? problem.id : 'unknown';
  const detail =
    typeof problem.detail === 'string'
      ? problem.detail
      : say('error.status', { status: response.status });
  return new ApiError(response.status, id, detail);
}

/** The Date header has whole seconds: good enough for a running time, and half a second is the mean error. */
function learnClock(response: Response): void {
  const date = Date.parse(response.headers.get('date') ?? '');
  if (Number.isNaN(date)) return;
  const difference = date + 500 - Date.now();
  serverMinusLocalMillis = Math.abs(difference) < 1_500 ? 0 : difference;
}

/** The sentence to show for whatever went wrong: of the id where that says it all, else the server's own. */
export function sentence(error: unknown): string {
  if (error instanceof ApiError) return sayIfKnown(`error.${error.id}`) ?? error.detail;
  return say('app.broken');
}
