import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { learnClock, serverNow } from '../src/servertime';
import { moment } from '../src/time';
import { speak } from '../src/words';

const NOW = '2026-11-22T12:00:00Z';

beforeEach(() => {
  speak('en');
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  learnClock(new Date().toUTCString());
});

it.each(['2016-11-22T12:00:00Z', '2036-01-01T00:00:00Z', '2026-11-21T12:00:00Z', NOW])(
  'a machine that takes it for %s says what is today by the server',
  (here) => {
    vi.setSystemTime(new Date(here));
    learnClock('Sun, 22 Nov 2026 12:00:00 GMT');
    expect(Math.abs(serverNow() - Date.parse(NOW))).toBeLessThanOrEqual(500);
    expect(moment('2026-11-22T12:00:00Z')).toMatch(/^Today /);
    expect(moment('2026-11-21T12:00:00Z')).toMatch(/^Yesterday /);
    vi.advanceTimersByTime(60_000);
    expect(Math.abs(serverNow() - Date.parse('2026-11-22T12:01:00Z'))).toBeLessThanOrEqual(500);
  },
);

it('an answer without a date, or with nonsense, teaches nothing', () => {
  vi.setSystemTime(new Date(NOW));
  learnClock('Sun, 22 Nov 2026 12:00:10 GMT');
  learnClock(null);
  learnClock('yesterday');
  expect(serverNow()).toBe(Date.parse(NOW) + 10_500);
});
