import type { ComponentChildren } from 'preact';
import { looksAfterInstitution, me } from '../account';
import { Link, route, signInPath } from '../router';
import { say } from '../words';
import { Footer } from './Footer';
import { Logo } from './Icon';
import { PersonMenu } from './PersonMenu';

/** What the pages outside a room have around them: for members their menu, for guests the way in. */
export function Shell({ title, children }: { title: string; children: ComponentChildren }) {
  document.title = title === '' ? say('app.name') : `${title} · ${say('app.name')}`;
  const person = me.value;
  return (
    <div class="shell">
      <a class="skip" href="#main">
        {say('app.skip')}
      </a>
      <header class="masthead">
        <Link to="/" class="brand" label={say('app.home')}>
          <Logo />
          <span class={person ? 'brand-name' : undefined}>{say('app.name')}</span>
        </Link>
        {person ? <Pages institution={looksAfterInstitution(person)} /> : <span class="masthead-gap" />}
        {person && <PersonMenu person={person} />}
        {!person && route.value.page !== 'sign-in' && route.value.page !== 'welcome' && (
          <Link to={signInPath()} class="button button-quiet" testid="to-sign-in">
            {say('sign.in')}
          </Link>
        )}
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <Footer />
    </div>
  );
}

function Pages({ institution }: { institution: boolean }) {
  const page = route.value.page;
  return (
    <nav aria-label={say('app.pages')}>
      <Link to="/" current={page === 'home' || page === 'session' || page === 'new-session'}>
        {say('menu.sessions')}
      </Link>
      <Link to="/recordings" current={page === 'recordings' || page === 'recording'}>
        {say('menu.recordings')}
      </Link>
      {institution && (
        <Link to="/institution/members" current={page === 'institution'} testid="menu-institution">
          {say('menu.institution')}
        </Link>
      )}
    </nav>
  );
}
