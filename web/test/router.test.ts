import { expect, it, vi } from 'vitest';

vi.stubGlobal('location', { pathname: '/', search: '', origin: 'https://meet.example.org' });
vi.stubGlobal('addEventListener', () => undefined);
const { safePath } = await import('../src/router');

it.each([
  ['/recordings?q=a', '/recordings?q=a'],
  ['/', '/'],
  [null, '/'],
  ['', '/'],
  ['https://elsewhere.example', '/'],
  ['//elsewhere.example', '/'],
  ['/\\elsewhere.example', '/'],
  ['/\t/elsewhere.example', '/'],
  ['/\n/elsewhere.example', '/'],
  ['javascript:alert(1)', '/'],
])('after signing in, %s leads to %s', (wanted, path) => expect(safePath(wanted)).toBe(path));
