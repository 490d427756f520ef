import { Suspense, useMemo, useState, type ReactNode } from 'react';
import type { Budget } from '../../../state/summary/spending.ts';
import { hasAveragedClients, hasAveragingErrors } from '../../../study/result/measures/federated.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { summariseArm, type ArmSummary, type Spread } from '../../../state/summary/summary.ts';
import type { ScopedInterval } from '../../../core/crossed-interval.ts';
import { READING_WORDS } from '../../../study/readings/messages.ts';
import { scopeText } from '../../../study/readings/words.ts';
import { clearSide } from '../../../copra/seed-differences.ts';
import { summaryDifference, type SummaryFigure } from '../../../state/summary/summary-differences.ts';
import { armStyles } from '../../arm-style.ts';
import { ArmGlyph } from '../../charts/Legend.tsx';
import { isAwaited } from '../../charts/figure-contexts.ts';
import { Choice } from '../../controls/Choice.tsx';
import { InfoTip } from '../../controls/InfoTip.tsx';
import { percent, percentSpread } from '../../format.ts';
import { unbroken } from '../../unbroken.ts';
import { budgetsOf } from '../budgets.ts';
import { frozenText } from '../names.ts';
import { lazily } from '../../lazily.tsx';
import shared from '../../shared.module.css';
import css from '../results.module.css';
import { DifferenceCell, LabelText, SpreadText } from '../measure-cells.tsx';
import { divergedText } from './diverged.ts';
import { SUMMARY_WORDS } from './messages.ts';

/** With more arms, arms become rows: that many columns would not fit. */
const MAX_COLUMNS = 4;

const ComparisonTable = lazily(async () => (await import('./ComparisonTable.tsx')).ComparisonTable);
const EqualBudgets = lazily(async () => (await import('./EqualBudgets.tsx')).EqualBudgets);

interface Row {
  /** The figure of a summary, and the words for it. */
  readonly figure: SummaryFigure & keyof typeof SUMMARY_WORDS.rows;
  /** Whether the result has it or its study computes it. */
  readonly isAskedFor: (result: StudyResult) => boolean;
}

const hasPaths = ({ config, landscape }: StudyResult): boolean =>
  landscape.length > 0 || (config.analyses.landscape.enabled && config.seeds.length > 1);

const ROWS: readonly Row[] = [
  { figure: 'testAccuracy', isAskedFor: () => true },
  { figure: 'midpointFactor', isAskedFor: hasPaths },
  { figure: 'barrierFactor', isAskedFor: hasPaths },
  {
    figure: 'retainedHalf',
    isAskedFor: ({ config, pruning }) => pruning.length > 0 || config.analyses.pruning.enabled,
  },
  {
    figure: 'topThirdShare',
    isAskedFor: ({ config, shapley }) => shapley.length > 0 || config.analyses.shapley.enabled,
  },
  {
    figure: 'otherDomains',
    isAskedFor: ({ config, domains }) => domains !== undefined || config.analyses.domains?.enabled === true,
  },
  {
    figure: 'tasksMerged',
    isAskedFor: ({ config, multitask }) => multitask !== undefined || config.analyses.multitask?.enabled === true,
  },
  { figure: 'clients', isAskedFor: hasAveragedClients },
  { figure: 'averagingError', isAskedFor: hasAveragingErrors },
];

const valueOf = (summary: ArmSummary, figure: SummaryFigure): Spread | null => summary[figure];

interface ScopeProps {
  readonly differences: readonly (ScopedInterval | null)[];
  /** Labels of the rows. */
  readonly labels: readonly string[];
}

/** The scope of a column's intervals, and of those that are shown and have another. While one is awaited, reserves space for the usual text, so that nothing moves. */
function Scope({ differences, labels }: ScopeProps) {
  const first = differences.find((difference) => difference?.scope);
  if (!first) return <span className={css.awaitedWords}>{READING_WORDS.scopes['seeds and images']}</span>;
  const others = differences.flatMap((difference, i) =>
    // Too few seeds: the cell has these words in place of an interval.
    difference?.scope && scopeText(difference) !== scopeText(first) && clearSide(difference) !== null
      ? [SUMMARY_WORDS.intervals.except(labels[i], scopeText(difference))]
      : [],
  );
  return scopeText(first) + others.join('');
}

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

/** What a row has, with its explanation. */
const RowLabel = ({ label, help }: { readonly label: string; readonly help: string }) => (
  <span className={css.summaryLabel}>
    <LabelText label={label} />
    <InfoTip about={label}>
      <p>{help}</p>
    </InfoTip>
  </span>
);

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
  const foot = result.config.arms.length > 1 && (
    <div className={css.equalBudget}>
      <span>{SUMMARY_WORDS.afterEqual}</span>
      <Choice label={SUMMARY_WORDS.afterEqualLabel} value={budget} options={options} onChange={setBudget} />
    </div>
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
  if (result.config.arms.length <= MAX_COLUMNS) return <FewArms result={result} foot={foot} />;
  return (
    <Suspense>
      <ComparisonTable result={result} foot={foot} />
    </Suspense>
  );
}

function FewArms({ result, foot }: TableProps) {
  const arms = result.config.arms;
  const rows = useMemo(() => ROWS.filter(({ isAskedFor }) => isAskedFor(result)), [result]);
  const summaries = useMemo(() => arms.map((arm) => summariseArm(result, arm.id)), [result, arms]);
  const differences = useMemo(
    () =>
      arms.length === 2 ? rows.map(({ figure }) => summaryDifference(result, arms[0].id, arms[1].id, figure)) : null,
    [result, arms, rows],
  );
  const styles = useMemo(() => armStyles(arms), [arms]);
  // A study that was stopped before its tests has no intervals to explain.
  const scoped = differences?.some((difference) => difference?.scope) || isAwaited(result) ? differences : null;
  const { chance } = result.task;
  const diverged = divergedText(result);
  return (
    <div className={css.summary}>
      <div className={css.summaryScroll}>
        <table className={css.summaryTable} data-compared={differences !== null || undefined}>
          <caption className={shared.tableCaption}>
            {unbroken(SUMMARY_WORDS.means)}
            {/* Separate lines, so that an arriving number does not move other text. */}
            <span className={css.captionLine}>
              {unbroken(SUMMARY_WORDS.baseOver(frozenText(result.task), percent(chance), result.task.test))}
              {diverged && ` ${unbroken(diverged)}`}
            </span>
            {scoped && (
              <span className={css.captionLine}>
                {unbroken(SUMMARY_WORDS.intervals.before)}
                <Scope differences={scoped} labels={rows.map(({ figure }) => SUMMARY_WORDS.rows[figure].label)} />
                {unbroken(SUMMARY_WORDS.intervals.after)}
              </span>
            )}
          </caption>
          <thead>
            <tr>
              <th scope="col">{SUMMARY_WORDS.atAGlance}</th>
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
              {differences && <th scope="col">{SUMMARY_WORDS.difference}</th>}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ figure }, i) => (
              <tr key={figure}>
                <th scope="row">
                  <RowLabel {...SUMMARY_WORDS.rows[figure]} />
                </th>
                {summaries.map((summary) => (
                  <SpreadCell
                    key={summary.arm}
                    value={valueOf(summary, figure)}
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
