import { useMemo } from 'react';
import type { StudyResult } from '../../study/result.ts';
import { summariseArm, type ArmSummary, type Spread } from '../../state/summary.ts';
import { armStyles } from '../arm-style.ts';
import { ArmGlyph } from '../charts/Legend.tsx';
import { InfoTip } from '../controls/InfoTip.tsx';
import { percent, percentSpread } from '../format.ts';
import css from './results.module.css';

interface Row {
  readonly label: string;
  readonly help: string;
  readonly pick: (summary: ArmSummary) => Spread | null;
}

const ROWS: readonly Row[] = [
  {
    label: 'Test accuracy, %',
    help: 'Every adapted layer on, on images whose concepts were never trained on.',
    pick: (s) => s.testAccuracy,
  },
  {
    label: 'Midpoint of two seeds, %',
    help: 'Accuracy of the adapter half-way between two seeds when A and B are averaged separately (factor path).',
    pick: (s) => s.midpointFactor,
  },
  {
    label: 'Barrier, points',
    help: 'How far the factor path falls below the straight line between its two ends. 0 means the seeds are linearly connected.',
    pick: (s) => s.barrierFactor,
  },
  {
    label: 'Half the layers: gain kept, %',
    help: 'Every other layer switched off (mean of both halves). 0 = zero-shot, 100 = every layer on.',
    pick: (s) => s.retainedHalf,
  },
  {
    label: 'Credit in top third, %',
    help: 'Share of the Shapley values that the third of the layers nearest the output earns. 33 would be even.',
    pick: (s) => s.topThirdShare,
  },
];

export function SummaryTable({ result }: { result: StudyResult }) {
  const arms = result.config.arms;
  const summaries = useMemo(() => arms.map((arm) => summariseArm(result, arm.id)), [result, arms]);
  const styles = useMemo(() => armStyles(arms), [arms]);
  const { zeroShot, chance } = result.task;
  return (
    <div className={css.summary}>
      <table className={css.summaryTable}>
        <caption className={css.summaryCaption}>
          Mean ± standard deviation over seeds or pairs of seeds. Zero-shot {percent(zeroShot?.accuracy)}, chance{' '}
          {percent(chance)}.
        </caption>
        <thead>
          <tr>
            <th scope="col">At a glance</th>
            {arms.map((arm) => {
              const style = styles.get(arm.id);
              return (
                <th key={arm.id} scope="col">
                  <span className={css.summaryArm}>
                    {style && <ArmGlyph style={style} />}
                    {arm.name}
                  </span>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {ROWS.map((row) => (
            <tr key={row.label}>
              <th scope="row">
                <span className={css.summaryLabel}>
                  {row.label}
                  <InfoTip about={row.label}>
                    <p>{row.help}</p>
                  </InfoTip>
                </span>
              </th>
              {summaries.map((summary) => (
                <td key={summary.arm}>{percentSpread(row.pick(summary))}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
