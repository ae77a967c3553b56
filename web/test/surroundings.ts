import type { Socket, Surroundings } from '../src/protocol/surroundings';

/** A socket whose other end is the test. */
export class FakeSocket implements Socket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  readonly sent: Record<string, unknown>[] = [];
  closedWith: number | undefined;
  closed = false;

  constructor(readonly url: string) {}

  send(frame: string): void {
    this.sent.push(JSON.parse(frame));
  }

  close(code?: number): void {
    this.closed = true;
    this.closedWith = code;
  }

  says(message: unknown): void {
    this.onmessage?.({ data: typeof message === 'string' ? message : JSON.stringify(message) });
  }

  types(): unknown[] {
    return this.sent.map((message) => message.type);
  }
}

/** As much of an RTCRtpSender; `shaped` are the encodings that it was last given. */
interface FakeSender {
  track: unknown;
  shaped: RTCRtpEncodingParameters[];
  replaceTrack(track: unknown): Promise<void>;
  getParameters(): { encodings: RTCRtpEncodingParameters[] };
  setParameters(parameters: { encodings: RTCRtpEncodingParameters[] }): Promise<void>;
}

interface FakeTransceiver {
  mid: string | null;
  direction: string;
  sender: FakeSender;
  receiver: { track: unknown };
  options: RTCRtpTransceiverInit;
  preferred: RTCRtpCodec[];
  setCodecPreferences(codecs: RTCRtpCodec[]): void;
}

/** As much of an RTCPeerConnection as the protocol touches, with the states of RFC 8829. */
export class FakePeer {
  connectionState = 'new';
  signalingState = 'stable';
  localDescription: { type: string; sdp: string } | null = null;
  onconnectionstatechange: (() => void) | null = null;
  closed = false;
  readonly transceivers: FakeTransceiver[] = [];
  readonly offers: RTCOfferOptions[] = [];
  readonly heard: string[] = [];
  stats: { id: string }[] = [];

  constructor(public configuration: RTCConfiguration) {}

  setConfiguration(configuration: RTCConfiguration): void {
    this.configuration = configuration;
  }

  addTransceiver(track: unknown, options: RTCRtpTransceiverInit): FakeTransceiver {
    const transceiver = makeTransceiver(null, track, options);
    this.transceivers.push(transceiver);
    return transceiver;
  }

  getTransceivers(): FakeTransceiver[] {
    return this.transceivers;
  }

  async createOffer(options: RTCOfferOptions): Promise<{ type: string; sdp: string }> {
    this.offers.push(options);
    return { type: 'offer', sdp: `offer ${this.offers.length}` };
  }

  async createAnswer(): Promise<{ type: string; sdp: string }> {
    return { type: 'answer', sdp: `answer to ${this.heard.at(-1)}` };
  }

  async setLocalDescription(description: { type: string; sdp: string }): Promise<void> {
    this.localDescription = description;
    this.signalingState = description.type === 'offer' ? 'have-local-offer' : 'stable';
    if (description.type === 'rollback') return;
    this.transceivers.forEach((transceiver, index) => (transceiver.mid ??= String(index)));
  }

  async setRemoteDescription(description: { type: string; sdp: string }): Promise<void> {
    if (description.sdp.includes('unreadable')) throw new Error('cannot be read');
    this.heard.push(description.sdp);
    this.signalingState = description.type === 'offer' ? 'have-remote-offer' : 'stable';
    for (const [, mid] of description.sdp.matchAll(/^a=mid:(\S+)/gm)) {
      if (mid !== undefined && !this.transceivers.some((known) => known.mid === mid)) {
        this.transceivers.push(makeTransceiver(mid, null, {}));
      }
    }
  }

  async getStats(): Promise<Map<string, { id: string }>> {
    return new Map(this.stats.map((stat) => [stat.id, stat]));
  }

  becomes(state: string): void {
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }

  close(): void {
    this.closed = true;
  }
}

function makeTransceiver(mid: string | null, track: unknown, options: RTCRtpTransceiverInit): FakeTransceiver {
  return {
    mid,
    direction: options.direction ?? 'recvonly',
    sender: {
      track,
      shaped: (options.sendEncodings ?? []).map((encoding) => ({ active: true, ...encoding })),
      async replaceTrack(next: unknown) {
        this.track = next;
      },
      getParameters() {
        return { encodings: this.shaped.map((encoding) => ({ ...encoding })) };
      },
      async setParameters({ encodings }) {
        this.shaped = encodings;
      },
    },
    receiver: { track: { id: `track of ${mid}` } },
    options,
    preferred: [],
    setCodecPreferences(codecs) {
      this.preferred = codecs;
    },
  };
}

/** A browser in which time passes when the test says so. */
export class FakeSurroundings implements Surroundings {
  readonly sockets: FakeSocket[] = [];
  readonly peers: FakePeer[] = [];
  private now = 0;
  private timers: { at: number; run: () => void }[] = [];

  socket(url: string): Socket {
    const socket = new FakeSocket(url);
    this.sockets.push(socket);
    return socket;
  }

  peer(configuration: RTCConfiguration): RTCPeerConnection {
    const peer = new FakePeer(configuration);
    this.peers.push(peer);
    return peer as unknown as RTCPeerConnection;
  }

  codecs(kind: 'audio' | 'video'): RTCRtpCodec[] {
    const names =
      kind === 'audio'
        ? ['audio/opus', 'audio/red', 'audio/PCMU']
        : ['video/rtx', 'video/AV1', 'video/red', 'video/H264', 'video/VP8'];
    return names.map((mimeType) => ({ mimeType, clockRate: 90_000 }));
  }

  after(millis: number, run: () => void): () => void {
    const timer = { at: this.now + millis, run };
    this.timers.push(timer);
    return () => (this.timers = this.timers.filter((other) => other !== timer));
  }

  random(): number {
    return 0.5;
  }

  passes(millis: number): void {
    this.now += millis;
    const due = this.timers.filter((timer) => timer.at <= this.now);
    this.timers = this.timers.filter((timer) => timer.at > this.now);
    for (const timer of due) timer.run();
  }

  get line(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (!socket) throw new Error('No socket was opened.');
    return socket;
  }

  peerAt(index: number): FakePeer {
    const peer = this.peers.at(index);
    if (!peer) throw new Error(`There is no peer connection ${index}.`);
    return peer;
  }
}

/** Lets all promises that are ready go on. */
export async function settled(): Promise<void> {
  await new Promise<void>((resolve) => setTimeout(resolve, 0));
}
