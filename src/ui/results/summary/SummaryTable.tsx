import { counted } from '../../../core/counted.ts';
import { Suspense, useMemo } from 'react';
import type { StudyResult } from '../../../study/result/result.ts';
import { summariseArm, type ArmSummary, type Spread } from '../../../state/summary/summary.ts';
import type { ScopedInterval } from '../../../core/crossed-interval.ts';
import { clearSide, SCOPE_WORDS } from '../../../copra/seed-differences.ts';
import { summaryDifference, type SummaryFigure } from '../../../state/summary/summary-differences.ts';
import { armStyles } from '../../arm-style.ts';
import { ArmGlyph } from '../../charts/Legend.tsx';
import { InfoTip } from '../../controls/InfoTip.tsx';
import { percent, percentSpread, signedPoints } from '../../format.ts';
import { frozenText } from '../names.ts';
import { lazily } from '../../lazily.ts';
import css from '../results.module.css';
import { SpreadText } from '../SpreadText.tsx';

/** With more arms, arms become rows: that many columns would not fit. */
const MAX_COLUMNS = 4;

const ArmsFigure = lazily(async () => (await import('./ArmsFigure.tsx')).ArmsFigure);
const ComparisonTable = lazily(async () => (await import('./ComparisonTable.tsx')).ComparisonTable);

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

/** The difference of two arms above its 95 % interval; bold where the interval excludes 0. */
function DifferenceCell({ difference }: { difference: ScopedInterval | null }) {
  if (!difference) return <td>–</td>;
  const { mean, low, high } = difference;
  const side = clearSide(difference);
  return (
    <td className={css.difference} data-clear={side === 1 || side === -1 || undefined}>
      {signedPoints(mean)}
      <span className={css.interval}>
        {side === null ? (
          'too few seeds to say'
        ) : (
          <>
            <span className={css.unbroken}>{signedPoints(low)} to</span>{' '}
            <span className={css.unbroken}>{signedPoints(high)}</span>
          </>
        )}
      </span>
    </td>
  );
}

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
        <span className={css.interval}>
          {value === null
            ? 'gained too little to say'
            : `${value.n} of ${of} seeds; the others gained too little to say`}
        </span>
      )}
    </td>
  );
}

export function SummaryTable({ result }: { result: StudyResult }) {
  if (result.config.arms.length <= MAX_COLUMNS) return <FewArms result={result} />;
  return (
    <Suspense>
      <div className={css.manyArms}>
        {hasPaths(result) && <ArmsFigure result={result} />}
        <ComparisonTable result={result} />
      </div>
    </Suspense>
  );
}

function FewArms({ result }: { result: StudyResult }) {
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
        <caption className={css.summaryCaption}>
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
    </div>
  );
}
