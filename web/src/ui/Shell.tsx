import type { ComponentChildren } from 'preact';
import { Link, route } from '../router';
import { Logo } from './Icon';

/** What the pages outside a room have around them. */
export function Shell({ title, children }: { title: string; children: ComponentChildren }) {
  document.title = title === '' ? 'Everytake' : `${title} · Everytake`;
  const page = route.value.page;
  return (
    <div class="shell">
      <a class="skip" href="#main">
        Skip to content
      </a>
      <header class="masthead">
        <Link to="/" class="brand" label="Everytake, start page">
          <Logo />
          <span>Everytake</span>
        </Link>
        <nav aria-label="Pages">
          <Link to="/" current={page === 'home'}>
            Sessions
          </Link>
          <Link to="/recordings" current={page === 'recordings' || page === 'recording'}>
            Recordings
          </Link>
        </nav>
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
