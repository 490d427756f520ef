/** Comparison of many arms: one row per arm, like the papers' baseline tables. */
import { useMemo, type ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { summaryCsv } from '../../../state/summary/summary-csv.ts';
import { summariseArm, type ArmSummary, type Spread } from '../../../state/summary/summary.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { armStyles } from '../../arm-style.ts';
import chart from '../../charts/charts.module.css';
import { saveText } from '../../charts/download.ts';
import { ArmGlyph } from '../../charts/Legend.tsx';
import { InfoTip } from '../../controls/InfoTip.tsx';
import { percent, percentParts } from '../../format.ts';
import { frozenText } from '../names.ts';
import { comparisonCaption } from './comparison-caption.ts';
import shared from '../../shared.module.css';
import css from '../results.module.css';

interface Column {
  readonly label: string;
  readonly help: string;
  readonly figure: Exclude<keyof ArmSummary, 'arm' | 'pruned'>;
  /** Whether the first of two means is better. */
  readonly isBetter: (a: number, b: number) => boolean;
}

const larger = (a: number, b: number): boolean => a > b;

/** The columns of CoTo's baseline table, and the barrier. */
const COLUMNS: readonly Column[] = [
  {
    label: 'All on, %',
    help: 'Test accuracy with every adapted layer on.',
    figure: 'testAccuracy',
    isBetter: larger,
  },
  {
    label: 'Merge 1 : 1, %',
    help: 'Accuracy of the adapter half-way between two seeds when A and B are averaged separately (factor path).',
    figure: 'midpointFactor',
    isBetter: larger,
  },
  {
    label: 'Barrier, points',
    help: 'How far the factor path falls below the straight line between its two ends. 0 means the seeds are linearly connected.',
    figure: 'barrierFactor',
    isBetter: (a, b) => a < b,
  },
  {
    label: 'Every other, %',
    help: 'Accuracy with every other layer switched off, the mean of both halves.',
    figure: 'accuracyHalf',
    isBetter: larger,
  },
];

/** The best mean of a column as displayed; null if fewer than two arms have one. */
function bestOf({ figure, isBetter }: Column, summaries: readonly ArmSummary[]): string | null {
  const values = summaries.flatMap((summary) => summary[figure] ?? []);
  if (values.length < 2) return null;
  return percentParts(values.reduce((best, other) => (isBetter(other.mean, best.mean) ? other : best))).mean;
}

/** @param foot shown below the table */
export function ComparisonTable({ result, foot }: { result: StudyResult; foot: ReactNode }) {
  const { arms } = result.config;
  const summaries = useMemo(() => arms.map((arm) => summariseArm(result, arm.id)), [result, arms]);
  const styles = useMemo(() => armStyles(arms), [arms]);
  const best = COLUMNS.map((column) => bestOf(column, summaries));
  const { chance } = result.task;
  return (
    <div className={css.summary}>
      <p className={css.comparisonReading}>{comparisonCaption(result)}</p>
      <table className={`${shared.table} ${css.comparison}`}>
        <caption>
          Mean ± standard deviation over seeds or pairs of seeds; bold: the best mean of a column.{' '}
          {frozenText(result.task)}, chance {percent(chance)}.
        </caption>
        <thead>
          <tr>
            <th scope="col">At a glance</th>
            {COLUMNS.map(({ label, help }) => (
              <th key={label} scope="col">
                {label}
                <InfoTip about={label}>
                  <p>{help}</p>
                </InfoTip>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {arms.map(({ id, name }, i) => {
            const style = styles.get(id);
            return (
              <tr key={id}>
                <th scope="row">
                  <span className={css.summaryArm}>
                    <span className={css.comparisonNumber}>{i + 1}</span>
                    {style && <ArmGlyph style={style} />}
                    {name}
                  </span>
                </th>
                {COLUMNS.map(({ label, figure }, c) => (
                  <td key={label}>
                    <Value value={summaries[i][figure]} best={best[c]} />
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
      <div className={css.comparisonFoot}>
        {foot}
        <Button
          className={chart.download}
          aria-label="Table of results: download CSV"
          isDisabled={result.runs.length === 0}
          onPress={() => saveText(summaryCsv(result), 'copra-arms.csv')}
        >
          CSV
        </Button>
      </div>
    </div>
  );
}

/** The spread may go below the mean where columns are narrow. */
function Value({ value, best }: { value: Spread | null; best: string | null }) {
  const { mean, spread } = percentParts(value);
  return (
    <>
      {mean === best ? <strong>{mean}</strong> : mean}{' '}
      {spread && <span className={css.comparisonSpread}>{spread}</span>}
    </>
  );
}
