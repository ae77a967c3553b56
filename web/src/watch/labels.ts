import type { Recording, Rendition, RenditionFormat, RenditionKind } from '../api';
import { layoutName } from '../layouts';
import { say } from '../words';

/** Whether a file has sound and no picture. */
export function isSound(rendition: Pick<Rendition, 'kind'>): boolean {
  return rendition.kind === 'mix' || rendition.kind === 'participant-sound';
}

/** Formats by their names, which are the same in every language. */
export const FORMATS: Record<RenditionFormat, string> = {
  mp4: 'MP4',
  'mp4-ld': 'MP4, LD',
  'mp4-sd': 'MP4, SD',
  'mp4-hd': 'MP4, HD',
  'mp4-1080p': 'MP4, 1080p',
  'mp4-stereo': 'MP4, stereo',
  'webm-vp8': 'WebM, VP8',
  'webm-vp9': 'WebM, VP9',
  'webm-av1': 'WebM, AV1',
  mov: 'MOV',
  webm: 'WebM',
  mp3: 'MP3',
  wav: 'WAV',
  'wav-stereo': 'WAV, stereo',
  flac: 'FLAC',
  'tar.gz': 'TAR.GZ',
  zip: 'ZIP',
  json: 'JSON',
};

/** The most bytes that a minute of a format takes, of those that have a bound. */
const MOST_PER_MINUTE: Partial<Record<RenditionFormat, number>> = { 'mp4-ld': 1.5e6, 'mp4-sd': 2.5e6, 'mp4-hd': 16e6 };

/** The most bytes that a file of such a length can have, or null where nobody can say. */
export function forecast(format: RenditionFormat, millis: number | null): number | null {
  const most = MOST_PER_MINUTE[format];
  return most === undefined || millis === null ? null : Math.ceil((most * millis) / 60_000);
}

/** In which formats files of a kind can be had. */
export const FORMATS_OF: Record<RenditionKind, RenditionFormat[]> = {
  composite: ['mp4', 'mp4-1080p', 'mp4-hd', 'mp4-sd', 'mp4-ld', 'mp4-stereo', 'webm-vp9', 'webm-vp8', 'webm-av1'],
  participant: ['mov', 'webm'],
  mix: ['mp3', 'wav', 'wav-stereo', 'flac'],
  'participant-sound': ['mp3', 'wav', 'flac'],
  raw: ['tar.gz', 'zip'],
  quality: ['json'],
};

/** Whether a file is what one person sent, not encoded again; an MP4 where the camera sent H.264. */
export function isAsSent(rendition: { kind: RenditionKind; format?: RenditionFormat }): boolean {
  return rendition.kind === 'participant' && (rendition.format === 'webm' || rendition.format === 'mp4');
}

/** What a file is, in words. */
export function labelOf(
  recording: Pick<Recording, 'people'>,
  rendition: Pick<Rendition, 'kind' | 'person' | 'name'> & Partial<Pick<Rendition, 'format' | 'layout'>>,
): string {
  if (rendition.kind === 'composite') {
    return rendition.layout ? say('files.compositeIn', { layout: layoutName(rendition.layout.name) }) : say('files.composite');
  }
  if (rendition.kind === 'mix') return say('files.mix');
  if (rendition.kind === 'raw') return say('files.raw');
  if (rendition.kind === 'quality') return say('files.quality');
  const name = recording.people.find((person) => person.person === rendition.person)?.name;
  if (name === undefined) return rendition.name;
  if (isAsSent(rendition)) return say('files.asSent', { name });
  return isSound(rendition) ? say('files.soundOf', { name }) : name;
}
