/** Comparison of many arms: one row per arm, like the papers' baseline tables. */
import { useMemo, type ReactNode } from 'react';
import { summariseArm, type ArmSummary } from '../../../state/summary/arm-summary.ts';
import { SUMMARY_MEASURES } from '../../../state/summary/summary-differences.ts';
import type { Spread } from '../../../state/summary/summary.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { armStyles } from '../../arm-style.ts';
import { InfoTip } from '../../controls/InfoTip.tsx';
import { percent, percentParts } from '../../format.ts';
import { unbroken } from '../../unbroken.ts';
import { LabelText } from '../measure-cells.tsx';
import { frozenText } from '../names.ts';
import { joined } from '../left-out.ts';
import { comparisonCaption } from './comparison-caption.ts';
import { divergedText } from './diverged.ts';
import { meansText } from './means-text.ts';
import { SUMMARY_WORDS } from './messages.ts';
import { ArmName, FIGURES_OF_MANY } from './table-parts.tsx';
import shared from '../../shared.module.css';
import css from '../results.module.css';

/** The best mean of a column as displayed; null if fewer than two arms have one. */
function bestOf(figure: (typeof FIGURES_OF_MANY)[number], summaries: readonly ArmSummary[]): string | null {
  const sign = SUMMARY_MEASURES[figure].lowerIsBetter ? -1 : 1;
  const values = summaries.flatMap((summary) => summary[figure] ?? []);
  if (values.length < 2) return null;
  return percentParts(values.reduce((best, other) => (sign * (other.mean - best.mean) > 0 ? other : best))).mean;
}

/** @param foot shown below the table */
export function ComparisonTable({ result, foot }: { result: StudyResult; foot: ReactNode }) {
  const { arms } = result.config;
  const summaries = useMemo(() => arms.map((arm) => summariseArm(result, arm.id)), [result, arms]);
  const styles = useMemo(() => armStyles(arms), [arms]);
  const best = FIGURES_OF_MANY.map((figure) => bestOf(figure, summaries));
  const { chance } = result.task;
  return (
    <div className={css.summary}>
      <p className={css.comparisonReading}>{unbroken(comparisonCaption(result))}</p>
      <table className={`${shared.table} ${css.comparison}`}>
        <caption>
          {unbroken(
            joined(
              meansText(
                result,
                FIGURES_OF_MANY,
                summaries,
                FIGURES_OF_MANY.map((figure) => SUMMARY_WORDS.columns[figure].label),
              ),
              SUMMARY_WORDS.means.bold,
              SUMMARY_WORDS.base(frozenText(result.task), percent(chance)),
              divergedText(result),
            ),
          )}
        </caption>
        <thead>
          <tr>
            <th scope="col">{SUMMARY_WORDS.atAGlance}</th>
            {FIGURES_OF_MANY.map((figure) => {
              const { label, help } = SUMMARY_WORDS.columns[figure];
              return (
                <th key={figure} scope="col">
                  <LabelText label={label}>
                    <InfoTip about={label}>
                      <p>{help}</p>
                    </InfoTip>
                  </LabelText>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {arms.map((arm, i) => (
            <tr key={arm.id}>
              <th scope="row">
                <ArmName arm={arm} styles={styles} number={i + 1} />
              </th>
              {FIGURES_OF_MANY.map((figure, c) => (
                <td key={figure}>
                  <Value value={summaries[i][figure]} best={best[c]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {foot}
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
