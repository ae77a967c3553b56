import type { Surroundings } from './surroundings';
import { Weaknesses, type Reading, type Weakness } from './weakness';

const LOOK_MILLIS = 2_000;

export interface Conditions {
  up: Reading;
  down: Reading;
}

/** Looks again and again how both ways carry, and tells when what is to be said of it changes. */
export class NetworkWatch {
  private weaknesses = new Weaknesses();
  private told: Weakness | null = null;
  private cancel: (() => void) | null = null;

  constructor(
    private readonly look: () => Promise<Conditions>,
    private readonly tell: (weakness: Weakness | null) => void,
    private readonly surroundings: Surroundings,
  ) {}

  start(): void {
    this.stop();
    this.wait();
  }

  /** What was said is not true of a line that is down, nor of the next one. */
  stop(): void {
    this.cancel?.();
    this.cancel = null;
    this.weaknesses = new Weaknesses();
    this.say(null);
  }

  private wait(): void {
    const weaknesses = this.weaknesses;
    this.cancel = this.surroundings.after(LOOK_MILLIS, () => {
      this.look()
        .catch(() => ({ up: null, down: null }))
        .then(({ up, down }) => {
          if (weaknesses !== this.weaknesses) return;
          this.say(weaknesses.hear(up, down));
          this.wait();
        });
    });
  }

  private say(weakness: Weakness | null): void {
    if (weakness === this.told) return;
    this.told = weakness;
    this.tell(weakness);
  }
}
