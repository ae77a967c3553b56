import { describe, expect, it } from 'vitest';
import { gridOf } from '../src/room/grid';

describe('gridOf', () => {
  it.each([
    [1, 1408, 756, 1],
    [2, 1408, 756, 2],
    [3, 1408, 756, 2],
    [4, 1408, 756, 2],
    [7, 1408, 756, 3],
    [2, 374, 716, 1],
    [6, 374, 716, 2],
  ])('%d panes in %d by %d stand in %d columns', (panes, width, height, columns) => {
    expect(gridOf(panes, width, height, 8).columns).toBe(columns);
  });

  it('never reaches over its stage, and keeps the shape of its panes', () => {
    for (let panes = 1; panes <= 30; panes++) {
      for (const [width, height] of [[1408, 756], [374, 716], [300, 300], [2560, 300]] as const) {
        const grid = gridOf(panes, width, height, 8);
        expect(grid.columns * grid.rows).toBeGreaterThanOrEqual(panes);
        expect(grid.width * grid.columns + 8 * (grid.columns - 1)).toBeLessThanOrEqual(width);
        expect(grid.height * grid.rows + 8 * (grid.rows - 1)).toBeLessThanOrEqual(height);
        expect(grid.width / grid.height).toBeLessThan(1.8);
        expect(grid.width / grid.height).toBeGreaterThan(0.99);
      }
    }
  });

  it('has nothing to show on a stage without room', () => {
    expect(gridOf(3, 0, 0, 8).width).toBe(0);
  });
});
