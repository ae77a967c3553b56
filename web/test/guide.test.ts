import { describe, expect, it } from 'vitest';
import { chapterAt, chapterTitle, type Chapter } from '../src/watch/chapters';
import { outlineOf } from '../src/watch/wave';

const CHAPTERS: Chapter[] = [
  { fromMillis: 0, title: 'Start', happenings: [{ kind: 'start', of: '' }] },
  {
    fromMillis: 61_000,
    title: 'Anna joins, Part 2',
    happenings: [
      { kind: 'joined', of: 'Anna' },
      { kind: 'part', of: '2' },
    ],
  },
  { fromMillis: 70_000, title: 'A dog barks', happenings: [{ kind: 'joined', of: 'Rex' }, { kind: 'bark', of: 'Rex' }] },
];

describe('chapters', () => {
  it('have words of the page, or the server’s where there are none', () => {
    expect(CHAPTERS.map(chapterTitle)).toEqual(['Start', 'Anna joins, Part 2', 'A dog barks']);
  });

  it('are found by time', () => {
    expect([0, 60.9, 61, 69, 1000].map((seconds) => chapterAt(CHAPTERS, seconds))).toEqual([0, 0, 1, 1, 2]);
    expect(chapterAt([], 5)).toBe(-1);
  });
});

describe('the shape of sound', () => {
  it('is that of the mix, as high as its loudest', () => {
    const wave = { channels: 2, length: 2, data: [-32, 64, -1, 1, 0, 0, -9, 9] };
    expect(outlineOf(wave)).toBe('M0,-1L1,-0.03L1,0.03L0,0.5Z');
  });

  it('of silence is a line, and of nothing nothing', () => {
    expect(outlineOf({ channels: 1, length: 1, data: [0, 0] })).toBe('M0,-0.03L0,0.03Z');
    expect(outlineOf({ channels: 1, length: 1, data: [-4, 4] })).toBe('M0,-0.25L0,0.25Z');
    expect(outlineOf({ channels: 1, length: 0, data: [] })).toBe('');
  });
});
