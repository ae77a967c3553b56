// Several media elements that play the same time: the sides of a call.

/** What is needed of a media element. */
export interface Side {
  currentTime: number;
  playbackRate: number;
  readonly duration: number;
  readonly paused: boolean;
  readonly ended: boolean;
  readonly seeking: boolean;
  readonly readyState: number;
  play(): Promise<void>;
  pause(): void;
}

/** HAVE_FUTURE_DATA (HTML, section 4.8.11.7). */
const GOES_ON = 3;

/** Within 15 ms of the first nobody sees or hears a difference. */
const CLOSE_SECONDS = 0.015;

/** Beyond this it is quicker to go there than to run faster. */
const FAR_SECONDS = 0.3;

/** So much faster or slower at most; voices keep their pitch. */
const MOST_CORRECTION = 0.06;

/** Close to the end there may be nothing more to load. */
const END_SECONDS = 0.5;

/**
 * Keeps them in step: the first gives the time, and the others are led to it, by running a little faster or slower, or by a
 * leap. Who has nothing to play yet is waited for. `keep` is to be called some times a second.
 */
export class InStep {
  private wanted = false;
  private going = false;
  private speed = 1;

  constructor(private readonly sides: readonly Side[]) {}

  get playing(): boolean {
    return this.wanted;
  }

  get rate(): number {
    return this.speed;
  }

  get seconds(): number {
    return this.sides[0]?.currentTime ?? 0;
  }

  /** Of the longest; 0 as long as it is not known. */
  get length(): number {
    return Math.max(0, ...this.sides.map((side) => (Number.isFinite(side.duration) ? side.duration : 0)));
  }

  play(): void {
    if (this.length > 0 && this.seconds >= this.length - 0.05) this.seek(0);
    this.wanted = true;
    this.keep();
  }

  pause(): void {
    this.wanted = false;
    this.hold();
    this.seek(this.seconds);
  }

  seek(seconds: number): void {
    const to = Math.min(this.length, Math.max(0, seconds));
    for (const side of this.sides) side.currentTime = to;
  }

  setRate(rate: number): void {
    this.speed = rate;
    for (const side of this.sides) side.playbackRate = rate;
  }

  /** Looks whether all are where they should be. */
  keep(): void {
    if (!this.wanted) return;
    if (this.sides.every((side) => side.ended)) {
      this.wanted = false;
      this.going = false;
      return;
    }
    if (this.going && this.sides.some((side) => side.paused && !side.ended)) {
      this.pause(); // somebody else paused one, or the browser did
      return;
    }
    if (!this.sides.every(isReady)) {
      this.hold();
      return;
    }
    if (!this.going) {
      this.going = true;
      for (const side of this.sides) if (!side.ended) side.play().catch(() => this.refused());
    }
    this.sides.slice(1).forEach((side) => this.lead(side));
  }

  private hold(): void {
    this.going = false;
    for (const side of this.sides) if (!side.paused) side.pause();
  }

  /** The browser does not let it play before somebody has pressed something. */
  private refused(): void {
    this.wanted = false;
    this.hold();
  }

  private lead(side: Side): void {
    if (side.ended || side.seeking) return;
    const ahead = side.currentTime - this.seconds;
    if (Math.abs(ahead) > FAR_SECONDS) {
      side.playbackRate = this.speed;
      side.currentTime = this.seconds;
    } else if (Math.abs(ahead) > CLOSE_SECONDS) {
      side.playbackRate = this.speed * (1 - Math.min(MOST_CORRECTION, Math.max(-MOST_CORRECTION, ahead)));
    } else {
      side.playbackRate = this.speed;
    }
  }
}

function isReady(side: Side): boolean {
  const nearEnd = Number.isFinite(side.duration) && side.currentTime > side.duration - END_SECONDS;
  return side.ended || (!side.seeking && (side.readyState >= GOES_ON || nearEnd));
}
