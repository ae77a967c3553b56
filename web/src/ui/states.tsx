import type { ComponentChildren } from 'preact';
import { sentence } from '../api';
import { Button } from './Button';
import { Notice } from './Field';
import { Icon, type IconName } from './Icon';
import { percent } from '../time';
import { say } from '../words';

/** Grey shapes where rows will be. */
export function SkeletonRows({ rows, tall }: { rows: number; tall?: boolean }) {
  return (
    <div class="rows" aria-busy="true" aria-label={say('do.loading')} data-testid="skeleton">
      {Array.from({ length: rows }, (_, row) => (
        <div class={`row skeleton-row${tall ? ' skeleton-tall' : ''}`} key={row}>
          {tall && <span class="skeleton skeleton-picture" />}
          <span class="skeleton-lines">
            <span class="skeleton skeleton-title" />
            <span class="skeleton skeleton-line" />
          </span>
        </div>
      ))}
    </div>
  );
}

export function Empty({ icon, title, children }: { icon: IconName; title: string; children: ComponentChildren }) {
  return (
    <div class="empty" data-testid="empty">
      <span class="empty-icon">
        <Icon name={icon} size={24} />
      </span>
      <h2>{title}</h2>
      <p>{children}</p>
    </div>
  );
}

export function Failed({ what, error, onRetry }: { what: string; error: unknown; onRetry: () => void }) {
  return (
    <div class="empty" role="alert" data-testid="failed">
      <span class="empty-icon empty-trouble">
        <Icon name="warning" size={24} />
      </span>
      <h2>{what}</h2>
      <p>{sentence(error)}</p>
      <Button icon="again" onClick={onRetry}>
        {say('do.again')}
      </Button>
    </div>
  );
}

/** Over a list that is shown as it was last known. */
export function Stale({ error }: { error: unknown }) {
  return (
    <Notice kind="trouble" testid="stale">
      {say('app.wasOld', { trouble: sentence(error) })}
    </Notice>
  );
}

export function Progress({ value, label }: { value: number; label: string }) {
  return (
    <progress class="progress" max={1} value={Math.min(1, Math.max(0, value))} aria-label={label} data-testid="progress">
      {percent(value)}
    </progress>
  );
}
