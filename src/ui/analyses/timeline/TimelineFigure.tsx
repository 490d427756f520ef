import { PART_WORDS } from '../../../lessons/part-words.ts';
import { timelineTold } from './timeline-caption.ts';
import { use, useMemo, useState } from 'react';
import type { Budget } from '../../../state/summary/arm-spending.ts';
import { timelineCsv, type Spent } from '../../../share/analyses/timeline/csv.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import { EmbeddedContext } from '../../charts/figure-contexts.ts';
import { Legend } from '../../charts/Legend.tsx';
import { Choice } from '../../controls/Choice.tsx';
import { Segmented } from '../../controls/Segmented.tsx';
import { joined } from '../../results/left-out.ts';
import { budgetsOf } from '../../results/budgets.ts';
import { shownBudget, spentAxis, useSpendings } from '../../results/spent.ts';
import { imagesMeta, joinMeta, pairsMeta, seedsMeta, testedImages } from '../../results/figure-meta.ts';
import table from '../../results/measures-table.module.css';
import results from '../../results/results.module.css';
import { BudgetTable } from './BudgetTable.tsx';
import { RESULT_WORDS } from '../../results/messages.ts';
import { TIMELINE_WORDS } from './messages.ts';
import { budgetComparisons, equalCaption } from './equal-budgets.ts';
import { timelineCaption } from './timeline-caption.ts';
import { TIMELINE_MEASURES, timelinePlot, timelineTable, type TimelineMeasure } from './timeline-plot.ts';

/** What runs, and points between two of them, are worth on the way through training, and at equal budgets. */
export function TimelineFigure({ result }: { result: StudyResult }) {
  const embedded = use(EmbeddedContext);
  const { timeline, config } = result;
  const [wanted, setWanted] = useState<TimelineMeasure['id']>('midpoint');
  const [wantedBudget, setBudget] = useState<Budget>('steps');
  const measure = TIMELINE_MEASURES.find(({ id }) => id === wanted) ?? TIMELINE_MEASURES[0];
  const hasRuns = (timeline?.runs.length ?? 0) > 0;
  const spendings = useSpendings(result, hasRuns);
  const budget = shownBudget(result, wantedBudget, spendings);
  const build = useMemo(
    () => timelinePlot(result, measure, spentAxis(result, budget, spendings)),
    [result, measure, budget, spendings],
  );
  const data = useMemo(() => timelineTable(result, spendings), [result, spendings]);
  const reading = useMemo(() => timelineCaption(result), [result]);
  const comparisons = useMemo(
    () => (spendings && hasRuns ? budgetComparisons(result, spendings, budget) : []),
    [result, spendings, budget, hasRuns],
  );
  const nameOf = (arm: string): string => config.arms.find(({ id }) => id === arm)?.name ?? arm;
  const spent: Spent = (arm, step) => {
    const own = spendings?.find((entry) => entry.arm === arm);
    return own ? [own.after('updates', step), own.after('work', step), own.after('time', step)] : null;
  };
  const pairs = new Set(timeline?.pairs.map(({ seeds }) => seeds.join())).size;
  return (
    <div className={table.stack} data-embedded={embedded}>
      <ChartFigure
        title={PART_WORDS['along-training']}
        help={TIMELINE_WORDS.help.map((text) => (
          <p key={text}>{text}</p>
        ))}
        {...timelineTold(result)}
        reading={joined(
          reading,
          ...(budget === 'steps' ? [] : comparisons.map((one) => equalCaption(one, nameOf))),
          wantedBudget !== 'steps' && spendings === null ? RESULT_WORDS.spending.unknown : '',
        )}
        better={measure.id === 'barrier' ? 'down' : 'up'}
        meta={
          hasRuns
            ? joinMeta(
                imagesMeta(testedImages(result)),
                seedsMeta(new Set(timeline?.runs.map(({ seed }) => seed)).size),
                pairsMeta(pairs),
              )
            : ''
        }
        legend={<Legend arms={config.arms} />}
        controls={
          <span className={results.figureControls} data-row="">
            <Choice
              label={TIMELINE_WORDS.measureShown}
              value={measure.id}
              options={TIMELINE_MEASURES}
              onChange={setWanted}
            />
            <Segmented
              label={TIMELINE_WORDS.countedIn}
              value={budget}
              options={budgetsOf(result)}
              onChange={setBudget}
            />
          </span>
        }
        build={build}
        empty={config.analyses.timeline?.enabled ? TIMELINE_WORDS.awaited : TIMELINE_WORDS.off}
        height={build ? 320 : 120}
        table={data}
        csv={() => timelineCsv(result, spent)}
        fileName="copra-along-training"
      />
      {embedded !== 'fill' &&
        comparisons.map((comparison) => (
          <BudgetTable key={comparison.arms[1]} comparison={comparison} nameOf={nameOf} />
        ))}
    </div>
  );
}
