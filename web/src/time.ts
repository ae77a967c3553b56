// Times, durations and sizes as people read them, in their language.

import { serverNow } from './servertime';
import { currentLocale, say } from './words';

const DAY_MILLIS = 86_400_000;

/** A running time: 0:07, 12:31, 1:04:09. */
export function clock(millis: number): string {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  const s = String(seconds % 60).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${s}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${s}`;
}

/** A length: 42 s, 12 min, 1 h 04 min. */
export function duration(millis: number): string {
  const seconds = Math.max(0, Math.round(millis / 1000));
  if (seconds < 60) return say('time.seconds', { count: seconds });
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return say('time.minutes', { count: minutes });
  return say('time.hours', { hours: Math.floor(minutes / 60), minutes: String(minutes % 60).padStart(2, '0') });
}

/** What remains of a work, rounded to what can be promised. */
export function remaining(millis: number): string {
  const seconds = Math.ceil(millis / 1000);
  if (seconds <= 5) return say('time.soon');
  const rounded = seconds < 60 ? Math.ceil(seconds / 5) * 5_000 : Math.ceil(seconds / 60) * 60_000;
  return say('time.left', { duration: duration(rounded) });
}

/** How far a work is: 45 %. */
export function percent(share: number): string {
  const format = new Intl.NumberFormat(currentLocale(), { style: 'percent', maximumFractionDigits: 0 });
  return format.format(Math.floor(Math.min(1, Math.max(0, share)) * 100) / 100);
}

/** 640 kB, 12.4 MB, 1.2 GB, in powers of ten. */
export function size(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit >= 2 && value < 99.95 ? 1 : 0;
  return new Intl.NumberFormat(currentLocale(), {
    style: 'unit',
    unit: units[unit] ?? 'byte',
    unitDisplay: unit === 0 ? 'long' : 'short',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}

/** Today 14:05, yesterday 09:30, Tue 3 Nov 14:05, 3 Nov 2025. */
export function moment(iso: string, now: Date = new Date(serverNow())): string {
  const at = new Date(iso);
  const time = write(at, { hour: '2-digit', minute: '2-digit' });
  const days = Math.round((midnight(now) - midnight(at)) / DAY_MILLIS);
  if (days === 0) return say('time.today', { time });
  if (days === 1) return say('time.yesterday', { time });
  if (days === -1) return say('time.tomorrow', { time });
  if (at.getFullYear() !== now.getFullYear()) return write(at, { day: 'numeric', month: 'short', year: 'numeric' });
  return `${write(at, { weekday: 'short', day: 'numeric', month: 'short' }).replace(',', '')} ${time}`;
}

/** A day: 3 Nov 2025. */
export function day(iso: string): string {
  return write(new Date(iso), { day: 'numeric', month: 'short', year: 'numeric' });
}

/** A time of day: 14:05. */
export function timeOfDay(millis: number): string {
  return write(new Date(millis), { hour: '2-digit', minute: '2-digit' });
}

/** A moment in full with its zone: 22 November 2026 at 14:05 CET. */
export function momentWithZone(iso: string): string {
  return write(new Date(iso), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  });
}

/** A moment to the second, as lists of what happened have it. */
export function momentWithSeconds(iso: string): string {
  return write(new Date(iso), {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
}

function write(at: Date, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(currentLocale(), options).format(at);
}

function midnight(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}
