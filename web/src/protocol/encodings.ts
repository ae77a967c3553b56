import type { Kind } from './messages';

/** How many lines a camera sends at most in a session. */
export type CameraHeight = 720 | 360;

/** A camera's layers of simulcast (RFC 8853), the smallest first; each has twice the lines of the one before. */
const RIDS = ['q', 'h', 'f'];
const SINGLE = { 720: 1_200_000, 360: 500_000 };
const SCREEN = { maxBitrate: 2_500_000, maxFramerate: 15 };

/** What a source is offered with. Sound comes before picture wherever there is too little room for both. */
export function encodingsOf(kind: Kind, track: MediaStreamTrack, height: CameraHeight): RTCRtpEncodingParameters[] {
  switch (kind) {
    case 'microphone':
      return [{ priority: 'high', networkPriority: 'high' }];
    case 'screen':
      return [{ ...SCREEN }];
    case 'camera': {
      const encodings = RIDS.slice(-layersOf(sentLines(track, height))).map((rid) => ({ rid, maxFramerate: 30 }));
      fit(encodings, track, height, true);
      return encodings;
    }
  }
}

/** Fits what a camera sends to its picture, and to whether the server takes more than one layer of it. */
export function fit(
  encodings: RTCRtpEncodingParameters[],
  track: MediaStreamTrack | null,
  height: CameraHeight,
  layered: boolean,
): void {
  const lines = sentLines(track, height);
  const largest = layered ? Math.min(encodings.length, layersOf(lines)) - 1 : 0;
  encodings.forEach((encoding, index) => {
    const scale = 2 ** Math.max(0, largest - index);
    encoding.scaleResolutionDownBy = scale * Math.max(1, linesOf(track) / height);
    encoding.maxBitrate = layered ? bitrateOf(lines / scale) : SINGLE[height];
  });
}

/** With how many lines the best of what is asked for is sent; 0 if nothing is. */
export function askedLines(encodings: RTCRtpEncodingParameters[], track: MediaStreamTrack | null): number {
  const scales = encodings.filter(({ active }) => active !== false).map((one) => one.scaleResolutionDownBy ?? 1);
  return track && scales.length > 0 ? linesOf(track) / Math.min(...scales) : 0;
}

/** Chromium sends no more layers of a picture than this, the first ones: so the last of them has to be the whole. */
function layersOf(lines: number): number {
  if (lines >= 540) return 3;
  return lines >= 270 ? 2 : 1;
}

function bitrateOf(lines: number): number {
  if (lines > 360) return 1_700_000;
  return lines > 180 ? 500_000 : 150_000;
}

function sentLines(track: MediaStreamTrack | null, height: CameraHeight): number {
  return Math.min(linesOf(track) || height, height);
}

/** Of a phone that is held upright they lie across. 0 if nobody knows. */
function linesOf(track: MediaStreamTrack | null): number {
  const { width = 0, height = 0 } = track?.getSettings?.() ?? {};
  return Math.min(width, height);
}
