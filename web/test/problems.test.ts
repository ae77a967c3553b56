import { expect, it } from 'vitest';
import en from '../src/words/en';

const read = (files: Record<string, string>) => Object.values(files).join('');
const api = read(import.meta.glob<string>('../../docs/openapi.yaml', { query: '?raw', import: 'default', eager: true }));
const protocol = read(import.meta.glob<string>('../../docs/protocol.md', { query: '?raw', import: 'default', eager: true }));
const guide = read(import.meta.glob<string>('../../docs/api.md', { query: '?raw', import: 'default', eager: true }));

/**
 * What no page meets: none sends a key to be answered the same, pictures and files are asked for by the browser, and
 * encoders and players are no pages.
 */
const NOT_MET = [
  ...['still-running', 'already-made', 'key-used-differently', 'range-not-satisfiable', 'no-such-thumbnail'],
  ...['wrong-token', 'no-such-connection', 'malformed-sdp', 'unsupported-sdp', 'precondition-required', 'too-many-viewers'],
];
/** What the page says by itself: no answer, one without an id, when to try again. */
const OWN = ['unreachable', 'status', 'until'];

function ids(text: string): string[] {
  return [...text.matchAll(/[a-z]+(?:-[a-z]+)+|\b(?:busy|internal)\b/g)].map((match) => match[0]);
}

it('has words for each problem of the API that a page may meet, and for none that there is not', () => {
  const problem = api.slice(api.indexOf('\n    Problem:\n      type: object'));
  const described = ids(problem.slice(problem.indexOf('enum: [') + 'enum: ['.length, problem.indexOf(']', problem.indexOf('enum: ['))));
  expect(described.length).toBeGreaterThan(30);
  const oidc = [...new Set([...guide.matchAll(/`(oidc-[a-z]+)`/g)].map((match) => match[1] ?? ''))];
  const room = ['room-full'];
  expect(protocol).toContain('`room-full`');
  const expected = [...described.filter((id) => !NOT_MET.includes(id)), ...oidc, ...room, ...OWN];
  const known = Object.keys(en).flatMap((key) => (key.startsWith('error.') ? [key.slice('error.'.length)] : []));
  expect(known.sort()).toEqual([...new Set(expected)].sort());
});
