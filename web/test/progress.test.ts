import { describe, expect, it } from 'vitest';
import type { Recording, Rendition } from '../src/api';
import { failedFiles, headline, isBeingProduced, isMoving, lengthMillis, remainingMillis, wholeProgress } from '../src/progress';
import { recordingOf } from './facts';

const START = Date.parse('2026-11-22T10:00:00Z');

function recording(more: Partial<Recording>): Recording {
  return recordingOf({ startedAt: '2026-11-22T10:00:00Z', ...more });
}

function rendition(more: Partial<Rendition>): Rendition {
  return {
    id: 'c',
    kind: 'composite',
    format: 'mp4',
    person: null,
    layout: null,
    name: 'composite.mp4',
    state: 'rendering',
    progress: null,
    remainingMillis: null,
    sizeBytes: null,
    durationMillis: null,
    sha256: null,
    contentType: null,
    failure: null,
    remarks: [],
    madeWith: null,
    ...more,
  };
}

describe('lengthMillis', () => {
  it('runs while it records', () => {
    expect(lengthMillis(recording({ state: 'recording' }), START + 5_000)).toBe(5_000);
    expect(headline(recording({ state: 'recording' }), START + 65_000)).toBe('Recording 1:05');
  });

  it('is what was measured, or from start to stop, once it is over', () => {
    expect(lengthMillis(recording({ durationMillis: 61_000 }), START)).toBe(61_000);
    expect(lengthMillis(recording({ stoppedAt: '2026-11-22T10:01:00Z' }), START)).toBe(60_000);
  });

  it('is not made up', () => {
    expect(lengthMillis(recording({}), START)).toBeNull();
    expect(lengthMillis(recording({ startedAt: null }), START)).toBeNull();
  });

  it('is never below zero, whatever the clocks say', () => {
    expect(lengthMillis(recording({ state: 'recording' }), START - 60_000)).toBe(0);
  });
});

describe('progress of all files', () => {
  const made = recording({
    state: 'processing',
    renditions: [
      rendition({ progress: 0.5, remainingMillis: 9_000 }),
      rendition({ state: 'ready', progress: 1 }),
      rendition({ state: 'queued' }),
      rendition({ progress: 0.1, remainingMillis: 20_000 }),
    ],
  });

  it('is their mean, and lasts as long as the slowest', () => {
    expect(wholeProgress(made)).toBeCloseTo(0.4);
    expect(remainingMillis(made)).toBe(20_000);
    expect(wholeProgress(recording({}))).toBe(0);
    expect(remainingMillis(recording({}))).toBeNull();
  });

  it('is shown for files that are made again, too', () => {
    const again = recording({ renditions: [rendition({ state: 'failed' }), rendition({ state: 'queued' })] });
    expect(isBeingProduced(again)).toBe(true);
    expect(failedFiles(again)).toBe(1);
    expect(isBeingProduced(recording({ renditions: [rendition({ state: 'failed' })] }))).toBe(false);
  });

  it('is asked for while something is made', () => {
    expect(isMoving(made)).toBe(true);
    expect(isMoving(recording({}))).toBe(false);
    expect(isMoving(recording({ renditions: [rendition({ state: 'queued' })] }))).toBe(true);
    expect(isMoving(recording({ state: 'failed', renditions: [rendition({ state: 'failed' })] }))).toBe(false);
  });
});
