import { describe, expect, it } from 'vitest';
import { layoutOf } from '../src/room/layout';

const GAP = 8;

describe('the stage', () => {
  it.each([
    ['desktop', 1408, 760],
    ['small window', 700, 420],
    ['phone', 374, 680],
    ['phone on its side', 780, 250],
  ])('of a %s has room for every pane', (_, width, height) => {
    for (const screens of [0, 1, 2, 3]) {
      for (let people = 1; people <= 9; people++) {
        const layout = layoutOf(screens, people, width, height, GAP);
        const rows = [layout.screens, layout.people].flatMap((grid) => (grid ? [grid] : []));
        for (const grid of rows) {
          expect(grid.columns * (grid.width + GAP) - GAP).toBeLessThanOrEqual(width);
          expect(grid.width).toBeGreaterThan(0);
        }
        const tall = rows.reduce((sum, grid) => sum + grid.rows * (grid.height + GAP), -GAP);
        expect(tall).toBeLessThanOrEqual(height);
      }
    }
  });

  it('gives a shared screen the most of it, and everybody one row below', () => {
    const { screens, people } = layoutOf(1, 6, 1408, 760, GAP);
    expect(screens!.width * screens!.height).toBeGreaterThan(0.6 * 1408 * 760);
    expect(people.rows).toBe(1);
  });

  it('gives it the whole width of a phone, and faces what is left', () => {
    const { screens, people } = layoutOf(1, 3, 374, 680, GAP);
    expect(screens!.width).toBe(374);
    expect(people.height).toBeGreaterThan(100);
  });
});
