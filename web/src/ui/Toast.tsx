import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './Icon';
import { say } from '../words';

interface ToastEntry {
  id: number;
  icon: IconName;
  content: ComponentChildren;
}

const entries = signal<ToastEntry[]>([]);
let last = 0;

/** Says something that needs no answer, and goes away by itself, or when what this returns is called. */
export function toast(content: ComponentChildren, options: { icon?: IconName; millis?: number } = {}): () => void {
  const id = ++last;
  entries.value = [...entries.value.slice(-2), { id, icon: options.icon ?? 'check', content }];
  setTimeout(() => dismiss(id), options.millis ?? 5_000);
  return () => dismiss(id);
}

function dismiss(id: number): void {
  entries.value = entries.value.filter((entry) => entry.id !== id);
}

export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {entries.value.map((entry) => (
        <div class="toast" key={entry.id} data-testid="toast">
          <Icon name={entry.icon} />
          <div class="toast-content">{entry.content}</div>
          <button type="button" class="toast-close" aria-label={say('do.dismiss')} onClick={() => dismiss(entry.id)}>
            <Icon name="close" size={16} />
          </button>
        </div>
      ))}
    </div>
  );
}
