// What is new of recordings, from one answer of the server to the next: docs/notices.md.

import type { Recording, RecordingState } from './api';
import { failedFiles, isBeingProduced, isLive } from './progress';

export type News = 'started' | 'stopped' | 'startFailed' | 'ready' | 'filesFailed';

/** What is known of a recording from one answer to the next. */
export interface Known {
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

/** Of a recording that was not seen before: only what came about while somebody has been here. */
function newsOfUnknown(now: Recording, sinceMillis: number): News | null {
  const after = (iso: string | null) => iso !== null && Date.parse(iso) > sinceMillis;
  if (isLive(now)) return now.state !== 'starting' && after(now.startedAt) ? 'started' : null;
  if (!after(now.stoppedAt)) return null;
  return newsOf({ state: 'processing', produced: true, failed: 0 }, now);
}

export function known(recording: Recording): Known {
  return { state: recording.state, produced: isBeingProduced(recording), failed: failedFiles(recording) };
}

/** Listens to whatever the page is answered of recordings, in whichever order, and tells each thing once. */
export class Ear {
  private readonly seen = new Map<string, Known>();

  constructor(
    /** When somebody came, by the server's clock. */
    private readonly sinceMillis: number,
    private readonly tell: (news: News, recording: Recording) => void,
  ) {}

  hear(recordings: readonly Recording[]): void {
    for (const recording of recordings) {
      const before = this.seen.get(recording.id);
      this.seen.set(recording.id, known(recording));
      const news = before ? newsOf(before, recording) : newsOfUnknown(recording, this.sinceMillis);
      if (news !== null) this.tell(news, recording);
    }
  }
}
