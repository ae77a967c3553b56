import type { Recording } from '../src/api';

/** A recording of which nothing is special but what is said. */
export function recordingOf(more: Partial<Recording>): Recording {
  return {
    id: 'r',
    session: 's',
    sessionTitle: 'Weekly',
    title: 'Weekly',
    state: 'ready',
    startedAt: null,
    stoppedAt: null,
    durationMillis: null,
    sizeBytes: null,
    mode: 'video',
    thumbnail: null,
    people: [],
    renditions: [],
    companions: [],
    role: 'host',
    mayChange: true,
    revision: 1,
    keeping: { tapeDays: 30, tapeUntil: null, filesDays: null, filesUntil: null, hold: null, erased: [] },
    failure: null,
    ...more,
  };
}
