import { describe, expect, it } from 'vitest';
import { InStep, type Side } from '../src/watch/step';
import { sidesOf } from '../src/watch/Views';
import { recordingOf } from './facts';
import type { Rendition } from '../src/api';

/** A media element whose time goes as fast as the test lets it. */
class FakeSide implements Side {
  currentTime = 0;
  playbackRate = 1;
  duration = 100;
  paused = true;
  seeking = false;
  readyState = 4;
  refuses = false;
  /** What its clock adds to each second. */
  skew = 0;

  get ended(): boolean {
    return this.currentTime >= this.duration;
  }

  play(): Promise<void> {
    if (this.refuses) return Promise.reject(new Error('not allowed'));
    this.paused = false;
    return Promise.resolve();
  }

  pause(): void {
    this.paused = true;
  }

  pass(seconds: number): void {
    if (!this.paused) this.currentTime = Math.min(this.duration, this.currentTime + seconds * this.playbackRate * (1 + this.skew));
    if (this.ended) this.paused = true;
  }
}

function two(): [FakeSide, FakeSide, InStep] {
  const anna = new FakeSide();
  const ben = new FakeSide();
  return [anna, ben, new InStep([anna, ben])];
}

function pass(sides: FakeSide[], together: InStep, seconds: number): void {
  for (let at = 0; at < seconds; at += 0.1) {
    for (const side of sides) side.pass(0.1);
    together.keep();
  }
}

describe('REN-10 both sides of a call', () => {
  it('play the same time, however far one begins behind and whatever its clock', () => {
    const [anna, ben, together] = two();
    together.play();
    anna.currentTime = 0.2;
    ben.skew = 0.001;
    pass([anna, ben], together, 10);
    expect(Math.abs(anna.currentTime - ben.currentTime)).toBeLessThan(0.03);
    expect(ben.currentTime).toBeGreaterThan(9);
  });

  it('leap where running would take too long', () => {
    const [anna, ben, together] = two();
    together.play();
    anna.currentTime = 40;
    together.keep();
    expect(ben.currentTime).toBe(40);
  });

  it('wait for the one that has nothing to play yet', () => {
    const [anna, ben, together] = two();
    together.play();
    pass([anna, ben], together, 1);
    ben.readyState = 2;
    pass([anna, ben], together, 5);
    expect(anna.currentTime).toBeLessThan(1.3);
    expect(together.playing).toBe(true);
    ben.readyState = 4;
    pass([anna, ben], together, 2);
    expect(anna.currentTime).toBeGreaterThan(2.5);
    expect(Math.abs(anna.currentTime - ben.currentTime)).toBeLessThan(0.03);
  });

  it('pause, seek and change their speed together', () => {
    const [anna, ben, together] = two();
    together.play();
    pass([anna, ben], together, 1);
    together.setRate(2);
    pass([anna, ben], together, 1);
    expect(anna.currentTime).toBeGreaterThan(2.7);
    together.pause();
    expect([anna.paused, ben.paused, anna.currentTime === ben.currentTime]).toEqual([true, true, true]);
    together.seek(50);
    expect([anna.currentTime, ben.currentTime]).toEqual([50, 50]);
    together.seek(500);
    expect(together.seconds).toBe(100);
    together.seek(-1);
    expect(together.seconds).toBe(0);
  });

  it('are paused both when something else pauses one', () => {
    const [anna, ben, together] = two();
    together.play();
    pass([anna, ben], together, 1);
    anna.pause();
    together.keep();
    expect([ben.paused, together.playing]).toEqual([true, false]);
  });

  it('end, and begin anew', () => {
    const [anna, ben, together] = two();
    ben.duration = 99.98;
    together.seek(99);
    together.play();
    pass([anna, ben], together, 2);
    expect(together.playing).toBe(false);
    together.play();
    expect(together.playing).toBe(true);
    expect(together.seconds).toBeLessThan(1);
  });

  it('say so where the browser does not let them play', async () => {
    const [anna, ben, together] = two();
    ben.refuses = true;
    together.play();
    await Promise.resolve();
    await Promise.resolve();
    expect([together.playing, anna.paused]).toEqual([false, true]);
  });
});

describe('sidesOf', () => {
  const people = [
    { person: 'a', name: 'Anna' },
    { person: 'b', name: 'Ben' },
  ];
  const file = (person: string, format: string, state: string) => ({ kind: 'participant', person, format, state }) as Rendition;

  it('has two sides of a call of two, whatever their format', () => {
    const renditions = [file('a', 'mov', 'ready'), file('a', 'webm', 'ready'), file('b', 'mp4', 'queued')];
    expect(sidesOf(recordingOf({ people, renditions }))?.map((side) => side.file?.format)).toEqual(['webm', 'mp4']);
    expect(sidesOf(recordingOf({ people }))?.map((side) => side.file)).toEqual([undefined, undefined]);
  });

  it('has one of each, as many as a browser plays', () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => ({ person: `${index}`, name: `${index}` }));
    expect(sidesOf(recordingOf({ people: many(3) }))).toHaveLength(3);
    expect(sidesOf(recordingOf({ people: many(17) }))).toBeNull();
  });

  it('has none of others, of sound alone, while it runs, and once nothing is left to make them of', () => {
    expect(sidesOf(recordingOf({ people: people.slice(1) }))).toBeNull();
    expect(sidesOf(recordingOf({ people, mode: 'audio-no-video' }))).toBeNull();
    expect(sidesOf(recordingOf({ people, state: 'recording' }))).toBeNull();
    const keeping = recordingOf({}).keeping;
    const erased = [{ kind: 'tape' as const, at: '', days: 30, sizeBytes: 1, keyDestroyed: true }];
    const gone = recordingOf({ people, keeping: { ...keeping, erased } });
    expect(sidesOf(gone)).toBeNull();
    const renditions = [file('a', 'webm', 'ready'), file('b', 'webm', 'ready')];
    expect(sidesOf({ ...gone, renditions })).toHaveLength(2);
    expect(sidesOf({ ...gone, people: [...people, { person: 'c', name: 'Clara' }], renditions })).toHaveLength(2);
  });
});
