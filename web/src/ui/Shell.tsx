import type { ComponentChildren } from 'preact';
import { Link, route } from '../router';
import { say } from '../words';
import { Footer } from './Footer';
import { Logo } from './Icon';

/** What the pages outside a room have around them. */
export function Shell({ title, children }: { title: string; children: ComponentChildren }) {
  document.title = title === '' ? say('app.name') : `${title} · ${say('app.name')}`;
  const page = route.value.page;
  return (
    <div class="shell">
      <a class="skip" href="#main">
        {say('app.skip')}
      </a>
      <header class="masthead">
        <Link to="/" class="brand" label={say('app.home')}>
          <Logo />
          <span>{say('app.name')}</span>
        </Link>
        <nav aria-label={say('app.pages')}>
          <Link to="/" current={page === 'home'}>
            {say('menu.sessions')}
          </Link>
          <Link to="/recordings" current={page === 'recordings' || page === 'recording'}>
            {say('menu.recordings')}
          </Link>
        </nav>
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <Footer />
    </div>
  );
}
