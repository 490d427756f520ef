import { BETTER } from '../../results/names.ts';
import { SEEN } from '../../../copra/readings/seen.ts';
import { useMemo, useState } from 'react';
import { layerSetsCsv } from '../../../share/analyses/shapley/coalitions-csv.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import { Legend } from '../../charts/Legend.tsx';
import { Segmented } from '../../controls/Segmented.tsx';
import { frozenNames } from '../../../study/run/frozen.ts';
import { METRICS, type Metric } from '../../results/names.ts';
import { layerSetsCaption } from './coalitions-captions.ts';
import { layerSetsHeight, layerSetsPlot, layerSetsTable } from './layer-sets-plot.ts';
import { shapleyMeta } from './shapley-meta.ts';

/** How many layers are needed: the first, the last, the best. */
export function LayerSetsFigure({ result }: { result: StudyResult }) {
  const [metric, setMetric] = useState<Metric>('accuracy');
  const { shapley, config, task } = result;
  const parts = useMemo(() => ({ shapley, config, task }), [shapley, config, task]);
  const build = useMemo(() => layerSetsPlot(parts, metric), [parts, metric]);
  const table = useMemo(() => layerSetsTable(parts), [parts]);
  return (
    <ChartFigure
      title="Sets of layers"
      help={
        <>
          <p>
            Accuracy with only some layers on: those nearest the input, those nearest the output, or the best set of
            that many; all others are the frozen backbone’s. Layers of two towers are taken by their depth in their own
            tower.
          </p>
          <p>
            The best set is chosen on one half of the images and tested on the other, and the other way round: on the
            images it was chosen on it would look better than it is. The fine line is the mean of all sets. Bands are
            one standard deviation over seeds.
          </p>
        </>
      }
      message={build ? SEEN.layerSets : ''}
      reading={layerSetsCaption(result)}
      better={BETTER[metric]}
      meta={shapleyMeta(result)}
      legend={<Legend arms={config.arms} references={frozenNames(result)} />}
      controls={
        <Segmented label="Sets of layers: quantity shown" value={metric} options={METRICS} onChange={setMetric} />
      }
      build={build}
      empty="Known where every coalition of layers was evaluated."
      height={layerSetsHeight}
      table={table}
      csv={() => layerSetsCsv(result)}
      fileName="copra-layer-sets"
    />
  );
}
