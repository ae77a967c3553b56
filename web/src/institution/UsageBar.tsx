import type { Kept, Storage } from '../api';
import { percent, size } from '../time';
import { say, type Plain } from '../words';
import { sizeWords } from './plans';

const KINDS: { kind: Kept; words: Plain; hue: number }[] = [
  { kind: 'tape', words: 'kept.tape', hue: 5 },
  { kind: 'raw', words: 'kept.raw', hue: 1 },
  { kind: 'video', words: 'kept.video', hue: 3 },
  { kind: 'sound', words: 'kept.sound', hue: 6 },
  { kind: 'pictures', words: 'kept.pictures', hue: 0 },
];

/** How much is kept, of what, and of how much that is allowed; where there is no limit, the bar is all that is kept. */
export function UsageBar({ kept }: { kept: Storage }) {
  const { plan, usage, fullness } = kept;
  const used = size(usage.totalBytes);
  const words =
    fullness === null
      ? say('storage.usedNoLimit', { used })
      : say('storage.used', { used, size: sizeWords(plan.sizeBytes), share: percent(fullness) });
  const whole = Math.max(plan.sizeBytes ?? 0, usage.totalBytes);
  const share = (bytes: number) => (whole === 0 ? '0' : String(bytes / whole));
  const meter =
    fullness === null
      ? { 'aria-hidden': true }
      : {
          role: 'meter' as const,
          'aria-label': say('storage.title'),
          'aria-valuemin': 0,
          'aria-valuemax': 100,
          'aria-valuenow': Math.min(100, Math.floor(fullness * 100)),
          'aria-valuetext': words,
        };
  return (
    <div class="usage" data-testid="usage" data-used={usage.totalBytes}>
      <p class="usage-words">{words}</p>
      <div class="usage-bar" {...meter}>
        {KINDS.map(({ kind, hue }) => (
          <span key={kind} class={`hue-${hue}`} style={{ flexGrow: share(usage[kind]) }} />
        ))}
        <span style={{ flexGrow: share(whole - usage.totalBytes) }} />
      </div>
      <ul class="usage-kinds">
        {KINDS.map(({ kind, words: name, hue }) => (
          <li key={kind}>
            <span class={`usage-sign hue-${hue}`} />
            {say(name)} <span class="usage-size">{size(usage[kind])}</span>
          </li>
        ))}
      </ul>
      <p class="hint">{say('storage.once')}</p>
    </div>
  );
}
