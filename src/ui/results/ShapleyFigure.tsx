import { useMemo, useState } from 'react';
import { shapleyCsv } from '../../share/csv.ts';
import type { StudyResult } from '../../study/result.ts';
import { ChartFigure } from '../charts/ChartFigure.tsx';
import { Legend } from '../charts/Legend.tsx';
import { Segmented } from '../controls/Segmented.tsx';
import { integer } from '../format.ts';
import { shapleyCaption } from './captions.ts';
import { imagesMeta, joinMeta, seedsMeta } from './figure-meta.ts';
import { METRICS, type Metric } from './metric.ts';
import { shapleyPlot, shapleyTable } from './shapley-plot.ts';

export function ShapleyFigure({ result }: { result: StudyResult }) {
  const [metric, setMetric] = useState<Metric>('accuracy');
  const { shapley, config, task } = result;
  const build = useMemo(() => shapleyPlot({ shapley, config, task }, metric), [shapley, config, task, metric]);
  const table = useMemo(() => shapleyTable({ shapley, config, task }), [shapley, config, task]);
  const [first] = shapley;
  const seeds = new Set(shapley.map((entry) => entry.seed)).size;
  const method = first
    ? `${first.estimator === 'exact' ? 'exact' : 'sampled'}, ${integer(first.coalitions)} coalitions`
    : '';
  return (
    <ChartFigure
      title="Shapley value of every layer"
      help={
        <>
          <p>
            Each layer is a player who is in or out of the team. Its Shapley value is what it adds on average over all
            orders in which the layers can join; the values add up to the whole gain over zero-shot.
          </p>
          <p>
            Even bars mean that the layers share the work. Error bars are one standard deviation over seeds, or the
            sampling error of the images where only one seed was analysed.
          </p>
        </>
      }
      reading={shapleyCaption(result)}
      meta={joinMeta(first ? imagesMeta(first.images) : '', seedsMeta(seeds), method)}
      legend={<Legend arms={config.arms} />}
      controls={<Segmented label="Shapley: quantity shown" value={metric} options={METRICS} onChange={setMetric} />}
      build={build}
      empty="What every layer contributes appears here when training is done."
      height={260}
      table={table}
      csv={() => shapleyCsv(result)}
      fileName="copra-shapley"
    />
  );
}
