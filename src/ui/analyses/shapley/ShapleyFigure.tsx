import { PART_WORDS } from '../../../lessons/part-words.ts';
import { TOP_THIRD_SHARE } from '../../../study/result/measures/credit.ts';
import { toldOf } from '../../results/told-of.ts';
import { Suspense, use, useMemo, useState } from 'react';
import { shapleyCsv } from '../../../share/analyses/shapley/csv.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import { EmbeddedContext } from '../../charts/figure-contexts.ts';
import { Legend } from '../../charts/Legend.tsx';
import { Fold } from '../../controls/Fold.tsx';
import { Segmented } from '../../controls/Segmented.tsx';
import { shapleyCaption } from './shapley-caption.ts';
import { lazily } from '../../lazily.tsx';
import { METRICS, type Metric } from '../../results/names.ts';
import { SHAPLEY_WORDS } from './messages.ts';
import { shapleyMeta } from './shapley-meta.ts';
import { shapleyPlot, shapleyTable } from './shapley-plot.ts';

const HeatmapFigure = lazily(async () => (await import('./HeatmapFigure.tsx')).HeatmapFigure);
const EvolutionFigure = lazily(async () => (await import('./EvolutionFigure.tsx')).EvolutionFigure);
const EstimatorComparison = lazily(async () => (await import('./EstimatorComparison.tsx')).EstimatorComparison);

/** Shapley values of the trained adapters, their evolution during training, and the accuracy of other estimators. */
export function ShapleyFigure({ result }: { result: StudyResult }) {
  const { shapley } = result;
  const byProjection = shapley.some(({ players }) => players.some(({ projection }) => projection));
  const evolution = shapley.some((entry) => entry.evolution);
  const embedded = use(EmbeddedContext);
  return (
    <>
      {byProjection ? (
        <Suspense>
          <HeatmapFigure result={result} />
        </Suspense>
      ) : (
        <LayersFigure result={result} />
      )}
      {embedded === 'off' && shapley.length > 0 && (
        <Suspense>
          {evolution && <EvolutionFigure result={result} />}
          <Fold quiet level={4} title={SHAPLEY_WORDS.compareEstimators}>
            <EstimatorComparison result={result} />
          </Fold>
        </Suspense>
      )}
    </>
  );
}

function LayersFigure({ result }: { result: StudyResult }) {
  const [metric, setMetric] = useState<Metric>('accuracy');
  const { shapley, config, task } = result;
  const build = useMemo(() => shapleyPlot({ shapley, config, task }, metric), [shapley, config, task, metric]);
  const table = useMemo(() => shapleyTable({ shapley, config, task }), [shapley, config, task]);
  return (
    <ChartFigure
      title={PART_WORDS.shapley}
      help={SHAPLEY_WORDS.help.map((text) => (
        <p key={text}>{text}</p>
      ))}
      {...toldOf(result, SHAPLEY_WORDS.comparison, TOP_THIRD_SHARE)}
      reading={shapleyCaption(result)}
      meta={shapleyMeta(result)}
      legend={<Legend arms={config.arms} />}
      controls={<Segmented label={SHAPLEY_WORDS.quantityShown} value={metric} options={METRICS} onChange={setMetric} />}
      build={build}
      empty={SHAPLEY_WORDS.awaited}
      height={260}
      table={table}
      csv={() => shapleyCsv(result)}
      fileName="copra-shapley"
    />
  );
}
