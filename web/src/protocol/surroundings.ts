/** What the protocol needs of the browser, so that a test can put something else in its place. */
export interface Surroundings {
  socket(url: string): Socket;
  peer(configuration: RTCConfiguration): RTCPeerConnection;
  codecs(kind: 'audio' | 'video'): RTCRtpCodec[];
  /** Runs once after so many milliseconds; the answer cancels it. */
  after(millis: number, run: () => void): () => void;
  /** From 0 to 1. */
  random(): number;
}

export interface Socket {
  send(frame: string): void;
  close(code?: number): void;
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
}

export const browser: Surroundings = {
  socket: (url) => new WebSocket(url) as unknown as Socket,
  peer: (configuration) => new RTCPeerConnection(configuration),
  codecs: (kind) => RTCRtpSender.getCapabilities(kind)?.codecs ?? [],
  after: (millis, run) => {
    const timer = setTimeout(run, millis);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};
