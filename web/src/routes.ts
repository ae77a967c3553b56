// Which page an address means.

export type Route =
  | { page: 'home' }
  | { page: 'join'; session: string }
  | { page: 'room'; session: string }
  | { page: 'recordings' }
  | { page: 'recording'; recording: string }
  | { page: 'nowhere' };

export function routeOf(pathname: string): Route {
  const parts = pathname.split('/').filter((part) => part !== '').map(decode);
  const [first, second, third] = parts;
  if (first === undefined) return { page: 'home' };
  if (first === 's' && second && parts.length === 2) return { page: 'join', session: second };
  if (first === 's' && second && third === 'room' && parts.length === 3) return { page: 'room', session: second };
  if (first === 'recordings' && parts.length === 1) return { page: 'recordings' };
  if (first === 'recordings' && second && parts.length === 2) return { page: 'recording', recording: second };
  return { page: 'nowhere' };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
