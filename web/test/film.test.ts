import { describe, expect, it } from 'vitest';
import { lengthOf, mediaTypeOf, pieceAt, playlistOf } from '../src/watch/film';

const HEAD = '#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-MAP:URI="beginning.mp4"\n';
const PIECES = '#EXTINF:3.20000,\n0.m4s\n#EXTINF:1.04000,\n1.m4s\n';
const BASE = 'https://example.org/api/v1/recordings/1/film/playlist.m3u8';

describe('REN-8 a film that goes on', () => {
  it('has the pieces that its playlist names, one behind the other', () => {
    const playlist = playlistOf(HEAD + PIECES, BASE);
    expect(playlist?.over).toBe(false);
    expect(playlist?.beginning).toBe('https://example.org/api/v1/recordings/1/film/beginning.mp4');
    expect(playlist?.pieces.map((piece) => [piece.address.split('/').pop(), piece.start])).toEqual([
      ['0.m4s', 0],
      ['1.m4s', 3.2],
    ]);
    expect(playlist && lengthOf(playlist)).toBeCloseTo(4.24);
  });

  it('is over when the playlist says so', () => {
    expect(playlistOf(`${HEAD}${PIECES}#EXT-X-ENDLIST\n`, BASE)?.over).toBe(true);
  });

  it('goes on at any moment with the piece that holds it', () => {
    const playlist = playlistOf(HEAD + PIECES, BASE);
    if (playlist === null) throw new Error('no playlist');
    expect(pieceAt(playlist, 0)).toBe(0);
    expect(pieceAt(playlist, 3.2)).toBe(1);
    expect(pieceAt(playlist, 4)).toBe(1);
    expect(pieceAt(playlist, 4.24)).toBeNull();
  });

  it('is no film without a playlist', () => {
    expect(playlistOf('{"id":"no-such-rendition"}', BASE)).toBeNull();
  });

  it('says what the browser must decode', () => {
    const beginning = new Uint8Array([0, 0, 0, 20, 0x61, 0x76, 0x63, 0x43, 1, 0x4d, 0x40, 0x1f, 0xff]);
    expect(mediaTypeOf(beginning)).toBe('video/mp4; codecs="avc1.4d401f, mp4a.40.2"');
    expect(mediaTypeOf(new Uint8Array([1, 2, 3]))).toBeNull();
  });
});
