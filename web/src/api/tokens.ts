import { call } from './call';

export const TOKEN_RIGHTS = ['publish', 'watch'] as const;
export type TokenRight = (typeof TOKEN_RIGHTS)[number];

/** What lets an encoder or a player into a session. */
export interface Token {
  id: string;
  /** By which it appears in the room. */
  name: string;
  hint: string;
  may: TokenRight[];
  createdAt: string;
  expiresAt: string | null;
  usedAt: string | null;
  publishing: boolean;
  /** How many watch by it now. */
  watching: number;
  /** The secret, only in the answer that made it. */
  token?: string;
}

export async function tokens(session: string): Promise<Token[]> {
  return (await call<{ tokens: Token[] }>('GET', pathOf(session))).tokens;
}

export function makeToken(session: string, name: string, may: TokenRight[], expiresAt: string | null): Promise<Token> {
  return call('POST', pathOf(session), { body: { name, may, ...(expiresAt === null ? {} : { expiresAt }) } });
}

export function revokeToken(session: string, id: string): Promise<void> {
  return call('DELETE', `${pathOf(session)}/${encodeURIComponent(id)}`);
}

function pathOf(session: string): string {
  return `/sessions/${encodeURIComponent(session)}/tokens`;
}
