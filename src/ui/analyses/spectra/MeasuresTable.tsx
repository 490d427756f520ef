import { valueSpread } from '../../../copra/readings/geometry.ts';
import { intervalText } from '../../../copra/readings/spectra.ts';
import { fixed } from '../../format.ts';
import css from '../../results/measures-table.module.css';
import { MeasuresCard } from '../../results/MeasuresCard.tsx';
import { SpreadText } from '../../results/SpreadText.tsx';
import type { MeasureRow } from './spectra-plot.ts';

interface Props {
  readonly arms: readonly string[];
  readonly rows: readonly MeasureRow[];
}

/** The spectra of whole adapters: every measure per arm, and how far every arm is from the first. */
export function MeasuresTable({ arms, rows }: Props) {
  return (
    <MeasuresCard
      title="Spectra of whole adapters"
      caption={
        <>
          Mean over projections, ± standard deviation over seeds. Differences are paired by seed, with their 95 %
          interval.
        </>
      }
    >
      <thead>
        <tr>
          <th scope="col">Measure</th>
          {arms.map((arm) => (
            <th key={arm} scope="col">
              {arm}
            </th>
          ))}
          {arms.slice(1).map((arm) => (
            <th key={arm} scope="col">
              {arm} − {arms[0]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ measure, values, differences }) => (
          <tr key={measure.id}>
            <th scope="row">{measure.share ? `${measure.name}, %` : measure.name}</th>
            {values.map((list, i) => (
              <td key={arms[i]}>
                <SpreadText text={valueSpread(list)} />
              </td>
            ))}
            {differences.map((difference, i) => (
              <td key={arms[i + 1]}>
                {difference ? fixed(difference.mean, 2) : '–'}
                {difference && difference.scope !== null && (
                  <span className={css.interval}>{intervalText(difference)}</span>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </MeasuresCard>
  );
}
