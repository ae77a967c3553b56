import { useEffect, useState } from 'preact/hooks';
import { serverNow } from '../api';
import type { RoomRecording } from '../protocol';

/** How long a recording has been running, in milliseconds, told anew each quarter of a second. */
export function useRunning(recording: RoomRecording | null): number {
  const startedAt = recording?.startedAt ? Date.parse(recording.startedAt) : Number.NaN;
  const runs = recording?.state === 'recording' && !Number.isNaN(startedAt);
  const [millis, setMillis] = useState(0);
  useEffect(() => {
    if (!runs) return;
    const tell = () => setMillis(Math.max(0, serverNow() - startedAt));
    tell();
    const timer = setInterval(tell, 250);
    return () => clearInterval(timer);
  }, [runs, startedAt]);
  return runs ? millis : 0;
}
