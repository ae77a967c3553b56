import { signal } from '@preact/signals';
import { say } from '../words';

const CONSTRAINTS: MediaTrackConstraints = { frameRate: { ideal: 15, max: 15 } };

/** The screen, window or tab that this person shows to the others. */
export class ScreenShare {
  readonly track = signal<MediaStreamTrack | null>(null);
  /** What stood in its way the last time, as a sentence. */
  readonly trouble = signal<string | null>(null);
  private closed = false;

  /** Whether this browser can; those of phones cannot. */
  static get possible(): boolean {
    return typeof navigator.mediaDevices?.getDisplayMedia === 'function';
  }

  /** Asks the person what to share. They may as well decide for nothing. */
  async start(): Promise<void> {
    this.trouble.value = null;
    try {
      this.use(await navigator.mediaDevices.getDisplayMedia({ video: CONSTRAINTS, audio: false }));
    } catch (reason) {
      if (!wasCancelled(reason)) this.trouble.value = say('share.failed');
    }
  }

  stop(): void {
    const track = this.track.value;
    if (track) {
      track.onended = null;
      track.stop();
    }
    this.track.value = null;
  }

  close(): void {
    this.closed = true;
    this.stop();
  }

  private use(stream: MediaStream): void {
    const [track] = stream.getVideoTracks();
    if (!track) return;
    if (this.closed) {
      track.stop();
      return;
    }
    this.stop();
    // Text is to be read: rather fewer pictures than blurred ones.
    track.contentHint = 'detail';
    // The browser has a button of its own to end it.
    track.onended = () => this.stop();
    this.track.value = track;
  }
}

/** Whether the person did it, rather than the system. */
function wasCancelled(reason: unknown): boolean {
  const { name, message } = reason as { name?: unknown; message?: unknown };
  return name === 'NotAllowedError' && !String(message).includes('system');
}
