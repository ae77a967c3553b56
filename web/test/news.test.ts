import { describe, expect, it } from 'vitest';
import type { Recording, Rendition } from '../src/api';
import { known, newsOf } from '../src/news';
import { recordingOf } from './facts';

function made(state: Rendition['state']): Rendition {
  return { id: state, kind: 'composite', state } as Rendition;
}

const news = (before: Partial<Recording>, now: Partial<Recording>) => newsOf(known(recordingOf(before)), recordingOf(now));

describe('newsOf a recording', () => {
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
