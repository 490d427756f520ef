import { comingCode } from '../../platform/coming-code.ts';
import { PART_WORDS } from '../../lessons/part-words.ts';
import { toldOf } from '../results/told-of.ts';
import { TEST_ACCURACY } from '../../study/result/measures/accuracy.ts';
import { useEffect, useMemo, useState } from 'react';
import type { StudyResult } from '../../study/result/result.ts';
import type { Budget } from '../../state/summary/arm-spending.ts';
import { ChartFigure } from '../charts/ChartFigure.tsx';
import { Legend } from '../charts/Legend.tsx';
import { Choice } from '../controls/Choice.tsx';
import { percentSpread } from '../format.ts';
import { spread } from '../../state/summary/summary.ts';
import { budgetsOf } from '../results/budgets.ts';
import { joinMeta, seedsMeta } from '../results/figure-meta.ts';
import { RESULT_WORDS } from '../results/messages.ts';
import { shownBudget, spentAxis, useSpendings } from '../results/spent.ts';
import { FINDING_WORDS } from '../../state/summary/messages.ts';
import { isEvaluation } from './is-evaluation.ts';
import type * as captionsModule from './training-caption.ts';
import { LIVE_WORDS } from './messages.ts';
import { curvesPlot, curvesTable } from './curves-plot.ts';

type Captions = typeof captionsModule;

/** What is said beyond the numbers, once it is loaded: after the first paint. */
function useCaptions(): Captions | null {
  const [captions, setCaptions] = useState<Captions | null>(null);
  useEffect(() => {
    // The numbers stand without it.
    import('./training-caption.ts').then(setCaptions, () => undefined);
  }, []);
  return captions;
}

const sentences = (...all: readonly (string | undefined)[]): string => all.filter(Boolean).join(' ');

/** The latest validation accuracy. */
function soFar(result: StudyResult): string {
  const parts = result.config.arms.flatMap((arm) => {
    const last = result.runs.filter((run) => run.arm === arm.id).flatMap((run) => run.validation.slice(-1));
    const accuracy = spread(last.map((point) => point.accuracy));
    return accuracy ? [LIVE_WORDS.curves.soFar(arm.name, percentSpread(accuracy), last[0].step)] : [];
  });
  return parts.length > 0 ? LIVE_WORDS.curves.soFarAll(parts) : '';
}

export function CurvesFigure({ result }: { result: StudyResult }) {
  const { runs, config, task } = result;
  const words = LIVE_WORDS.curves;
  const [wanted, setBudget] = useState<Budget>('steps');
  const spendings = useSpendings(result, wanted !== 'steps');
  const budget = shownBudget(result, wanted, spendings);
  const build = useMemo(
    () => curvesPlot({ runs, config }, spentAxis({ config }, budget, spendings)),
    [runs, config, budget, spendings],
  );
  const table = useMemo(() => curvesTable({ runs, config }), [runs, config]);
  const captions = useCaptions();
  const { message, numbers } = toldOf(result, FINDING_WORDS.comparisons.price, TEST_ACCURACY);
  return (
    <ChartFigure
      title={PART_WORDS.curves}
      help={
        <>
          {words.help.map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        </>
      }
      message={message}
      numbers={numbers && sentences(numbers, captions?.troublesCaption(result))}
      reading={sentences(
        captions?.trainingCaption(result) || soFar(result),
        spendings === null ? RESULT_WORDS.spending.unknown : '',
      )}
      meta={joinMeta(
        task.validation > 0 ? words.validationImages(task.validation) : '',
        seedsMeta(new Set(runs.map((run) => run.seed)).size),
      )}
      legend={<Legend arms={config.arms} />}
      controls={<Choice label={words.countedIn} value={budget} options={budgetsOf(result)} onChange={setBudget} />}
      build={build}
      empty={words.empty}
      absence={isEvaluation(result) && words.notTrained}
      height={400}
      table={table}
      csv={async () => (await comingCode(import('../../share/csv/training-csv.ts'))).trainingCsv(result)}
      fileName="copra-training"
    />
  );
}
