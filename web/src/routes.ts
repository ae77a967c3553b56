// Which page an address means.

export type Route =
  | { page: 'home' }
  | { page: 'sign-in' }
  | { page: 'welcome' }
  | { page: 'join'; invitation: string }
  | { page: 'room'; invitation: string }
  | { page: 'new-session' }
  | { page: 'session'; session: string }
  | { page: 'recordings' }
  | { page: 'recording'; recording: string }
  | { page: 'settings' }
  | { page: 'institution'; part: InstitutionPart }
  | { page: 'health' }
  | { page: 'organisations' }
  | { page: 'nowhere' };

export type InstitutionPart = 'members' | 'storage' | 'store' | 'layouts' | 'keys' | 'audit';

const ALONE = new Map<string, Route>(Object.entries({
  '': { page: 'home' },
  'sign-in': { page: 'sign-in' },
  welcome: { page: 'welcome' },
  'sessions/new': { page: 'new-session' },
  recordings: { page: 'recordings' },
  settings: { page: 'settings' },
  institution: { page: 'institution', part: 'members' },
  'institution/members': { page: 'institution', part: 'members' },
  'institution/storage': { page: 'institution', part: 'storage' },
  'institution/store': { page: 'institution', part: 'store' },
  'institution/layouts': { page: 'institution', part: 'layouts' },
  'institution/keys': { page: 'institution', part: 'keys' },
  'institution/audit': { page: 'institution', part: 'audit' },
  health: { page: 'health' },
  organisations: { page: 'organisations' },
}));

export function routeOf(pathname: string): Route {
  const parts = pathname.split('/').filter((part) => part !== '');
  const alone = ALONE.get(parts.join('/'));
  if (alone) return alone;
  const [first, second, third] = parts.map(decode);
  if (first === 's' && second && parts.length === 2) return { page: 'join', invitation: second };
  if (first === 's' && second && third === 'room' && parts.length === 3) return { page: 'room', invitation: second };
  if (first === 'sessions' && second && parts.length === 2) return { page: 'session', session: second };
  if (first === 'recordings' && second && parts.length === 2) return { page: 'recording', recording: second };
  return { page: 'nowhere' };
}

/** Pages for which nobody needs an account. */
export function isOpen(route: Route): boolean {
  return ['sign-in', 'welcome', 'join', 'room', 'nowhere'].includes(route.page);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
