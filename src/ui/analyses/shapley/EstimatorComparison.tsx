import { estimatorReading } from './estimator-caption.ts';
import { useEffect, useMemo, useRef, useState } from 'react';
import {
  budgetsFor,
  compareOn,
  COMPARISON_SEEDS,
  hasValues,
  type Comparison,
} from '../../../state/summary/estimator-comparison.ts';
import { runKey } from '../../../state/study/shown.ts';
import type { CoalitionValues } from '../../../study/analyses/shapley/coalition-values.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import charts from '../../charts/charts.module.css';
import { ArmGlyph } from '../../charts/Legend.tsx';
import { Button } from '../../controls/Button.tsx';
import { Choice } from '../../controls/Choice.tsx';
import { useStudy } from '../../context.ts';
import { METRICS, type Metric } from '../../results/names.ts';
import { Segmented } from '../../controls/Segmented.tsx';
import {
  COMPARISON_HEIGHT,
  comparisonCsv,
  comparisonPlot,
  comparisonTable,
  ESTIMATOR_STYLES,
} from './comparison-plot.ts';
import { SHAPLEY_FIGURE_WORDS } from './further/messages.ts';
import css from './comparison.module.css';

const EMPTY: Comparison = { budgets: [], seeds: 0, estimators: [] };

/** How close the sampled estimators come to the exact values of one run at equal numbers of coalitions. */
export function EstimatorComparison({ result }: { result: StudyResult }) {
  const coalitions = useStudy((state) => state.coalitions);
  const runs = useMemo(
    () =>
      Object.values(coalitions)
        .filter(({ accuracy }) => budgetsFor(accuracy.length).length > 0)
        .map((values) => ({
          id: runKey(values.arm, values.seed),
          name: SHAPLEY_FIGURE_WORDS.comparison.run(
            result.config.arms.find(({ id }) => id === values.arm)?.name ?? values.arm,
            values.seed,
          ),
          values,
        })),
    [coalitions, result.config.arms],
  );
  const [chosen, setChosen] = useState<string | null>(null);
  const run = runs.find(({ id }) => id === chosen) ?? runs[0];
  if (!run) return <p className={css.note}>{SHAPLEY_FIGURE_WORDS.comparison.needsCoalitions}</p>;
  return (
    <ComparedRun
      // Another study has runs of the same arms and seeds.
      key={`${result.provenance.date} ${run.id}`}
      values={run.values}
      choice={
        <Choice
          label={SHAPLEY_FIGURE_WORDS.comparison.runAnalysed}
          value={run.id}
          options={runs}
          onChange={setChosen}
          wide
        />
      }
    />
  );
}

/** A comparison whose estimators have the names that the page gives them. */
const named = (comparison: Comparison): Comparison => ({
  ...comparison,
  estimators: comparison.estimators.map((one) => ({
    ...one,
    name: SHAPLEY_FIGURE_WORDS.comparison.estimators[one.id],
  })),
});

const EstimatorLegend = ({ comparison }: { comparison: Comparison }) => (
  <div className={charts.legend}>
    {comparison.estimators.map(({ id }) => (
      <span key={id} className={charts.legendItem}>
        <ArmGlyph style={ESTIMATOR_STYLES[id]} />
        {SHAPLEY_FIGURE_WORDS.comparison.estimators[id]}
      </span>
    ))}
  </div>
);

function ComparedRun({ values, choice }: { values: CoalitionValues; choice: React.ReactNode }) {
  const [metric, setMetric] = useState<Metric>('accuracy');
  const [found, setFound] = useState<Partial<Record<Metric, Comparison>>>({});
  const [progress, setProgress] = useState<{ done: number; total: number } | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const comparison = found[metric];
  const comparable = useMemo(() => hasValues(values[metric]), [values, metric]);
  const build = useMemo(() => (comparison ? comparisonPlot(comparison) : null), [comparison]);
  const start = async () => {
    const control = new AbortController();
    running.current = control;
    const made = await compareOn(
      values[metric],
      COMPARISON_SEEDS,
      (done, total) => setProgress({ done, total }),
      control.signal,
    );
    if (made) setFound((old) => ({ ...old, [metric]: made }));
    setProgress(null);
  };
  return (
    <ChartFigure
      title={SHAPLEY_FIGURE_WORDS.comparison.title}
      help={SHAPLEY_FIGURE_WORDS.comparison.help(COMPARISON_SEEDS).map((text) => (
        <p key={text}>{text}</p>
      ))}
      message={comparison ? SHAPLEY_FIGURE_WORDS.comparison.message : ''}
      reading={comparison ? estimatorReading(named(comparison)) : ''}
      meta={SHAPLEY_FIGURE_WORDS.comparison.known(values.accuracy.length, values.images)}
      legend={
        <div className={css.controls}>
          {choice}
          {progress ? (
            <>
              <Button onPress={() => running.current?.abort()}>{SHAPLEY_FIGURE_WORDS.comparison.stop}</Button>
              <progress
                value={progress.done}
                max={progress.total}
                aria-label={SHAPLEY_FIGURE_WORDS.comparison.estimatesDone}
              />
              <span className={css.count}>
                {SHAPLEY_FIGURE_WORDS.comparison.estimates(progress.done, progress.total)}
              </span>
            </>
          ) : (
            <Button isDisabled={!comparable} onPress={() => void start()}>
              {comparison ? SHAPLEY_FIGURE_WORDS.comparison.compareAgain : SHAPLEY_FIGURE_WORDS.comparison.compare}
            </Button>
          )}
          {comparison && <EstimatorLegend comparison={comparison} />}
        </div>
      }
      controls={
        <Segmented
          label={SHAPLEY_FIGURE_WORDS.comparison.quantityCompared}
          value={metric}
          options={METRICS}
          onChange={(next) => {
            running.current?.abort();
            setMetric(next);
          }}
        />
      }
      build={build}
      empty={
        comparable ? SHAPLEY_FIGURE_WORDS.comparison.invitation : SHAPLEY_FIGURE_WORDS.comparison.nothingToEstimate
      }
      height={comparison ? COMPARISON_HEIGHT : 40}
      table={comparisonTable(comparison ?? EMPTY)}
      csv={() => comparisonCsv(comparison ?? EMPTY)}
      fileName="copra-shapley-estimators"
    />
  );
}
