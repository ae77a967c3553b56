import { BASE, call, query, type Page } from './call';

export const MODES = ['video', 'audio-show-video', 'audio-no-video'] as const;
export type Mode = (typeof MODES)[number];
/** How many lines cameras send at most. */
export type CameraHeight = 720 | 360;
export const SESSION_SORTS = ['next', 'newest', 'oldest', 'title'] as const;
export type SessionSort = (typeof SESSION_SORTS)[number];

/** Somebody of a session: by address, and by name if an account has it. */
export interface Invitee {
  email: string | null;
  name: string | null;
}

export interface Session {
  id: string;
  title: string;
  /** Null for a session that is held whenever. */
  startsAt: string | null;
  timeZone: string | null;
  mode: Mode;
  cameraHeight: CameraHeight;
  host: Invitee | null;
  coHosts: Invitee[];
  invited: Invitee[];
  /** Null, as the link, once it was revoked. */
  invitation: string | null;
  link: string | null;
  limits: { people: number; invited: number };
  role: 'host' | 'co-host' | 'invited';
  createdAt: string;
  recordings: number;
  recording: boolean;
  live: number;
  revision: number;
}

/** What a session is set up with. */
export interface SessionPlan {
  title: string;
  startsAt: string | null;
  timeZone: string | null;
  mode: Mode;
  cameraHeight: CameraHeight;
  coHosts: string[];
  invited: string[];
}

/** What a guest sees before joining. */
export interface Room {
  title: string;
  startsAt: string | null;
  timeZone: string | null;
  host: string | null;
  mode: Mode;
  recording: boolean;
  live: number;
  limits: { people: number };
  role: 'host' | 'co-host' | 'attendee';
  /** Of one's account. */
  name: string | null;
  session: string | null;
}

export function makeSession(plan: SessionPlan): Promise<Session> {
  const { startsAt, timeZone, ...rest } = plan;
  return call('POST', '/sessions', { body: startsAt === null ? rest : { ...rest, startsAt, timeZone } });
}

export async function sessions(options: { sort?: SessionSort; after?: string; limit?: number } = {}): Promise<Page<Session>> {
  const page = await call<{ sessions: Session[]; next: string | null }>('GET', `/sessions${query(options)}`);
  return { items: page.sessions, next: page.next ?? null };
}

export function session(id: string): Promise<Session> {
  return call('GET', sessionPath(id));
}

export function changeSession(seen: Session, change: Partial<SessionPlan>): Promise<Session> {
  return call('PATCH', sessionPath(seen.id), { body: change, revision: seen.revision });
}

export function deleteSession(seen: Session): Promise<{ session: string; restorableUntil: string }> {
  return call('DELETE', sessionPath(seen.id), { revision: seen.revision });
}

export function restoreSession(id: string): Promise<Session> {
  return call('POST', `${sessionPath(id)}/restore`);
}

/** A new invitation in place of the one before. */
export function renewInvitation(id: string): Promise<Session> {
  return call('POST', `${sessionPath(id)}/invitation`);
}

export function revokeInvitation(id: string): Promise<Session> {
  return call('DELETE', `${sessionPath(id)}/invitation`);
}

/** By the invitation, or by the session's id for whoever sees the session. */
export function room(invitation: string): Promise<Room> {
  return call('GET', `/rooms/${encodeURIComponent(invitation)}`);
}

export function socketLink(invitation: string, origin: string = location.origin): string {
  return `${origin.replace(/^http/, 'ws')}${BASE}/rooms/${encodeURIComponent(invitation)}/socket`;
}

function sessionPath(id: string): string {
  return `/sessions/${encodeURIComponent(id)}`;
}
