/** Which way little gets through: what this person sends, what they receive, or both. */
export type Weakness = 'up' | 'down' | 'both';

/** What a moment says of one way; null where it says nothing new. */
export type Reading = 'bad' | 'fair' | 'good' | null;

/** How bad a share of lost packets is: below the first nobody notices, from the second on everybody does. */
export const LOSS: Bounds = { good: 0.02, bad: 0.05 };
/** The same of a share that had to be sent again. Below the second bound repair is in time, and nobody notices. */
export const REPAIR: Bounds = { good: 0.05, bad: 0.1 };
/** The same of seconds to the server and back. */
export const ROUND_TRIP: Bounds = { good: 0.3, bad: 0.5 };

interface Bounds {
  good: number;
  bad: number;
}

export function judge(value: number | null, { good, bad }: Bounds): Reading {
  if (value === null) return null;
  if (value >= bad) return 'bad';
  return value <= good ? 'good' : 'fair';
}

/** One bad sign is enough; silence of one sign is not a word against the others. */
export function worst(...readings: Reading[]): Reading {
  return (['bad', 'fair', 'good'] as const).find((reading) => readings.includes(reading)) ?? null;
}

const BAD_IN_A_ROW = 3;
const GOOD_IN_A_ROW = 5;

/** Believes in a change only when it has lasted, and in a recovery last: what is shown of it never flickers. */
class Steady {
  weak = false;
  private row = 0;

  hear(reading: Reading): void {
    if (reading === null) return;
    this.row = reading === (this.weak ? 'good' : 'bad') ? this.row + 1 : 0;
    if (this.row < (this.weak ? GOOD_IN_A_ROW : BAD_IN_A_ROW)) return;
    this.weak = !this.weak;
    this.row = 0;
  }
}

export class Weaknesses {
  private readonly up = new Steady();
  private readonly down = new Steady();

  hear(up: Reading, down: Reading): Weakness | null {
    this.up.hear(up);
    this.down.hear(down);
    if (this.up.weak && this.down.weak) return 'both';
    if (this.up.weak) return 'up';
    return this.down.weak ? 'down' : null;
  }
}
