import type { Kind } from './messages';

/** How many lines a camera sends at most in a session. */
export type CameraHeight = 720 | 360;

interface Layer {
  rid: string;
  scale: number;
  maxBitrate: number;
}

/** A camera's layers of simulcast (RFC 8853), the smallest first: browsers send as many as there are lines for. */
const LAYERS: Record<CameraHeight, Layer[]> = {
  720: [
    { rid: 'q', scale: 4, maxBitrate: 150_000 },
    { rid: 'h', scale: 2, maxBitrate: 500_000 },
    { rid: 'f', scale: 1, maxBitrate: 1_700_000 },
  ],
  360: [
    { rid: 'h', scale: 2, maxBitrate: 150_000 },
    { rid: 'f', scale: 1, maxBitrate: 500_000 },
  ],
};
/** Of a camera whose layers the server did not take. */
const SINGLE: Record<CameraHeight, number> = { 720: 1_200_000, 360: 500_000 };
const SCREEN = { maxBitrate: 2_500_000, maxFramerate: 15 };

/** What a source is offered with. Sound comes before picture wherever there is too little room for both. */
export function encodingsOf(kind: Kind, track: MediaStreamTrack, height: CameraHeight): RTCRtpEncodingParameters[] {
  switch (kind) {
    case 'microphone':
      return [{ priority: 'high', networkPriority: 'high' }];
    case 'screen':
      return [{ ...SCREEN }];
    case 'camera':
      return LAYERS[height].map(({ rid, scale, maxBitrate }) => ({
        rid,
        scaleResolutionDownBy: scale * shrinking(track, height),
        maxBitrate,
        maxFramerate: 30,
      }));
  }
}

/** Fits what a camera sends to its picture, and to whether the server takes more than one layer of it. */
export function fit(
  encodings: RTCRtpEncodingParameters[],
  track: MediaStreamTrack | null,
  height: CameraHeight,
  layered: boolean,
): void {
  const shrink = track ? shrinking(track, height) : 1;
  for (const encoding of encodings) {
    const layer = LAYERS[height].find(({ rid }) => rid === encoding.rid);
    encoding.scaleResolutionDownBy = (layered && layer ? layer.scale : 1) * shrink;
    encoding.maxBitrate = layered && layer ? layer.maxBitrate : SINGLE[height];
  }
}

/** How much smaller a camera's picture has to be sent than it is; a phone that is held upright has its lines across. */
function shrinking(track: MediaStreamTrack, height: CameraHeight): number {
  const { width = 0, height: lines = 0 } = track.getSettings?.() ?? {};
  return Math.max(1, Math.min(width, lines) / height);
}
