// What people read, in their language: `say('record.start')`. The words themselves are in words/, a file a language.

import { computed, effect, signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { recall, remember } from './memory';
import en from './words/en';

/** One sentence for each form that a number takes in a language; which, says Intl.PluralRules. */
export type Forms = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;
export type Key = keyof typeof en;
/** What a language has to have: each key, no other one. */
export type Words = { [K in Key]: (typeof en)[K] extends string ? string : Forms };

type Names<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type NamesOf<K extends Key> = (typeof en)[K] extends { other: infer Other } ? Names<Other> | 'count' : Names<(typeof en)[K]>;
/** A key whose sentence has no blanks. */
export type Plain = { [K in Key]: [NamesOf<K>] extends [never] ? K : never }[Key];
type Values<K extends Key, V> = [NamesOf<K>] extends [never] ? [] : [Record<NamesOf<K>, V>];

const FALLBACK = 'en';

/** Every language there is, by its tag. */
export const LANGUAGES: Readonly<Record<string, Words>> = Object.fromEntries(
  Object.entries(import.meta.glob<Words>('./words/*.ts', { eager: true, import: 'default' })).map(([file, words]) => [
    file.slice(file.lastIndexOf('/') + 1, -'.ts'.length),
    words,
  ]),
);

/** What the browser asks for, most wanted first. */
function wishes(): readonly string[] {
  return typeof navigator === 'undefined' ? [] : (navigator.languages ?? []);
}

/** The first that is wanted and there is; English for everybody else. */
export function bestLanguage(wanted: readonly string[], known: readonly string[] = Object.keys(LANGUAGES)): string {
  for (const tag of wanted) {
    const found = known.find((one) => one === tag) ?? known.find((one) => one === primary(tag));
    if (found) return found;
  }
  return FALLBACK;
}

/** The language of the pages. */
export const language = signal(bestLanguage([recall('language') ?? '', ...wishes()]));

/** How dates and numbers are written: as the person's own region does, where the browser tells it. */
const locale = computed(() => {
  const own = wishes().find((tag) => primary(tag) === language.value);
  return own ?? (language.value === FALLBACK ? 'en-GB' : language.value);
});

export function currentLocale(): string {
  return locale.value;
}

export function speak(tag: string): void {
  language.value = bestLanguage([tag]);
  remember('language', language.value);
}

/** A language's name in that language: English, Nederlands. */
export function nameOfLanguage(tag: string): string {
  const name = new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
  return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
}

if (typeof document !== 'undefined') effect(() => void (document.documentElement.lang = language.value));

/** A sentence with its blanks filled. */
export function say<K extends Key>(key: K, ...[values]: Values<K, string | number>): string {
  return sayPart(key, values ?? {})
    .map((part) => (typeof part === 'number' ? writeNumber(part) : String(part)))
    .join('');
}

/** A sentence in which elements stand, such as keys to press. */
export function sayWith<K extends Key>(key: K, ...[values]: Values<K, ComponentChildren>): ComponentChildren[] {
  return sayPart(key, values ?? {});
}

/** The sentence of a key that is put together at run time; null when there is none. */
export function sayIfKnown(key: string, values: Record<string, string> = {}): string | null {
  const word = (wordsNow() as Record<string, string | Forms | undefined>)[key];
  return typeof word === 'string' ? fill(word, values).join('') : null;
}

export function writeNumber(number: number): string {
  return new Intl.NumberFormat(currentLocale()).format(number);
}

function sayPart<V>(key: Key, values: Record<string, V>): (V | string)[] {
  const word: string | Forms = wordsNow()[key];
  return fill(typeof word === 'string' ? word : formOf(word, Number(values.count)), values);
}

function formOf(forms: Forms, count: number): string {
  return forms[new Intl.PluralRules(language.value).select(count)] ?? forms.other;
}

function fill<V>(text: string, values: Record<string, V>): (V | string)[] {
  return text.split(/\{(\w+)\}/).map((part, index) => (index % 2 === 1 ? (values[part] ?? '') : part));
}

function wordsNow(): Words {
  return LANGUAGES[language.value] ?? (en as Words);
}

function primary(tag: string): string {
  return tag.split('-')[0]?.toLowerCase() ?? '';
}
