import { beforeEach, describe, expect, it } from 'vitest';
import { clock, duration, moment, percent, remaining, size } from '../src/time';
import { speak } from '../src/words';

beforeEach(() => speak('en'));

describe('clock', () => {
  it.each([
    [-5, '0:00'],
    [7_900, '0:07'],
    [751_000, '12:31'],
    [3_849_000, '1:04:09'],
  ])('%d ms is %s', (millis, text) => expect(clock(millis)).toBe(text));
});

describe('duration', () => {
  it.each([
    [400, '0 s'],
    [42_400, '42 s'],
    [59_700, '1 min'],
    [720_000, '12 min'],
    [3_840_000, '1 h 04 min'],
    [3_599_000, '1 h 00 min'],
  ])('%d ms is %s', (millis, text) => expect(duration(millis)).toBe(text));
});

describe('remaining', () => {
  it.each([
    [900, 'a few seconds left'],
    [11_200, '15 s left'],
    [61_000, '2 min left'],
  ])('%d ms is %s', (millis, text) => expect(remaining(millis)).toBe(text));
});

describe('size', () => {
  it.each([
    [12, '12 bytes'],
    [640_200, '640 kB'],
    [999_600, '1.0 MB'],
    [12_400_000, '12.4 MB'],
    [124_000_000, '124 MB'],
    [1_230_000_000, '1.2 GB'],
  ])('%d bytes is %s', (bytes, text) => expect(size(bytes)).toBe(text));
});

describe('moment', () => {
  const now = new Date(2026, 10, 22, 9, 0);
  it.each([
    [new Date(2026, 10, 22, 0, 5), 'Today 00:05'],
    [new Date(2026, 10, 21, 23, 59), 'Yesterday 23:59'],
    [new Date(2026, 10, 3, 14, 5), 'Tue 3 Nov 14:05'],
    [new Date(2025, 10, 3, 14, 5), '3 Nov 2025'],
  ])('%s is %s', (at, text) => expect(moment(at.toISOString(), now)).toBe(text));
});

it('says it in Dutch', () => {
  speak('nl');
  const now = new Date(2026, 10, 22, 9, 0);
  expect(moment(new Date(2026, 10, 22, 0, 5).toISOString(), now)).toBe('Vandaag 00:05');
  expect(moment(new Date(2026, 10, 23, 10, 0).toISOString(), now)).toBe('Morgen 10:00');
  expect(moment(new Date(2026, 10, 3, 14, 5).toISOString(), now)).toBe('di 3 nov 14:05');
  expect(duration(3_840_000)).toBe('1 u 04 min');
  expect(remaining(61_000)).toBe('nog 2 min');
  expect(size(12_400_000)).toBe('12,4 MB');
  expect(percent(0.459)).toBe('45%');
});
