import { say } from './words';

export const HUES = 8;

/** The first letters of the first and the last word, or of the only one. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter((word) => word !== '');
  const first = letter(words[0]);
  const last = words.length > 1 ? letter(words[words.length - 1]) : '';
  return (first + last).toUpperCase() || '?';
}

function letter(word: string | undefined): string {
  const [found] = word?.match(/[\p{L}\p{N}]/u) ?? [];
  return found ?? '';
}

/** The hue of each: the one of the name, or the next that nobody before has, so that neighbours differ. */
export function huesOf(names: string[]): number[] {
  const taken = new Set<number>();
  return names.map((name) => {
    if (taken.size === HUES) taken.clear();
    let hue = hueOf(name);
    while (taken.has(hue)) hue = (hue + 1) % HUES;
    taken.add(hue);
    return hue;
  });
}

/** One of the palette's hues, always the same for the same name. */
export function hueOf(name: string): number {
  let hash = 7;
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return hash % HUES;
}

/** Anna, Ben and Chris; Anna, Ben and 3 more. */
export function listOf(names: string[], most = 3): string {
  if (names.length <= most) return allOf(names);
  const shown = names.slice(0, most - 1).join(', ');
  return say('list.more', { names: shown, count: names.length - most + 1 });
}

function allOf(names: string[]): string {
  const last = names[names.length - 1] ?? '';
  if (names.length <= 1) return last;
  return say('list.two', { first: names.slice(0, -1).join(', '), second: last });
}
