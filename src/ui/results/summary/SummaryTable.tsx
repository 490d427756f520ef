import { counted } from '../../../core/counted.ts';
import { Suspense, useMemo, useState, type ReactNode } from 'react';
import type { Budget } from '../../../state/summary/spending.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { summariseArm, type ArmSummary, type Spread } from '../../../state/summary/summary.ts';
import type { ScopedInterval } from '../../../core/crossed-interval.ts';
import { SCOPE_WORDS } from '../../../copra/messages.ts';
import { summaryDifference, type SummaryFigure } from '../../../state/summary/summary-differences.ts';
import { armStyles } from '../../arm-style.ts';
import { ArmGlyph } from '../../charts/Legend.tsx';
import { Choice } from '../../controls/Choice.tsx';
import { InfoTip } from '../../controls/InfoTip.tsx';
import { percent, percentSpread } from '../../format.ts';
import { budgetsOf } from '../budgets.ts';
import { frozenText } from '../names.ts';
import { lazily } from '../../lazily.ts';
import shared from '../../shared.module.css';
import css from '../results.module.css';
import { DifferenceCell, SpreadText } from '../measure-cells.tsx';

/** With more arms, arms become rows: that many columns would not fit. */
const MAX_COLUMNS = 4;

const ComparisonTable = lazily(async () => (await import('./ComparisonTable.tsx')).ComparisonTable);
const EqualBudgets = lazily(async () => (await import('./EqualBudgets.tsx')).EqualBudgets);

interface Row {
  readonly label: string;
  readonly help: string;
  readonly figure: SummaryFigure;
  /** Whether the result has it or its study computes it. */
  readonly isAskedFor: (result: StudyResult) => boolean;
}

const hasPaths = ({ config, landscape }: StudyResult): boolean =>
  landscape.length > 0 || (config.analyses.landscape.enabled && config.seeds.length > 1);

const ROWS: readonly Row[] = [
  {
    label: 'Test accuracy, %',
    help: 'Every adapted layer on, on images whose concepts were never trained on.',
    figure: 'testAccuracy',
    isAskedFor: () => true,
  },
  {
    label: 'Midpoint of two seeds, %',
    help: 'Accuracy of the adapter half-way between two seeds when A and B are averaged separately (factor path).',
    figure: 'midpointFactor',
    isAskedFor: hasPaths,
  },
  {
    label: 'Barrier, points',
    help: 'How far the factor path falls below the straight line between its two ends. 0 means the seeds are linearly connected.',
    figure: 'barrierFactor',
    isAskedFor: hasPaths,
  },
  {
    label: 'Half the layers: gain kept, %',
    help: 'Every other layer switched off (mean of both halves). 0 = the frozen backbone, 100 = every layer on.',
    figure: 'retainedHalf',
    isAskedFor: ({ config, pruning }) => pruning.length > 0 || config.analyses.pruning.enabled,
  },
  {
    label: 'Credit in top third, %',
    help: 'Share of the Shapley values that the third of the layers nearest the output earns. 33 would be even.',
    figure: 'topThirdShare',
    isAskedFor: ({ config, shapley }) => shapley.length > 0 || config.analyses.shapley.enabled,
  },
  {
    label: 'Other domains, %',
    help: 'Mean accuracy on domains that no run was trained on, with every adapted layer on.',
    figure: 'otherDomains',
    isAskedFor: ({ config, domains }) => domains !== undefined || config.analyses.domains?.enabled === true,
  },
];

const valueOf = (summary: ArmSummary, figure: SummaryFigure): Spread | null => summary[figure];

/** The scope of a column's intervals, taken from the first one. Until there is one, reserves space for the usual text, so that nothing moves. */
function Scope({ differences }: { differences: readonly (ScopedInterval | null)[] }) {
  const scope = differences.find((difference) => difference?.scope)?.scope;
  return scope ? SCOPE_WORDS[scope] : <span className={css.awaitedWords}>{SCOPE_WORDS['seeds and images']}</span>;
}

/** "56.5 ± 0.3", with the number of runs where some gained too little to count. */
function SpreadCell({ value, of }: { value: Spread | null; of: number | null }) {
  const missing = of !== null && of > 0 && (value?.n ?? 0) < of;
  return (
    <td>
      <SpreadText text={percentSpread(value)} />
      {missing && (
        <span className={css.below}>
          {value === null
            ? 'gained too little to say'
            : `${value.n} of ${of} seeds; the others gained too little to say`}
        </span>
      )}
    </td>
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
  const foot = result.config.arms.length > 1 && (
    <div className={css.equalBudget}>
      <span>After equal</span>
      <Choice label="Table of results: after equal" value={budget} options={options} onChange={setBudget} />
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
  const { chance } = result.task;
  const diverged = result.runs.filter((run) => run.diverged !== undefined).length;
  return (
    <div className={css.summary}>
      <table className={css.summaryTable} data-compared={differences !== null || undefined}>
        <caption className={shared.tableCaption}>
          Mean ± standard deviation over seeds or pairs of seeds.
          {/* Separate lines, so that an arriving number does not move other text. */}
          <span className={css.captionLine}>
            {frozenText(result.task)}, chance {percent(chance)}; {counted(result.task.test, 'test image')}.
            {diverged > 0 && ` Without ${diverged} of ${counted(result.runs.length, 'run')}, which diverged.`}
          </span>
          {differences && (
            <span className={css.captionLine}>
              Difference: second arm minus first, paired by seed, with its 95 % interval{' '}
              <Scope differences={differences} />; strong where that leaves 0 out.
            </span>
          )}
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
            {differences && <th scope="col">Difference</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
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
                <SpreadCell
                  key={summary.arm}
                  value={valueOf(summary, row.figure)}
                  of={row.figure === 'retainedHalf' ? summary.pruned : null}
                />
              ))}
              {differences && <DifferenceCell difference={differences[i]} />}
            </tr>
          ))}
        </tbody>
      </table>
      {foot}
    </div>
  );
}
