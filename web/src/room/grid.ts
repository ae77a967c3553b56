export interface Grid {
  columns: number;
  rows: number;
  width: number;
  height: number;
}

const WIDEST = 16 / 9;
/** A tall stage, a telephone's, may crop pictures to squares; a wide one keeps more of them. */
const NARROWEST = { tall: 1, wide: 4 / 3 };

/** The columns that give each of so many panes most room, none wider than 16:9. */
export function gridOf(panes: number, width: number, height: number, gap: number): Grid {
  const narrowest = width > height ? NARROWEST.wide : NARROWEST.tall;
  let best: Grid = { columns: 1, rows: 1, width: 0, height: 0 };
  for (let columns = 1; columns <= Math.max(1, panes); columns++) {
    const rows = Math.ceil(Math.max(1, panes) / columns);
    const candidate = fit((width - gap * (columns - 1)) / columns, (height - gap * (rows - 1)) / rows, narrowest);
    if (candidate.width * candidate.height > best.width * best.height) best = { columns, rows, ...candidate };
  }
  return best;
}

function fit(width: number, height: number, narrowest: number): { width: number; height: number } {
  const w = Math.max(0, Math.floor(width));
  const h = Math.max(0, Math.floor(height));
  if (w > h * WIDEST) return { width: Math.floor(h * WIDEST), height: h };
  if (w < h * narrowest) return { width: w, height: Math.floor(w / narrowest) };
  return { width: w, height: h };
}
