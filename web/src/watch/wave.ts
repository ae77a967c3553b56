// The shape of a recording's sound, as the server tells it (docs/formats.md).

/** The mix is the first of `channels`; `data` has the least and the greatest of each channel, pixel by pixel. */
export interface Waveform {
  channels: number;
  length: number;
  data: number[];
}

/** So quiet a recording looks as quiet as it is; a louder one fills the height. */
const LEAST_PEAK = 16;

/** An outline of the mix for an SVG that is `length` wide and reaches from -1 to 1. */
export function outlineOf(wave: Waveform): string {
  const lows: number[] = [];
  const highs: number[] = [];
  for (let pixel = 0; pixel < wave.length; pixel++) {
    lows.push(wave.data[pixel * 2 * wave.channels] ?? 0);
    highs.push(wave.data[pixel * 2 * wave.channels + 1] ?? 0);
  }
  const peak = Math.max(LEAST_PEAK, ...lows.map((low) => -low), ...highs);
  // down is positive in an SVG, and silence is a thin line
  const above = highs.map((high, x) => `${x},${round(-Math.max(high / peak, 0.03))}`);
  const below = lows.map((low, x) => `${x},${round(Math.max(-low / peak, 0.03))}`).reverse();
  return wave.length === 0 ? '' : `M${[...above, ...below].join('L')}Z`;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
