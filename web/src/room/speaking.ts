import { signal } from '@preact/signals';
import { watchLevel } from '../level';
import type { RemoteTrack } from '../protocol';

const QUIET = 0.02;
const HOLD_MILLIS = 900;

/** Who speaks: the loudest of the last moment, held for a while so that the frame does not jump. */
export class Speaking {
  readonly person = signal<string | null>(null);
  private readonly levels = new Map<string, number>();
  private heldUntil = 0;

  /** Measures the others every 250 ms; the answer ends it. */
  watch(tracks: () => RemoteTrack[]): () => void {
    const timer = setInterval(() => void this.measure(tracks()), 250);
    return () => clearInterval(timer);
  }

  watchSelf(person: string, track: MediaStreamTrack): () => void {
    const stop = watchLevel(track, (level) => this.levels.set(person, level > 0.55 ? level / 4 : 0));
    return () => {
      stop();
      this.levels.delete(person);
    };
  }

  private async measure(tracks: RemoteTrack[]): Promise<void> {
    const microphones = tracks.filter((track) => track.kind === 'microphone');
    await Promise.all(
      microphones.map(async ({ person, receiver }) => {
        const reports = await receiver.getStats();
        for (const report of reports.values()) {
          if (report.type === 'inbound-rtp') this.levels.set(person, Number(report.audioLevel ?? 0));
        }
      }),
    );
    this.decide(performance.now());
  }

  private decide(now: number): void {
    let loudest: string | null = null;
    let level = QUIET;
    for (const [person, its] of this.levels) {
      if (its > level) {
        loudest = person;
        level = its;
      }
    }
    if (loudest !== null) {
      if (loudest !== this.person.value && now < this.heldUntil) return;
      this.person.value = loudest;
      this.heldUntil = now + HOLD_MILLIS;
    } else if (now > this.heldUntil) {
      this.person.value = null;
    }
  }
}
