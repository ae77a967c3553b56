import { me } from '../account';
import { chooseScheme, scheme, SCHEMES, type Scheme } from '../scheme';
import { LANGUAGES, language, nameOfLanguage, say, speak, type Plain } from '../words';
import { SmallChoice } from './Field';

export const SCHEME_WORDS: Record<Scheme, Plain> = { system: 'scheme.system', light: 'scheme.light', dark: 'scheme.dark' };

export function LanguageChoice() {
  return (
    <SmallChoice
      label={say('footer.language')}
      value={language.value}
      choices={Object.keys(LANGUAGES).map((tag) => ({ value: tag, label: nameOfLanguage(tag), lang: tag }))}
      onChange={speak}
      testid="language-select"
    />
  );
}

export function SchemeChoice() {
  return (
    <SmallChoice
      label={say('footer.scheme')}
      value={scheme.value}
      choices={SCHEMES.map((one) => ({ value: one, label: say(SCHEME_WORDS[one]) }))}
      onChange={chooseScheme}
      testid="scheme-select"
    />
  );
}

/** At the foot of a guest's pages: their language, and whether they are light or dark. Members have it in their menu. */
export function Footer() {
  if (me.value) return null;
  return (
    <footer class="foot" aria-label={say('footer.label')}>
      <LanguageChoice />
      <SchemeChoice />
    </footer>
  );
}
