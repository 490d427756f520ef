import { valueSpread } from '../../../study/readings/numbers.ts';
import { signed, signedEnd } from '../../format.ts';
import { MeasuresCard } from '../../results/MeasuresCard.tsx';
import { SPECTRA_WORDS } from './messages.ts';
import { measureName, type MeasureRow } from './spectra-plot.ts';
import { DifferenceCell, SpreadText } from '../../results/measure-cells.tsx';

interface Props {
  readonly arms: readonly string[];
  readonly rows: readonly MeasureRow[];
}

const written = (difference: number): string => signed(difference, 2);
const writtenEnd = (end: number): string => signedEnd(end, 2);

/** The spectra of whole adapters: every measure per arm, and how far every arm is from the first. */
export function MeasuresTable({ arms, rows }: Props) {
  const seeds = Math.max(0, ...rows.flatMap(({ values }) => values.map((list) => list.length)));
  return (
    <MeasuresCard title={SPECTRA_WORDS.tableTitle} caption={SPECTRA_WORDS.tableCaption(seeds)}>
      <thead>
        <tr>
          <th scope="col">{SPECTRA_WORDS.measure}</th>
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
            <th scope="row">{measureName(measure)}</th>
            {values.map((list, i) => (
              <td key={arms[i]}>
                <SpreadText text={valueSpread(list)} />
              </td>
            ))}
            {differences.map((difference, i) => (
              <DifferenceCell key={arms[i + 1]} difference={difference} write={written} writeEnd={writtenEnd} />
            ))}
          </tr>
        ))}
      </tbody>
    </MeasuresCard>
  );
}
