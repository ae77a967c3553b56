import type { Socket, Surroundings } from './surroundings';
import { read, type FromServer, type ToServer } from './messages';

/** Why a line ended for good. */
export type End = 'left' | 'no-session' | 'elsewhere' | 'refused';

export interface LineListener {
  opened(): void;
  message(message: FromServer): void;
  /** The socket is gone and will be opened again by itself. */
  lost(): void;
  ended(end: End): void;
}

const ENDS: Record<number, End> = { 1000: 'left', 4400: 'refused', 4404: 'no-session', 4409: 'elsewhere' };

/** A WebSocket that comes back by itself: after 0.3 s, then twice as long each time, at most 5 s. */
export class Line {
  private socket: Socket | null = null;
  private attempts = 0;
  private cancelRetry: (() => void) | null = null;
  private closed = false;

  constructor(
    private readonly url: string,
    private readonly listener: LineListener,
    private readonly surroundings: Surroundings,
  ) {}

  open(): void {
    this.cancelRetry?.();
    this.cancelRetry = null;
    const socket = this.surroundings.socket(this.url);
    this.socket = socket;
    socket.onopen = () => {
      if (this.socket === socket) this.listener.opened();
    };
    socket.onmessage = (event) => {
      if (this.socket !== socket) return;
      const message = read(event.data);
      if (message) this.listener.message(message);
    };
    socket.onclose = (event) => {
      if (this.socket === socket) this.gone(event.code);
    };
  }

  /** Only a line on which something was agreed starts its waiting times again. */
  settled(): void {
    this.attempts = 0;
  }

  /** False when the line is down: what matters is said again after the return. */
  send(message: ToServer): boolean {
    if (!this.socket) return false;
    try {
      this.socket.send(JSON.stringify(message));
      return true;
    } catch {
      return false; // Still connecting.
    }
  }

  /** The network is back, or the socket is known to be dead: no waiting. */
  again(): void {
    if (this.closed) return;
    const socket = this.socket;
    this.socket = null;
    socket?.close();
    if (socket) this.listener.lost();
    this.attempts = 0;
    this.open();
  }

  close(): void {
    this.closed = true;
    this.cancelRetry?.();
    const socket = this.socket;
    this.socket = null;
    socket?.close(1000);
  }

  private gone(code: number): void {
    this.socket = null;
    if (this.closed) return;
    const end = ENDS[code];
    if (end) {
      this.closed = true;
      this.listener.ended(end);
      return;
    }
    this.listener.lost();
    const wait = Math.min(5_000, 300 * 2 ** this.attempts) * (0.75 + this.surroundings.random() / 2);
    this.attempts = Math.min(this.attempts + 1, 8);
    this.cancelRetry = this.surroundings.after(wait, () => this.open());
  }
}
