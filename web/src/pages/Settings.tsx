import { me } from '../account';
import type { Me } from '../api';
import { chooseScheme, scheme, SCHEMES, type Scheme } from '../scheme';
import { Keys } from '../settings/Keys';
import { EmailForm, NameForm, PasswordForm } from '../settings/forms';
import { ChoiceField } from '../ui/Field';
import { SCHEME_WORDS } from '../ui/Footer';
import { Shell } from '../ui/Shell';
import { LANGUAGES, language, nameOfLanguage, say, speak } from '../words';

/** What is one's own: name, password, language, appearance, keys. */
export function Settings() {
  const person = me.value;
  return (
    <Shell title={say('menu.settings')}>
      <div class="page-head">
        <h1>{say('menu.settings')}</h1>
      </div>
      {person && <Sections person={person} />}
    </Shell>
  );
}

function Sections({ person }: { person: Me }) {
  return (
    <div class="settings">
      <section class="setting" aria-labelledby="setting-name">
        <h2 id="setting-name">{say('settings.you')}</h2>
        <div class="setting-body">
          <NameForm person={person} />
          {person.organisation.role === 'admin' ? (
            <EmailForm person={person} />
          ) : (
            <p class="hint">{say('settings.emailFixed', { email: person.email })}</p>
          )}
        </div>
      </section>
      <section class="setting" aria-labelledby="setting-look">
        <h2 id="setting-look">{say('footer.label')}</h2>
        <div class="setting-body setting-pair">
          <ChoiceField
            label={say('footer.language')}
            value={language.value}
            choices={Object.keys(LANGUAGES).map((tag) => ({ value: tag, label: nameOfLanguage(tag), lang: tag }))}
            onChange={speak}
            testid="settings-language"
          />
          <ChoiceField
            label={say('footer.scheme')}
            value={scheme.value}
            choices={SCHEMES.map((one) => ({ value: one, label: say(SCHEME_WORDS[one]) }))}
            onChange={(chosen) => chooseScheme(chosen as Scheme)}
            testid="settings-scheme"
          />
        </div>
      </section>
      <section class="setting" aria-labelledby="setting-password">
        <h2 id="setting-password">{say('field.password')}</h2>
        <div class="setting-body">
          <PasswordForm person={person} />
        </div>
      </section>
      <section class="setting" aria-labelledby="setting-keys">
        <h2 id="setting-keys">{say('keys.title')}</h2>
        <div class="setting-body">
          <Keys />
        </div>
      </section>
    </div>
  );
}
