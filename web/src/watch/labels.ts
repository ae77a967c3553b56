import type { Recording, Rendition } from '../api';
import { say } from '../words';

/** Whether a file has sound and no picture. */
export function isSound(rendition: Pick<Rendition, 'kind'>): boolean {
  return rendition.kind === 'mix' || rendition.kind === 'participant-sound';
}

/** What a file is, in words. */
export function labelOf(
  recording: Pick<Recording, 'people'>,
  rendition: Pick<Rendition, 'kind' | 'person' | 'name'>,
): string {
  if (rendition.kind === 'composite') return say('files.composite');
  if (rendition.kind === 'mix') return say('files.mix');
  if (rendition.kind === 'raw') return say('files.raw');
  const name = recording.people.find((person) => person.person === rendition.person)?.name;
  if (name === undefined) return rendition.name;
  return isSound(rendition) ? say('files.soundOf', { name }) : name;
}
