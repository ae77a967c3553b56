import { describe, expect, it } from 'vitest';
import { hueOf, HUES, huesOf, initialsOf, listOf } from '../src/names';
import { routeOf } from '../src/routes';
import { actionOf } from '../src/watch/keys';

describe('initialsOf', () => {
  it.each([
    ['Anna Berg', 'AB'],
    ['anna', 'A'],
    ['  Zoë van der Åkesson ', 'ZÅ'],
    ['李 伟', '李伟'],
    ['(Ben)', 'B'],
    ['…', '?'],
    ['', '?'],
  ])('%s: %s', (name, initials) => expect(initialsOf(name)).toBe(initials));
});

describe('hueOf', () => {
  it('is the same for the same name and within the palette', () => {
    for (const name of ['Anna', 'Ben', '', '李伟', 'x'.repeat(80)]) {
      expect(hueOf(name)).toBe(hueOf(name));
      expect(hueOf(name)).toBeGreaterThanOrEqual(0);
      expect(hueOf(name)).toBeLessThan(HUES);
    }
  });
});

describe('huesOf', () => {
  it('differ as long as there are enough', () => {
    const names = ['Anna', 'Anna', 'Ben', 'Chris', 'Dora', 'Emil', 'Li', 'Zoë'];
    expect(new Set(huesOf(names)).size).toBe(HUES);
    expect(huesOf([...names, 'One more']).length).toBe(HUES + 1);
    expect(huesOf(['Anna'])).toEqual([hueOf('Anna')]);
  });
});

describe('listOf', () => {
  it.each([
    [[], ''],
    [['Anna'], 'Anna'],
    [['Anna', 'Ben'], 'Anna and Ben'],
    [['Anna', 'Ben', 'Chris'], 'Anna, Ben and Chris'],
    [['Anna', 'Ben', 'Chris', 'Dora'], 'Anna, Ben and 2 more'],
  ])('%j: %s', (names, text) => expect(listOf(names)).toBe(text));
});

describe('routeOf', () => {
  it.each([
    ['/', { page: 'home' }],
    ['/sign-in', { page: 'sign-in' }],
    ['/welcome', { page: 'welcome' }],
    ['/s/abc', { page: 'join', invitation: 'abc' }],
    ['/s/abc/', { page: 'join', invitation: 'abc' }],
    ['/s/abc/room', { page: 'room', invitation: 'abc' }],
    ['/sessions/new', { page: 'new-session' }],
    ['/sessions/0199', { page: 'session', session: '0199' }],
    ['/recordings', { page: 'recordings' }],
    ['/recordings/0199', { page: 'recording', recording: '0199' }],
    ['/institution', { page: 'institution', part: 'members' }],
    ['/institution/storage', { page: 'institution', part: 'storage' }],
    ['/institution/audit', { page: 'institution', part: 'audit' }],
    ['/health/', { page: 'health' }],
    ['/s', { page: 'nowhere' }],
    ['/constructor', { page: 'nowhere' }],
    ['/s/abc/room/more', { page: 'nowhere' }],
    ['/s/%E0%A4%A', { page: 'join', invitation: '%E0%A4%A' }],
  ])('%s', (path, route) => expect(routeOf(path)).toEqual(route));
});

describe('actionOf', () => {
  const press = (key: string, tagName = 'BODY', more = {}) =>
    actionOf({ key, ctrlKey: false, metaKey: false, altKey: false, target: { tagName } as unknown as EventTarget, ...more });

  it.each([
    [' ', { do: 'toggle' }],
    ['K', { do: 'toggle' }],
    ['j', { do: 'seek', seconds: -10 }],
    ['ArrowRight', { do: 'seek', seconds: 5 }],
    ['m', { do: 'mute' }],
    ['F', { do: 'fullscreen' }],
    ['x', null],
  ])('%s', (key, action) => expect(press(key)).toEqual(action));

  it('leaves fields, buttons and the browser their keys', () => {
    expect(press('j', 'INPUT')).toBeNull();
    expect(press(' ', 'BUTTON')).toBeNull();
    expect(press('f', 'BODY', { ctrlKey: true })).toBeNull();
    expect(press('ArrowDown')).toBeNull();
    expect(press('ArrowDown', 'VIDEO')).toEqual({ do: 'volume', by: -0.1 });
  });
});
