// Times that people write in a zone of their choice.

/** This machine's zone, such as Europe/Amsterdam. */
export function ownZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}

/** All there are, the given one among them whatever the browser knows. */
export function zones(besides: string): string[] {
  const known = Intl.supportedValuesOf('timeZone');
  return known.includes(besides) ? known : [besides, ...known];
}

/** What a clock in that zone shows at that instant: 2026-11-22T14:05, as fields for dates want it. */
export function wallTime(at: Date, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(at);
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('year').padStart(4, '0')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}`;
}

/**
 * The instant at which a clock in that zone shows this; null for what is no time. Of an hour that comes twice the
 * first, of one that is left out the time after it.
 */
export function instantOf(wall: string, zone: string): Date | null {
  const wanted = Date.parse(`${wall}:00Z`);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(wall) || Number.isNaN(wanted)) return null;
  const shownAt = (millis: number) => Date.parse(`${wallTime(new Date(millis), zone)}:00Z`);
  const candidates = [wanted - DAY_MILLIS, wanted + DAY_MILLIS].map((near) => wanted - (shownAt(near) - near)).sort((a, b) => a - b);
  const exact = candidates.find((candidate) => shownAt(candidate) === wanted);
  return new Date(exact ?? candidates[1] ?? wanted);
}

const DAY_MILLIS = 86_400_000;
