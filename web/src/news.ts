// What became of recordings while somebody looks at a page that asks again and again.

import { useEffect, useRef } from 'preact/hooks';
import type { Recording, RecordingState } from './api';
import { failedFiles, isBeingProduced, isLive } from './progress';
import { toast } from './ui/Toast';
import { say } from './words';

export type News = 'started' | 'stopped' | 'startFailed' | 'ready' | 'filesFailed';

/** What is known of a recording from one answer to the next. */
interface Known {
  state: RecordingState;
  produced: boolean;
  failed: number;
}

/** What is new of a recording since it was last seen; null if nothing that people are told. */
export function newsOf(before: Known, now: Recording): News | null {
  const was = before.state;
  if (now.state === 'failed' && was !== 'failed') {
    return was === 'starting' ? 'startFailed' : 'filesFailed';
  }
  if (now.state === 'recording' && was === 'starting') return 'started';
  if (now.state === 'processing' && (was === 'recording' || was === 'stopping')) return 'stopped';
  if (failedFiles(now) > before.failed) return 'filesFailed';
  const made = was !== 'ready' || before.produced;
  return now.state === 'ready' && !isBeingProduced(now) && made ? 'ready' : null;
}

export function known(recording: Recording): Known {
  return { state: recording.state, produced: isBeingProduced(recording), failed: failedFiles(recording) };
}

/** Tells what is new of these, and of recordings that began meanwhile. */
export function useRecordingNews(recordings: Recording[] | null): void {
  const seen = useRef<Map<string, Known> | null>(null);
  useEffect(() => {
    if (recordings === null) return;
    const before = seen.current;
    seen.current = new Map([...(before ?? []), ...recordings.map((one) => [one.id, known(one)] as const)]);
    if (before === null) return;
    for (const recording of recordings) {
      const last = before.get(recording.id);
      const news = last ? newsOf(last, recording) : isLive(recording) ? 'started' : null;
      if (news !== null) tell(news, recording.title);
    }
  }, [recordings]);
}

export function tell(news: News, title: string): void {
  const bad = news === 'startFailed' || news === 'filesFailed';
  toast(say(`news.${news}`, { title }), { icon: bad ? 'warning' : news === 'ready' ? 'check' : 'film', millis: 8_000 });
}
