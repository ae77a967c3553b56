import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './Icon';
import { say } from '../words';

interface ToastEntry {
  id: number;
  icon: IconName;
  content: ComponentChildren;
  firm: boolean;
  /** When it goes, unless somebody is at it. */
  until: number;
}

interface ToastOptions {
  icon?: IconName;
  millis?: number;
  /** Goes at its time, whoever is at it. */
  firm?: boolean;
}

/** Where somebody was, it stays at least for so long after they left it. */
const LINGER_MILLIS = 5_000;

const entries = signal<ToastEntry[]>([]);
const timers = new Map<number, ReturnType<typeof setTimeout>>();
let last = 0;

/** Says something that needs no answer, and goes away by itself, or when what this returns is called. */
export function toast(content: ComponentChildren, options: ToastOptions = {}): () => void {
  const { icon = 'check', millis = 5_000, firm = false } = options;
  const id = ++last;
  entries.value = [...entries.value.slice(-2), { id, icon, content, firm, until: Date.now() + millis }];
  dismissIn(id, millis);
  return () => dismiss(id);
}

function dismissIn(id: number, millis: number): void {
  hold(id);
  timers.set(id, setTimeout(() => dismiss(id), millis));
}

function hold(id: number): void {
  clearTimeout(timers.get(id));
  timers.delete(id);
}

function dismiss(id: number): void {
  hold(id);
  const focused = document.activeElement?.closest(`[data-toast="${id}"]`) ?? null;
  entries.value = entries.value.filter((entry) => entry.id !== id);
  // Whoever goes by keyboard is not left at nothing.
  if (focused) document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true });
}

/** Whoever points at a toast or has come to its link may take their time. */
function atLeisure(entry: ToastEntry) {
  if (entry.firm) return {};
  const come = () => hold(entry.id);
  const gone = () => dismissIn(entry.id, Math.max(LINGER_MILLIS, entry.until - Date.now()));
  return { onMouseEnter: come, onFocusIn: come, onMouseLeave: gone, onFocusOut: gone };
}

export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {entries.value.map((entry) => (
        <div class="toast" key={entry.id} data-testid="toast" data-toast={entry.id} {...atLeisure(entry)}>
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
