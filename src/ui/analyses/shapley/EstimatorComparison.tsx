import { SEEN } from '../../../copra/readings/seen.ts';
import { estimatorReading } from '../../../copra/readings/estimators.ts';
import { counted } from '../../../core/counted.ts';
import { useEffect, useMemo, useRef, useState } from 'react';
import {
  budgetsFor,
  compareOn,
  COMPARISON_SEEDS,
  hasValues,
  type Comparison,
} from '../../../state/summary/estimator-comparison.ts';
import { runKey } from '../../../state/study/study-store.ts';
import type { CoalitionValues } from '../../../study/analyses/shapley/coalition-values.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import charts from '../../charts/charts.module.css';
import { ArmGlyph } from '../../charts/Legend.tsx';
import { Button } from '../../controls/Button.tsx';
import { Choice } from '../../controls/Choice.tsx';
import { useStudy } from '../../context.ts';
import { integer } from '../../format.ts';
import { METRICS, type Metric } from '../../results/names.ts';
import { Segmented } from '../../controls/Segmented.tsx';
import {
  COMPARISON_HEIGHT,
  comparisonCsv,
  comparisonPlot,
  comparisonTable,
  ESTIMATOR_STYLES,
} from './comparison-plot.ts';
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
          name: `${result.config.arms.find(({ id }) => id === values.arm)?.name ?? values.arm}, seed ${values.seed}`,
          values,
        })),
    [coalitions, result.config.arms],
  );
  const [chosen, setChosen] = useState<string | null>(null);
  const run = runs.find(({ id }) => id === chosen) ?? runs[0];
  if (!run)
    return (
      <p className={css.note}>
        Sampled estimators can be compared where every coalition is known: run a study on this device with the exact
        estimator and more than six layers. Results that were saved or came in a link do not carry the coalitions.
      </p>
    );
  return (
    <ComparedRun
      key={run.id}
      values={run.values}
      choice={<Choice label="Run whose adapter is analysed" value={run.id} options={runs} onChange={setChosen} wide />}
    />
  );
}

const EstimatorLegend = ({ comparison }: { comparison: Comparison }) => (
  <div className={charts.legend}>
    {comparison.estimators.map(({ id, name }) => (
      <span key={id} className={charts.legendItem}>
        <ArmGlyph style={ESTIMATOR_STYLES[id]} />
        {name}
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
      title="Estimators against exact values"
      help={
        <p>
          All coalitions of this adapter were evaluated, so its Shapley values are known. Each estimator gets so many
          coalitions and is asked for the same values, with {counted(COMPARISON_SEEDS, 'seed')}; bars are standard
          errors over them. Errors should be low, correlations high.
        </p>
      }
      message={comparison ? SEEN.estimators : ''}
      reading={comparison ? estimatorReading(comparison) : ''}
      meta={`${counted(values.accuracy.length, 'coalition')} known, ${counted(values.images, 'image')}`}
      legend={
        <div className={css.controls}>
          {choice}
          {progress ? (
            <>
              <Button onPress={() => running.current?.abort()}>Stop</Button>
              <progress value={progress.done} max={progress.total} aria-label="Estimates done" />
              <span className={css.count}>
                {integer(progress.done)} of {integer(progress.total)} estimates
              </span>
            </>
          ) : (
            <Button isDisabled={!comparable} onPress={() => void start()}>
              {comparison ? 'Compare again' : 'Compare'}
            </Button>
          )}
          {comparison && <EstimatorLegend comparison={comparison} />}
        </div>
      }
      controls={
        <Segmented
          label="Estimators: quantity compared"
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
        comparable
          ? 'Compare runs every estimator on the coalitions that are known already; no image is evaluated again.'
          : 'Every set of layers is worth the same here: all Shapley values are zero, and there is nothing to estimate.'
      }
      height={comparison ? COMPARISON_HEIGHT : 40}
      table={comparisonTable(comparison ?? EMPTY)}
      csv={() => comparisonCsv(comparison ?? EMPTY)}
      fileName="copra-shapley-estimators"
    />
  );
}
