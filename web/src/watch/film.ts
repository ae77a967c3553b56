// A film that is still being made, played piece by piece from its HLS playlist (RFC 8216) by Media Source Extensions.

export interface Playlist {
  beginning: string;
  pieces: { address: string; start: number; seconds: number }[];
  over: boolean;
}

/** Reads what the server writes: one map, then pieces. Null if it is none. */
export function playlistOf(text: string, base: string): Playlist | null {
  const beginning = /^#EXT-X-MAP:URI="([^"]+)"$/m.exec(text)?.[1];
  if (!text.startsWith('#EXTM3U') || beginning === undefined) return null;
  const pieces: Playlist['pieces'] = [];
  let start = 0;
  let seconds: number | null = null;
  for (const line of text.split('\n')) {
    const length = /^#EXTINF:([0-9.]+),/.exec(line)?.[1];
    if (length !== undefined) seconds = Number(length);
    else if (seconds !== null && line !== '' && !line.startsWith('#')) {
      pieces.push({ address: new URL(line, base).href, start, seconds });
      start += seconds;
      seconds = null;
    }
  }
  return { beginning: new URL(beginning, base).href, pieces, over: /^#EXT-X-ENDLIST$/m.test(text) };
}

export function lengthOf(playlist: Playlist): number {
  const last = playlist.pieces.at(-1);
  return last === undefined ? 0 : last.start + last.seconds;
}

/** Where playing goes on from a moment: the first piece that is not over by then; none if it isn't there yet. */
export function pieceAt(playlist: Playlist, seconds: number): number | null {
  const found = playlist.pieces.findIndex((piece) => piece.start + piece.seconds > seconds + 0.001);
  return found < 0 ? null : found;
}

/** What the browser is asked to decode, from the decoder's configuration in the film's beginning (ISO/IEC 14496-15, 5.3.3.1). */
export function mediaTypeOf(beginning: Uint8Array): string | null {
  for (let at = 0; at + 8 <= beginning.length; at++) {
    if (beginning[at] === 0x61 && beginning[at + 1] === 0x76 && beginning[at + 2] === 0x63 && beginning[at + 3] === 0x43) {
      const profile = [...beginning.slice(at + 5, at + 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
      return `video/mp4; codecs="avc1.${profile}, mp4a.40.2"`;
    }
  }
  return null;
}

/** So much is loaded ahead of what is seen, and so much is kept of what was. */
const AHEAD_SECONDS = 30;
const BEHIND_SECONDS = 60;
const LOOK_MILLIS = 1_500;

export interface Watched {
  /** Something can be seen. */
  onBegun(): void;
  /** It cannot be played here. */
  onBroken(): void;
}

/** Plays a film into an element until it is called off. What is not there yet is waited for. */
export function playFilm(video: HTMLVideoElement, address: string, watched: Watched): () => void {
  const ended = new AbortController();
  const source = new MediaSource();
  const blob = URL.createObjectURL(source);
  video.src = blob;
  follow().catch(() => {
    if (!ended.signal.aborted) watched.onBroken();
  });
  return () => {
    ended.abort();
    URL.revokeObjectURL(blob);
    video.removeAttribute('src');
    video.load();
  };

  async function follow(): Promise<void> {
    await once(source, 'sourceopen');
    let playlist = await load();
    while (playlist === null || playlist.pieces.length === 0) {
      await pause();
      playlist = await load();
    }
    const beginning = await bytes(playlist.beginning);
    const type = mediaTypeOf(beginning);
    if (type === null || !MediaSource.isTypeSupported(type)) throw new Error(`cannot play ${type}`);
    const buffer = source.addSourceBuffer(type);
    await append(buffer, beginning);
    const loaded = new Set<number>();
    let looked = Date.now();
    let begun = false;
    while (!ended.signal.aborted) {
      if (!playlist.over && Date.now() - looked > LOOK_MILLIS) {
        playlist = (await load()) ?? playlist;
        looked = Date.now();
      }
      const length = lengthOf(playlist);
      if (source.readyState === 'open' && !(source.duration >= length)) source.duration = length;
      const next = wanted(playlist, loaded);
      if (next !== null) {
        await append(buffer, await bytes(playlist.pieces[next]?.address ?? ''));
        loaded.add(next);
        await forget(buffer, playlist, loaded);
        if (!begun) {
          begun = true;
          watched.onBegun();
        }
      } else {
        if (playlist.over && loaded.has(playlist.pieces.length - 1) && source.readyState === 'open') source.endOfStream();
        await pause(200);
      }
    }
  }

  /** The first piece from the moment that is seen on which is not loaded. */
  function wanted(playlist: Playlist, loaded: Set<number>): number | null {
    const from = pieceAt(playlist, video.currentTime);
    if (from === null) return null;
    for (let number = from; number < playlist.pieces.length; number++) {
      if ((playlist.pieces[number]?.start ?? 0) > video.currentTime + AHEAD_SECONDS) return null;
      if (!loaded.has(number)) return number;
    }
    return null;
  }

  async function forget(buffer: SourceBuffer, playlist: Playlist, loaded: Set<number>): Promise<void> {
    const keep = pieceAt(playlist, Math.max(0, video.currentTime - BEHIND_SECONDS)) ?? 0;
    const end = playlist.pieces[keep]?.start ?? 0;
    if (end > 0 && buffer.buffered.length > 0 && buffer.buffered.start(0) < end - 10) {
      buffer.remove(0, end);
      await once(buffer, 'updateend');
      for (const number of loaded) if (number < keep) loaded.delete(number);
    }
  }

  async function append(buffer: SourceBuffer, data: Uint8Array<ArrayBuffer>): Promise<void> {
    buffer.appendBuffer(data);
    await once(buffer, 'updateend');
  }

  async function load(): Promise<Playlist | null> {
    const answer = await fetch(address, { signal: ended.signal });
    if (!answer.ok) return null;
    return playlistOf(await answer.text(), new URL(address, location.href).href);
  }

  async function bytes(from: string): Promise<Uint8Array<ArrayBuffer>> {
    const answer = await fetch(from, { signal: ended.signal });
    if (!answer.ok) throw new Error(`${from}: ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  }

  function pause(millis = LOOK_MILLIS): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, millis);
      ended.signal.addEventListener('abort', () => (clearTimeout(timer), reject(ended.signal.reason)), { once: true });
    });
  }

  function once(target: EventTarget, event: string): Promise<void> {
    return new Promise((resolve, reject) => {
      target.addEventListener(event, () => resolve(), { once: true, signal: ended.signal });
      ended.signal.addEventListener('abort', () => reject(ended.signal.reason), { once: true });
    });
  }
}
