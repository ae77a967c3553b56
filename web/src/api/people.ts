import { call, query, type Page } from './call';

export type Role = 'admin' | 'manager' | 'member';
export const ROLES: readonly Role[] = ['member', 'manager', 'admin'];

export interface Organisation {
  id: string;
  name: string;
  role: Role;
}

/** Who is signed in in this browser. */
export interface Me {
  account: string;
  name: string;
  email: string;
  /** The one they act in now. */
  organisation: Organisation;
  organisations: Organisation[];
  /** Runs the server. */
  operator: boolean;
  hasPassword: boolean;
}

/** How one signs in here. */
export interface Door {
  /** False as long as nobody has used the first admin's link. */
  setUp: boolean;
  oidc: { label: string; path: string } | null;
}

export interface OneTimeLink {
  purpose: 'first-admin' | 'invitation' | 'new-password';
  organisation: string | null;
  email: string | null;
  name: string | null;
  role: Role | null;
  accountExists: boolean | null;
  expiresAt: string | null;
}

export interface LinkUse {
  token: string;
  name?: string;
  email?: string;
  password?: string;
}

export interface Member {
  account: string;
  name: string;
  email: string;
  role: Role;
  operator: boolean;
  joinedAt: string;
  seenAt: string | null;
}

export interface MemberInvitation {
  id: string;
  email: string;
  role: Role;
  invitedBy: string | null;
  createdAt: string;
  expiresAt: string;
  /** Only in the answer that made it. */
  link?: string;
}

export interface ApiKey {
  id: string;
  name: string;
  hint: string;
  scopes: string[];
  createdAt: string;
  expiresAt: string | null;
  usedAt: string | null;
  /** The secret, only in the answer that made it. */
  key?: string;
}

/** A key as admins see it. */
export interface OwnedKey extends ApiKey {
  account: string;
  owner: string;
}

export interface AuditEntry {
  id: string;
  at: string;
  name: string;
  means: string;
  address: string | null;
  action: string;
  object: string | null;
  detail: string | null;
}

export const SCOPES = [
  'sessions:read',
  'sessions:write',
  'recordings:read',
  'recordings:write',
  'organisation:read',
  'organisation:write',
] as const;
export type Scope = (typeof SCOPES)[number];

export function door(): Promise<Door> {
  return call('GET', '/sign-in');
}

export function signIn(email: string, password: string): Promise<Me> {
  return call('POST', '/sign-in', { body: { email, password } });
}

export function signOut(everywhere: boolean): Promise<void> {
  return call('POST', '/sign-out', { body: { everywhere } });
}

export function whoAmI(): Promise<Me> {
  return call('GET', '/me');
}

export interface MyChange {
  name?: string;
  email?: string;
  newPassword?: string;
  /** The present one, for whoever has one. */
  password?: string;
}

export function changeMe(change: MyChange): Promise<Me> {
  return call('PATCH', '/me', { body: change });
}

export function actIn(organisation: string): Promise<Me> {
  return call('POST', '/me/organisation', { body: { organisation } });
}

export function lookAtLink(token: string): Promise<OneTimeLink> {
  return call('POST', '/links/look', { body: { token } });
}

export function applyLink(use: LinkUse): Promise<Me> {
  return call('POST', '/links/use', { body: use });
}

export async function members(after?: string): Promise<Page<Member>> {
  const page = await call<{ members: Member[]; next: string | null }>('GET', `/members${query({ after })}`);
  return { items: page.members, next: page.next ?? null };
}

export function changeRole(account: string, role: Role): Promise<Member> {
  return call('PATCH', `/members/${encodeURIComponent(account)}`, { body: { role } });
}

export function removeMember(account: string): Promise<void> {
  return call('DELETE', `/members/${encodeURIComponent(account)}`);
}

export function newPasswordLink(account: string): Promise<{ link: string; expiresAt: string }> {
  return call('POST', `/members/${encodeURIComponent(account)}/new-password`);
}

export function signMemberOut(account: string): Promise<void> {
  return call('POST', `/members/${encodeURIComponent(account)}/sign-out`);
}

export async function memberInvitations(): Promise<MemberInvitation[]> {
  return (await call<{ invitations: MemberInvitation[] }>('GET', '/members/invitations')).invitations;
}

export function inviteMember(email: string, role: Role): Promise<MemberInvitation> {
  return call('POST', '/members/invitations', { body: { email, role } });
}

export function takeInvitationBack(id: string): Promise<void> {
  return call('DELETE', `/members/invitations/${encodeURIComponent(id)}`);
}

export async function apiKeys(): Promise<ApiKey[]> {
  return (await call<{ keys: ApiKey[] }>('GET', '/keys')).keys;
}

export function makeApiKey(name: string, scopes: Scope[], expiresAt: string | null): Promise<ApiKey> {
  return call('POST', '/keys', { body: { name, scopes, ...(expiresAt === null ? {} : { expiresAt }) } });
}

export function revokeApiKey(id: string): Promise<void> {
  return call('DELETE', `/keys/${encodeURIComponent(id)}`);
}

export async function allApiKeys(): Promise<OwnedKey[]> {
  return (await call<{ keys: OwnedKey[] }>('GET', '/organisation/keys')).keys;
}

export function revokeAnyApiKey(id: string): Promise<void> {
  return call('DELETE', `/organisation/keys/${encodeURIComponent(id)}`);
}

export async function audit(after?: string): Promise<Page<AuditEntry>> {
  const page = await call<{ entries: AuditEntry[]; next: string | null }>('GET', `/audit${query({ after })}`);
  return { items: page.entries, next: page.next ?? null };
}
