import { gridOf, type Grid } from './grid';

/** How the panes of a stage stand: the shared screens, if any, large and above everybody. */
export interface Layout {
  screens: Grid | null;
  people: Grid;
}

/** The filmstrip's part of a wide stage, and the least and most pixels of it. */
const STRIP = { part: 0.18, least: 72, most: 144 };
/** The most of a tall stage that goes to screens: below them there is room for faces. */
const TALL_PART = 0.6;

export function layoutOf(screens: number, people: number, width: number, height: number, gap: number): Layout {
  if (screens === 0) return { screens: null, people: gridOf(people, width, height, gap) };
  const above =
    width > height
      ? height - gap - Math.min(STRIP.most, Math.max(STRIP.least, height * STRIP.part))
      : Math.min(height * TALL_PART, (width * screens * 9) / 16 + gap * (screens - 1));
  const shown = Math.max(0, Math.ceil(above));
  return {
    screens: gridOf(screens, width, shown, gap),
    people: gridOf(people, width, Math.max(0, height - gap - shown), gap),
  };
}
