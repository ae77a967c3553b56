// How the pages ask the server: docs/api.md's errors, its clock, its preconditions.

import { signal } from '@preact/signals';
import { learnClock } from '../servertime';
import { duration, timeOfDay } from '../time';
import { say, sayIfKnown } from '../words';

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
    /** When it is worth trying again, in this machine's milliseconds. */
    readonly until: number | null = null,
  ) {
    super(detail);
  }
}

export const BASE = '/api/v1';
/** Counts answers that this browser is not signed in any more. */
export const turnedAway = signal(0);

export interface CallOptions {
  body?: unknown;
  pass?: string;
  /** What was seen when this was decided: refused if somebody else has changed it since. */
  revision?: number;
}

/** What is set of these, as a query. */
export function query(fields: { [name: string]: string | number | undefined }): string {
  const set = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return set.length === 0 ? '' : `?${new URLSearchParams(set)}`;
}

export async function call<T>(method: string, path: string, options: CallOptions = {}): Promise<T> {
  const response = await answered(method, path, options, 'application/json');
  // What was only done has nothing to say.
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** A picture, for whoever shows it to give back with `URL.revokeObjectURL`. */
export async function picture(method: string, path: string, options: CallOptions = {}): Promise<string> {
  return URL.createObjectURL(await (await answered(method, path, options, 'image/*')).blob());
}

async function answered(method: string, path: string, options: CallOptions, accept: string): Promise<Response> {
  const headers: Record<string, string> = { accept };
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
  learnClock(response.headers.get('date'));
  if (!response.ok) {
    const refused = await refusal(response);
    if (refused.id === 'not-signed-in') turnedAway.value++;
    throw refused;
  }
  return response;
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
  return new ApiError(response.status, id, detail, untilOf(response));
}

/** When it is worth trying again, if the server says. */
function untilOf(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? Date.now() + seconds * 1000 : null;
}

/** What a refusal says: words of its id where that says all, else with the server's own sentence, or that alone. */
export function refusalWords(id: string, detail: string): string {
  return sayIfKnown(`error.${id}`, { detail }) ?? detail;
}

/** The sentence to show for whatever went wrong. */
export function sentence(error: unknown): string {
  if (error instanceof ApiError) {
    const what = refusalWords(error.id, error.detail);
    return error.until === null ? what : `${what} ${whenAgain(error.until)}`;
  }
  return say('app.broken');
}

/** When to try again: the time of day, and how long that is. */
function whenAgain(until: number): string {
  return say('error.until', { time: timeOfDay(until), duration: duration(Math.max(1_000, until - Date.now())) });
}
