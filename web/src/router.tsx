import { computed, signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { routeOf } from './routes';

const path = signal(location.pathname);
const search = signal(location.search);

addEventListener('popstate', look);

export const route = computed(() => routeOf(path.value));
export const searched = computed(() => new URLSearchParams(search.value));

function look(): void {
  path.value = location.pathname;
  search.value = location.search;
}

export function go(to: string, options: { replace?: boolean; stay?: boolean } = {}): void {
  if (options.replace) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
  look();
  if (!options.stay) scrollTo(0, 0);
}

/** Where to sign in, and to come back from there to where one is. */
export function signInPath(): string {
  const here = location.pathname + location.search;
  return here === '/' ? '/sign-in' : `/sign-in?${new URLSearchParams({ then: here })}`;
}

/** Only addresses of these pages: nobody is led elsewhere by a link to the sign-in. */
export function safePath(wanted: string | null): string {
  // Browsers take \ for / and drop tabs and line ends.
  return wanted !== null && /^\/(?!\/)[^\s\\]*$/.test(wanted) ? wanted : '/';
}

interface LinkProps {
  to: string;
  class?: string;
  label?: string;
  testid?: string;
  current?: boolean;
  /** Becomes data- attributes. */
  data?: Record<string, string>;
  onGo?: () => void;
  children: ComponentChildren;
}

/** A link inside the page: a plain click stays here, everything else is the browser's. */
export function Link({ to, label, testid, current, data = {}, onGo, children, ...rest }: LinkProps) {
  return (
    <a
      {...rest}
      {...Object.fromEntries(Object.entries(data).map(([key, value]) => [`data-${key}`, value]))}
      href={to}
      aria-label={label}
      aria-current={current ? 'page' : undefined}
      data-testid={testid}
      onClick={(event) => {
        if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        go(to);
        onGo?.();
      }}
    >
      {children}
    </a>
  );
}
