import type { Recording } from './api';
import { clock } from './time';
import { say } from './words';

/** Still growing: somebody records. */
export function isLive(recording: Recording): boolean {
  return recording.state === 'starting' || recording.state === 'recording' || recording.state === 'stopping';
}

/** The server will say something new about it soon. */
export function isMoving(recording: Recording): boolean {
  return recording.state !== 'ready' && recording.state !== 'failed' ? true : recording.renditions.some(isBeingMade);
}

function isBeingMade(rendition: { state: string }): boolean {
  return rendition.state === 'queued' || rendition.state === 'rendering';
}

/** Whether files of it are being made, for the first time or again. */
export function isBeingProduced(recording: Recording): boolean {
  return recording.state === 'processing' || recording.renditions.some(isBeingMade);
}

/** How many of its files could not be made. */
export function failedFiles(recording: Recording): number {
  return recording.renditions.filter((rendition) => rendition.state === 'failed').length;
}

/** Whether its plan has erased its files. */
export function filesErased(recording: Recording): boolean {
  return recording.keeping.erased.some((one) => one.kind === 'files');
}

/** Whether its plan has erased its tape, so that nothing can be made of it any more. */
export function tapeErased(recording: Recording): boolean {
  return recording.keeping.erased.some((one) => one.kind === 'tape');
}

/** How long it is, or has been running; null when nobody can say. */
export function lengthMillis(recording: Recording, now: number): number | null {
  if (recording.state === 'failed') return recording.durationMillis || null;
  if (!isLive(recording) && recording.durationMillis) return recording.durationMillis;
  if (recording.startedAt === null) return null;
  const end = recording.stoppedAt ? Date.parse(recording.stoppedAt) : isLive(recording) ? now : Number.NaN;
  const length = end - Date.parse(recording.startedAt);
  return Number.isNaN(length) ? null : Math.max(0, length);
}

/** How far all its files are together, from 0 to 1. */
export function wholeProgress(recording: Recording): number {
  const renditions = recording.renditions;
  if (renditions.length === 0) return 0;
  const sum = renditions.reduce(
    (total, rendition) => total + (rendition.state === 'ready' ? 1 : Math.min(1, rendition.progress ?? 0)),
    0,
  );
  return sum / renditions.length;
}

/** The longest of what its files still need; null when none says. */
export function remainingMillis(recording: Recording): number | null {
  const known = recording.renditions
    .filter((rendition) => rendition.state === 'rendering' && rendition.remainingMillis !== null)
    .map((rendition) => rendition.remainingMillis ?? 0);
  return known.length === 0 ? null : Math.max(...known);
}

/** One line on where a live recording is. */
export function headline(recording: Recording, now: number): string {
  switch (recording.state) {
    case 'starting':
      return say('state.starting');
    case 'recording':
      return say('state.recording', { time: clock(lengthMillis(recording, now) ?? 0) });
    case 'stopping':
      return say('state.stopping');
    case 'processing':
      return say('state.processing');
    case 'ready':
      return say('state.ready');
    case 'failed':
      return say('state.failed');
  }
}
