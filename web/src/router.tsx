import { computed, signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { routeOf } from './routes';

const path = signal(location.pathname);

addEventListener('popstate', () => (path.value = location.pathname));

export const route = computed(() => routeOf(path.value));

export function go(to: string, options: { replace?: boolean } = {}): void {
  if (options.replace) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
  path.value = location.pathname;
  scrollTo(0, 0);
}

interface LinkProps {
  to: string;
  class?: string;
  label?: string;
  testid?: string;
  current?: boolean;
  /** Becomes data- attributes. */
  data?: Record<string, string>;
  children: ComponentChildren;
}

/** A link inside the page: a plain click stays here, everything else is the browser's. */
export function Link({ to, label, testid, current, data = {}, children, ...rest }: LinkProps) {
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
      }}
    >
      {children}
    </a>
  );
}
