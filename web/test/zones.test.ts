import { describe, expect, it } from 'vitest';
import { addressesOf } from '../src/session/addresses';
import { instantOf, wallTime, zones } from '../src/zones';

describe('instantOf', () => {
  it.each([
    ['2026-11-22T14:05', 'UTC', '2026-11-22T14:05:00.000Z'],
    ['2026-11-22T14:05', 'Europe/Amsterdam', '2026-11-22T13:05:00.000Z'],
    ['2026-07-01T14:05', 'Europe/Amsterdam', '2026-07-01T12:05:00.000Z'],
    ['2026-11-22T00:30', 'Asia/Kolkata', '2026-11-21T19:00:00.000Z'],
    ['2026-01-01T23:59', 'America/Los_Angeles', '2026-01-02T07:59:00.000Z'],
  ])('%s in %s is %s', (wall, zone, instant) => {
    expect(instantOf(wall, zone)?.toISOString()).toBe(instant);
    expect(wallTime(new Date(instant), zone)).toBe(wall);
  });

  it('takes the first of an hour that comes twice, and the time after one that is left out', () => {
    expect(instantOf('2026-10-25T02:30', 'Europe/Amsterdam')?.toISOString()).toBe('2026-10-25T00:30:00.000Z');
    expect(instantOf('2026-03-29T02:30', 'Europe/Amsterdam')?.toISOString()).toBe('2026-03-29T01:30:00.000Z');
  });

  it.each(['', 'soon', '2026-11-22', '2026-13-40T99:99'])('is null for "%s"', (wall) => expect(instantOf(wall, 'UTC')).toBeNull());
});

it('offers every zone, the asked one among them', () => {
  expect(zones('Europe/Amsterdam').filter((zone) => zone === 'Europe/Amsterdam')).toHaveLength(1);
  expect(zones('Mars/Olympus')[0]).toBe('Mars/Olympus');
});

describe('addressesOf', () => {
  it('takes lines, commas and names, each address once', () => {
    expect(addressesOf(' anna@example.org, Ben <ben@example.org>;\nANNA@example.org\n\n')).toEqual({
      good: ['anna@example.org', 'ben@example.org'],
      bad: [],
    });
  });

  it('says what is none', () => {
    expect(addressesOf('anna\nben@\n@x\nc d@example.org').bad).toEqual(['anna', 'ben@', '@x', 'c d@example.org']);
  });
});
