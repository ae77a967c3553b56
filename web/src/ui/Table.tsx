import type { ComponentChildren } from 'preact';

export interface Column<T> {
  head: string;
  cell: (row: T) => ComponentChildren;
  /** Numbers and buttons stand at the end of their line. */
  end?: boolean;
  /** Its words are for the ear alone. */
  quiet?: boolean;
  /** May be long, and wraps wherever it must. */
  long?: boolean;
}

interface TableProps<T> {
  label: string;
  columns: Column<T>[];
  rows: T[];
  id: (row: T) => string;
  testid?: string;
}

/** A plain table; where there is little room each row becomes a card. The roles stay, whatever the style makes of them. */
export function Table<T>({ label, columns, rows, id, testid }: TableProps<T>) {
  return (
    <div class="table-frame" role="group" aria-label={label} tabIndex={0}>
      <table class="table" role="table" aria-label={label}>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <th key={column.head} role="columnheader" scope="col" class={column.end ? 'cell-end' : undefined}>
                {column.quiet ? <span class="unseen">{column.head}</span> : column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr key={id(row)} role="row" data-testid={testid} data-row={id(row)}>
              {columns.map((column) => (
                <td key={column.head} role="cell" class={column.end ? 'cell-end' : column.long ? 'cell-long' : undefined}>
                  {!column.quiet && (
                    <span class="cell-head" aria-hidden="true">
                      {column.head}
                    </span>
                  )}
                  <span class="cell">{column.cell(row)}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
