import { signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';

/** Something that the server is asked for again and again: what it said last, and what went wrong last. */
export class Poll<T> {
  readonly value = signal<T | null>(null);
  readonly error = signal<unknown>(null);
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running = false;
  private round = 0;

  constructor(
    private readonly ask: () => Promise<T>,
    private readonly millisUntilNext: (value: T | null) => number,
  ) {}

  start(): () => void {
    this.running = true;
    const seen = () => {
      if (!document.hidden) this.now();
    };
    document.addEventListener('visibilitychange', seen);
    this.now();
    return () => {
      this.running = false;
      this.round++;
      clearTimeout(this.timer);
      document.removeEventListener('visibilitychange', seen);
    };
  }

  now(): void {
    clearTimeout(this.timer);
    void this.once();
  }

  /** An answer that came another way, such as of a command. */
  put(value: T): void {
    this.round++;
    this.value.value = value;
    this.plan();
  }

  private async once(): Promise<void> {
    const round = ++this.round;
    try {
      const value = await this.ask();
      if (round !== this.round) return;
      this.value.value = value;
      this.error.value = null;
    } catch (reason) {
      if (round !== this.round) return;
      this.error.value = reason;
    }
    this.plan();
  }

  private plan(): void {
    clearTimeout(this.timer);
    if (!this.running || document.hidden) return;
    this.timer = setTimeout(() => this.now(), this.millisUntilNext(this.value.value));
  }
}

export function usePoll<T>(ask: () => Promise<T>, millisUntilNext: (value: T | null) => number, of = ''): Poll<T> {
  const poll = useMemo(() => new Poll(ask, millisUntilNext), [of]);
  useEffect(() => poll.start(), [poll]);
  return poll;
}
