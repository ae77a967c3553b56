// The server's clock, by which recordings, sessions and keys are timed; this machine's may be years off.

let serverMinusLocalMillis = 0;

/** The server's time now, as far as its answers tell. */
export function serverNow(): number {
  return Date.now() + serverMinusLocalMillis;
}

/**
 * Takes the time from an answer's Date header. It has whole seconds: good enough for a running time, and half a second is
 * the mean error.
 */
export function learnClock(header: string | null): void {
  const date = Date.parse(header ?? '');
  if (Number.isNaN(date)) return;
  const difference = date + 500 - Date.now();
  serverMinusLocalMillis = Math.abs(difference) < 1_500 ? 0 : difference;
}
