import { beforeEach, describe, expect, it } from 'vitest';
import { ApiError, sentence } from '../src/api';
import { bestLanguage, language, LANGUAGES, nameOfLanguage, say, sayWith, speak, type Forms } from '../src/words';

type Word = string | Forms;
const english = (LANGUAGES.en ?? {}) as Record<string, Word>;
const others = Object.entries(LANGUAGES).filter(([tag]) => tag !== 'en') as [string, Record<string, Word>][];

/** What may be the same in another language; everything else that is has been forgotten. */
const SAME: Record<string, string[]> = {
  nl: [
    'app.name', 'link.field', 'device.camera', 'device.number', 'room.rec', 'player.seconds', 'time.seconds',
    'time.minutes',
    'role.host', 'role.manager', 'menu.of', 'means.browser', 'means.server', 'health.spool', 'health.millis',
    'health.database', 'kept.tape',
  ],
};

function sentences(word: Word): string[] {
  return typeof word === 'string' ? [word] : Object.values(word);
}

function blanks(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''))].sort();
}

beforeEach(() => speak('en'));

describe.each(others)('%s', (tag, words) => {
  it('has exactly the keys of English, in its order', () => expect(Object.keys(words)).toEqual(Object.keys(english)));

  it('has the same blanks in each sentence', () => {
    for (const [key, word] of Object.entries(words)) {
      const original = english[key] ?? '';
      const expected = blanks(typeof original === 'string' ? original : original.other);
      for (const text of sentences(word)) expect({ key, blanks: blanks(text) }).toEqual({ key, blanks: expected });
    }
  });

  it('has a sentence for each form of a number', () => {
    const forms = new Intl.PluralRules(tag).resolvedOptions().pluralCategories.slice().sort();
    for (const [key, word] of Object.entries(words)) {
      if (typeof word !== 'string') expect({ key, forms: Object.keys(word).sort() }).toEqual({ key, forms });
    }
  });

  it('is translated', () => {
    const same = Object.keys(words).filter((key) => JSON.stringify(words[key]) === JSON.stringify(english[key]));
    expect(same.sort()).toEqual([...(SAME[tag] ?? [])].sort());
  });

  it('begins and ends sentences as English does', () => {
    for (const [key, word] of Object.entries(words)) {
      const [mine = '', theirs = ''] = [word, english[key] ?? ''].map((one) => sentences(one).at(-1));
      expect({ key, end: /[.…?]$/.exec(mine)?.[0] }).toEqual({ key, end: /[.…?]$/.exec(theirs)?.[0] });
      expect(mine).not.toMatch(/!|^\s|\s$|\s\s/);
    }
  });
});

describe('every language', () => {
  it('is known by its tag and has a name', () => {
    for (const tag of Object.keys(LANGUAGES)) expect(Intl.getCanonicalLocales(tag)).toEqual([tag]);
    expect(nameOfLanguage('nl')).toBe('Nederlands');
    expect(nameOfLanguage('en')).toBe('English');
  });

  it('leaves no key unused, and uses none that is not there', () => {
    const sources = Object.values(
      import.meta.glob<string>(['../src/**/*.ts', '../src/**/*.tsx', '!../src/words/*'], {
        query: '?raw',
        import: 'default',
        eager: true,
      }),
    ).join('\n');
    const built = ['error.', 'trouble.', 'scope.', 'means.', 'action.', 'reason.', 'news.', 'layout.'];
    const unused = Object.keys(english).filter(
      (key) => !built.some((start) => key.startsWith(start)) && !sources.includes(`'${key}'`),
    );
    expect(unused).toEqual([]);
  });
});

describe('bestLanguage', () => {
  it.each([
    [['nl-BE', 'en'], 'nl'],
    [['fr', 'nl'], 'nl'],
    [['de-AT'], 'en'],
    [['en-US', 'nl'], 'en'],
    [[], 'en'],
  ])('of %j is %s', (wanted, found) => expect(bestLanguage(wanted)).toBe(found));

  it('takes only what there is', () => {
    speak('xx');
    expect(language.value).toBe('en');
  });
});

describe('say', () => {
  it('fills blanks and picks the form of the number', () => {
    expect(say('list.people', { count: 1 })).toBe('1 person');
    expect(say('list.people', { count: 0 })).toBe('0 people');
    expect(say('list.people', { count: 1200 })).toBe('1,200 people');
    expect(say('home.joinOne', { title: '{count}' })).toBe('Join {count}');
    speak('nl');
    expect(say('list.people', { count: 1 })).toBe('1 persoon');
    expect(say('list.people', { count: 1200 })).toBe('1.200 personen');
  });

  it('lets elements stand in a sentence', () => {
    expect(sayWith('recording.titleKeys', { enter: 1, escape: 2 })).toEqual(['', 1, ' saves, ', 2, ' leaves']);
  });
});

describe('sentence', () => {
  it('is of the id where that says it all, else with the server\u2019s own', () => {
    speak('nl');
    expect(sentence(new ApiError(404, 'no-such-session', 'There is no session x.'))).toBe(
      'Deze sessie is er niet. Misschien is de link ingetrokken.',
    );
    const full = new ApiError(503, 'recorder-failed', 'The disk is full.');
    expect(sentence(full)).toBe('Er kan niet worden opgenomen. De server zegt: “The disk is full.”');
    speak('en');
    expect(sentence(full)).toBe('The disk is full.');
    expect(sentence(new ApiError(500, 'of-tomorrow', 'It is new.'))).toBe('It is new.');
    speak('nl');
    expect(sentence(new TypeError())).toBe('Er ging iets mis op deze pagina. Laad haar opnieuw.');
  });
});
