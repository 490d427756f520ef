import { comingCode } from '../../../platform/coming-code.ts';
import { Suspense, useMemo, useState, type ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { useStore } from 'zustand/react';
import type { Budget } from '../../../state/summary/arm-spending.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { summariseArm } from '../../../state/summary/arm-summary.ts';
import type { Spread } from '../../../state/summary/summary.ts';
import { baselineOf, baselineStore, glanceFigures } from '../../../state/summary/glance.ts';
import { summaryDifference } from '../../../state/summary/summary-differences.ts';
import { armStyles } from '../../arm-style.ts';
import chart from '../../charts/charts.module.css';
import { saveText } from '../../charts/download.ts';
import { CHARTS_WORDS } from '../../charts/messages.ts';
import { useSaveNewest } from '../../charts/newest.ts';
import { isAwaited } from '../../charts/figure-contexts.ts';
import { Choice } from '../../controls/Choice.tsx';
import { percent, percentSpread } from '../../format.ts';
import { unbroken } from '../../unbroken.ts';
import { budgetsOf } from '../budgets.ts';
import { frozenText } from '../names.ts';
import { lazily } from '../../lazily.tsx';
import shared from '../../shared.module.css';
import css from '../results.module.css';
import { DifferenceCell, SpreadText } from '../measure-cells.tsx';
import { divergedText } from './diverged.ts';
import { meansText } from './means-text.ts';
import { SUMMARY_WORDS } from './messages.ts';
import { rowWords } from './row-words.ts';
import { ArmsHead, MAX_COLUMNS, RowLabel, Scope, afterScope } from './table-parts.tsx';

const ComparisonTable = lazily(async () => (await import('./ComparisonTable.tsx')).ComparisonTable);
const ArmDifferences = lazily(async () => (await import('./ArmDifferences.tsx')).ArmDifferences);
const EqualBudgets = lazily(async () => (await import('./EqualBudgets.tsx')).EqualBudgets);

/** "56.5 ± 0.3", with the number of runs where some gained too little to count. */
function SpreadCell({ value, of }: { value: Spread | null; of: number | null }) {
  const missing = of !== null && of > 0 && (value?.n ?? 0) < of;
  return (
    <td>
      <SpreadText text={percentSpread(value)} />
      {missing && (
        <span className={css.below}>
          {value === null ? SUMMARY_WORDS.gainedTooLittle : SUMMARY_WORDS.someGainedTooLittle(value.n, of)}
        </span>
      )}
    </td>
  );
}

/** Means, and differences from the baseline, as a file. */
function SaveTable({ result }: { result: StudyResult }) {
  const save = useSaveNewest(async () => {
    const { summaryCsv } = await comingCode(import('../../../state/summary/summary-csv.ts'));
    saveText(summaryCsv(result, baselineOf(result.config, baselineStore.getState().arm)), 'copra-arms.csv');
  });
  return (
    <Button
      className={chart.download}
      aria-label={CHARTS_WORDS.download(SUMMARY_WORDS.table, 'CSV')}
      isDisabled={result.runs.length === 0}
      onPress={() => void save()}
    >
      CSV
    </Button>
  );
}

interface TableProps {
  readonly result: StudyResult;
  /** Shown below the table. */
  readonly foot: ReactNode;
}

/** All arms at the end of their training, or every further arm against the first where both have spent the same. */
export function SummaryTable({ result }: { result: StudyResult }) {
  const [wanted, setBudget] = useState<Budget>('steps');
  const options = budgetsOf(result);
  const budget = options.some(({ id }) => id === wanted) ? wanted : 'steps';
  const { length } = result.config.arms;
  const foot = (
    <>
      <div className={css.comparisonFoot}>
        {length > 1 ? (
          <div className={css.equalBudget}>
            <span>{SUMMARY_WORDS.afterEqual}</span>
            <Choice label={SUMMARY_WORDS.afterEqualLabel} value={budget} options={options} onChange={setBudget} />
          </div>
        ) : (
          <span />
        )}
        {budget === 'steps' && <SaveTable result={result} />}
      </div>
      {length > 2 && budget === 'steps' && (
        <Suspense>
          <ArmDifferences result={result} />
        </Suspense>
      )}
    </>
  );
  if (budget !== 'steps')
    return (
      <div className={css.summary}>
        <Suspense>
          <EqualBudgets result={result} budget={budget} />
        </Suspense>
        {foot}
      </div>
    );
  if (length <= MAX_COLUMNS) return <FewArms result={result} foot={foot} />;
  return (
    <Suspense>
      <ComparisonTable result={result} foot={foot} />
    </Suspense>
  );
}

function FewArms({ result, foot }: TableProps) {
  const arms = result.config.arms;
  const figures = useMemo(() => glanceFigures(result), [result]);
  const baseline = baselineOf(
    result.config,
    useStore(baselineStore, (state) => state.arm),
  );
  const summaries = useMemo(
    () => arms.map((arm) => summariseArm(result, arm.id, baseline.id)),
    [result, arms, baseline.id],
  );
  const differences = useMemo(
    () =>
      arms.length === 2 ? figures.map((figure) => summaryDifference(result, arms[0].id, arms[1].id, figure)) : null,
    [result, arms, figures],
  );
  const styles = useMemo(() => armStyles(arms), [arms]);
  // A study that was stopped before its tests has no intervals to explain.
  const scoped = differences?.some((difference) => difference?.scope) || isAwaited(result) ? differences : null;
  const rows = rowWords(figures, result.config, baseline);
  const labels = rows.map(({ label }) => label);
  const { chance } = result.task;
  const diverged = divergedText(result);
  return (
    <div className={css.summary}>
      <div className={css.summaryScroll}>
        <table className={css.summaryTable} data-compared={differences !== null || undefined}>
          {/* Before anything is known of the test images, it keeps its room and says nothing. */}
          <caption className={shared.tableCaption} data-blank={result.task.test === 0 || undefined}>
            {unbroken(meansText(result, figures, summaries, labels))}
            {/* Separate lines, so that an arriving number does not move other text. */}
            <span className={css.captionLine}>
              {unbroken(SUMMARY_WORDS.baseOver(frozenText(result.task), percent(chance), result.task.test))}
              {diverged && ` ${unbroken(diverged)}`}
            </span>
            {scoped && (
              <span className={css.captionLine}>
                {unbroken(SUMMARY_WORDS.intervals.before)}
                <Scope differences={scoped} labels={labels} />
                {unbroken(afterScope(result))}
              </span>
            )}
          </caption>
          <ArmsHead title={SUMMARY_WORDS.atAGlance} {...{ arms, styles }}>
            {differences && <th scope="col">{SUMMARY_WORDS.difference}</th>}
          </ArmsHead>
          <tbody>
            {figures.map((figure, i) => (
              <tr key={figure}>
                <th scope="row">
                  <RowLabel {...rows[i]} />
                </th>
                {summaries.map((summary) => (
                  <SpreadCell
                    key={summary.arm}
                    value={summary[figure]}
                    of={figure === 'retainedHalf' ? summary.pruned : null}
                  />
                ))}
                {differences && <DifferenceCell difference={differences[i]} />}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {foot}
    </div>
  );
}
