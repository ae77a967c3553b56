import { call } from './call';
import type { Me, MemberInvitation } from './people';

/** One of the server's, as whoever runs it sees it. */
export interface ServedOrganisation {
  id: string;
  name: string;
  members: number;
  createdAt: string;
}

export interface NewOrganisation extends ServedOrganisation {
  /** Of its first admin, if one was named. */
  invitation?: MemberInvitation;
}

export async function organisations(): Promise<ServedOrganisation[]> {
  return (await call<{ organisations: ServedOrganisation[] }>('GET', '/organisations')).organisations;
}

/** Makes one that whoever makes it looks after, and the person of that address, once they come in. */
export function makeOrganisation(name: string, admin: string | null): Promise<NewOrganisation> {
  return call('POST', '/organisations', { body: admin === null ? { name } : { name, admin } });
}

/** The one that one is in. */
export function renameOrganisation(name: string): Promise<Me> {
  return call('PATCH', '/organisation', { body: { name } });
}
