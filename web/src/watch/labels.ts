import type { Recording, Rendition } from '../api';

/** Whether a file has sound and no picture. */
export function isSound(rendition: Pick<Rendition, 'kind'>): boolean {
  return rendition.kind === 'mix' || rendition.kind === 'participant-sound';
}

/** What a file is, in words. */
export function labelOf(
  recording: Pick<Recording, 'people'>,
  rendition: Pick<Rendition, 'kind' | 'person' | 'name'>,
): string {
  if (rendition.kind === 'composite') return 'Everybody together';
  if (rendition.kind === 'mix') return 'Sound of everybody';
  const name = recording.people.find((person) => person.person === rendition.person)?.name;
  if (name === undefined) return rendition.name;
  return isSound(rendition) ? `Sound of ${name}` : name;
}
