import shared from '../shared.module.css';
import css from './charts.module.css';
import { CHARTS_WORDS } from './messages.ts';

export interface TableData {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The numbers of a chart as a table, for readers who cannot or prefer not to read them off the picture. */
export function DataTable({ data, caption }: { data: TableData; caption: string }) {
  return (
    <div className={css.tableScroll} tabIndex={0} role="region" aria-label={CHARTS_WORDS.dataOf(caption)}>
      <table className={`${shared.table} ${css.table}`}>
        <thead>
          <tr>
            {data.head.map((cell, i) => (
              <th key={i} scope="col">
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.rows.map((row, r) => (
            <tr key={r}>
              {row.map((cell, c) =>
                c === 0 ? (
                  <th key={c} scope="row">
                    <span className={css.rowName}>{cell}</span>
                  </th>
                ) : (
                  <td key={c}>{cell}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
