import { describe, expect, it } from 'vitest';
import type { Recording, Rendition } from '../src/api';
import { Ear, known, newsOf } from '../src/news';
import { recordingOf } from './facts';

function made(state: Rendition['state']): Rendition {
  return { id: state, kind: 'composite', state } as Rendition;
}

const news = (before: Partial<Recording>, now: Partial<Recording>) => newsOf(known(recordingOf(before)), recordingOf(now));

describe('NOT_1_newsOf a recording', () => {
  it.each<[string, Partial<Recording>, Partial<Recording>, ReturnType<typeof newsOf>]>([
    ['started', { state: 'starting' }, { state: 'recording' }, 'started'],
    ['failed to start', { state: 'starting' }, { state: 'failed' }, 'startFailed'],
    ['stopped', { state: 'recording' }, { state: 'processing' }, 'stopped'],
    ['stopping', { state: 'recording' }, { state: 'stopping' }, null],
    ['ready', { state: 'processing' }, { state: 'ready', renditions: [made('ready')] }, 'ready'],
    ['ready, its last file not yet', { state: 'processing' }, { state: 'ready', renditions: [made('rendering')] }, null],
    ['made again', { renditions: [made('rendering')] }, { renditions: [made('ready')] }, 'ready'],
    ['without one file', { state: 'processing' }, { state: 'processing', renditions: [made('failed')] }, 'filesFailed'],
    ['without any file', { state: 'processing' }, { state: 'failed', renditions: [made('failed')] }, 'filesFailed'],
    ['as it was', { state: 'ready' }, { state: 'ready' }, null],
    ['renamed', { title: 'a' }, { title: 'b' }, null],
  ])('%s', (_, before, now, expected) => expect(news(before, now)).toBe(expected));
});

describe('NOT_1_an ear', () => {
  const CAME = Date.parse('2027-01-31T10:00:00Z');
  const BEFORE = '2027-01-31T09:59:00Z';
  const AFTER = '2027-01-31T10:01:00Z';

  function told(...answers: Partial<Recording>[][]): string[] {
    const heard: string[] = [];
    const ear = new Ear(CAME, (what, recording) => heard.push(`${recording.id} ${what}`));
    for (const answer of answers) ear.hear(answer.map(recordingOf));
    return heard;
  }

  it('tells each thing once, whichever page heard of it', () => {
    const live: Partial<Recording> = { id: 'a', state: 'recording', startedAt: AFTER };
    const done: Partial<Recording> = { id: 'a', state: 'ready', startedAt: AFTER, stoppedAt: AFTER, renditions: [made('ready')] };
    expect(told([live], [live], [{ ...done, state: 'processing', renditions: [] }], [done], [done])).toEqual([
      'a started',
      'a stopped',
      'a ready',
    ]);
  });

  it('tells of what was begun and made between two answers', () => {
    const ready: Partial<Recording> = { state: 'ready', stoppedAt: AFTER, renditions: [made('ready')] };
    expect(told([], [{ ...ready, id: 'a' }, { ...ready, id: 'b', renditions: [made('failed')] }])).toEqual([
      'a ready',
      'b filesFailed',
    ]);
  });

  it('is silent on what was so before somebody came', () => {
    expect(
      told([
        { id: 'a', state: 'recording', startedAt: BEFORE },
        { id: 'b', state: 'ready', startedAt: BEFORE, stoppedAt: BEFORE },
        { id: 'c', state: 'failed', startedAt: BEFORE, stoppedAt: BEFORE },
        { id: 'd', state: 'starting' },
      ]),
    ).toEqual([]);
  });

  it('tells how something ends that had begun before', () => {
    const before: Partial<Recording> = { id: 'a', startedAt: BEFORE };
    expect(told([{ ...before, state: 'recording' }], [{ ...before, state: 'processing' }], [{ ...before, state: 'failed' }])).toEqual([
      'a stopped',
      'a filesFailed',
    ]);
  });
});
