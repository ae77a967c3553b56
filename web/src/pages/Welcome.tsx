import { useEffect, useState } from 'preact/hooks';
import { me } from '../account';
import { ApiError, applyLink, lookAtLink, renameOrganisation, type LinkUse, type OneTimeLink } from '../api';
import { go } from '../router';
import { PasswordField, SHORTEST_PASSWORD, TextField } from '../ui/Field';
import { Form } from '../ui/Form';
import { Shell } from '../ui/Shell';
import { Failed } from '../ui/states';
import { useWork } from '../ui/work';
import { say } from '../words';
import { Lost } from './Lost';

/** Where a link that works once leads: the first admin's, an invitation's, a new password's. */
export function Welcome() {
  const [token] = useState(() => location.hash.slice(1));
  const [link, setLink] = useState<OneTimeLink | null>(null);
  const [error, setError] = useState<unknown>(null);

  const look = () => {
    setError(null);
    lookAtLink(token).then(setLink, setError);
  };
  useEffect(look, [token]);

  if (token === '' || (error instanceof ApiError && error.status === 404)) {
    return (
      <Shell title={say('welcome.usedTitle')}>
        <Lost title={say('welcome.usedTitle')} detail={say('welcome.usedDetail')} />
      </Shell>
    );
  }
  return (
    <Shell title={link ? titleOf(link) : ''}>
      <div class="narrow" data-testid="welcome" data-purpose={link?.purpose}>
        {error !== null && <Failed what={say('welcome.failed')} error={error} onRetry={look} />}
        {error === null && link === null && <span class="skeleton skeleton-heading" aria-label={say('do.loading')} role="img" />}
        {link !== null && <Use link={link} token={token} />}
      </div>
    </Shell>
  );
}

function titleOf(link: OneTimeLink): string {
  switch (link.purpose) {
    case 'first-admin':
      return say('welcome.first');
    case 'invitation':
      return say('welcome.invited', { organisation: link.organisation ?? say('app.name') });
    case 'new-password':
      return say('welcome.password');
  }
}

function detailOf(link: OneTimeLink): string {
  switch (link.purpose) {
    case 'first-admin':
      return say('welcome.firstDetail');
    case 'invitation':
      return say(link.accountExists ? 'welcome.invitedKnown' : 'welcome.invitedDetail', { email: link.email ?? '' });
    case 'new-password':
      return say('welcome.passwordDetail', { email: link.email ?? '' });
  }
}

/** What each purpose asks for; the rest of the words are the same. */
function Use({ link, token }: { link: OneTimeLink; token: string }) {
  const first = link.purpose === 'first-admin';
  const known = link.purpose === 'invitation' && link.accountExists === true;
  const here = known && me.value?.email.toLowerCase() === link.email?.toLowerCase();
  const asksName = first || (link.purpose === 'invitation' && !known);
  const [name, setName] = useState(link.name ?? '');
  const [email, setEmail] = useState(link.email ?? '');
  const [organisation, setOrganisation] = useState('');
  const [password, setPassword] = useState('');
  const work = useWork();

  const missing = (): string | null => {
    if (asksName && name.trim() === '') return say('welcome.nameMissing');
    if (first && !email.includes('@')) return say('welcome.emailMissing');
    if (known) return !here && password === '' ? say('welcome.passwordMissing') : null;
    return [...password].length < SHORTEST_PASSWORD ? say('password.rule', { count: SHORTEST_PASSWORD }) : null;
  };

  const submit = () => {
    const lacks = missing();
    if (lacks !== null) {
      work.say(lacks);
      return;
    }
    const use: LinkUse = { token };
    if (asksName) use.name = name.trim();
    if (first) use.email = email.trim();
    if (!here) use.password = password;
    void work.run(async () => {
      const person = await applyLink(use);
      const called = first && organisation.trim() !== '';
      me.value = called ? await renameOrganisation(organisation.trim()).catch(() => person) : person;
      go('/', { replace: true });
    });
  };

  return (
    <>
      <h1>{titleOf(link)}</h1>
      <p class="lead">{detailOf(link)}</p>
      <Form
        work={work}
        what={say(first ? 'welcome.begin' : link.purpose === 'invitation' ? 'welcome.join' : 'welcome.setPassword')}
        look="primary"
        wide
        testid="welcome-button"
        troubleTestid="welcome-trouble"
        onSubmit={submit}
      >
        {asksName && (
          <TextField
            label={say('join.name')}
            value={name}
            maxLength={120}
            autocomplete="name"
            placeholder={say('join.nameExample')}
            testid="welcome-name"
            onInput={setName}
          />
        )}
        {first && (
          <TextField
            label={say('field.email')}
            type="email"
            value={email}
            maxLength={254}
            autocomplete="username"
            testid="welcome-email"
            onInput={setEmail}
          />
        )}
        {!first && link.email !== null && (
          <input class="unseen" type="email" autocomplete="username" value={link.email} readOnly tabIndex={-1} aria-hidden="true" />
        )}
        {first && (
          <TextField
            label={say('welcome.organisation')}
            value={organisation}
            maxLength={120}
            autocomplete="organization"
            hint={say('welcome.organisationHint')}
            testid="welcome-organisation"
            onInput={setOrganisation}
          />
        )}
        {!here && (
          <PasswordField
            label={say(known ? 'field.password' : 'field.newPassword')}
            value={password}
            autocomplete={known ? 'current-password' : 'new-password'}
            testid="welcome-password"
            onInput={setPassword}
          />
        )}
      </Form>
    </>
  );
}
