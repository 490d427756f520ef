import { PART_WORDS } from '../../../lessons/part-words.ts';
import { BETTER } from '../../results/names.ts';
import { useMemo, useState } from 'react';
import { layerSetsCsv } from '../../../share/analyses/shapley/coalitions-csv.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import { Legend } from '../../charts/Legend.tsx';
import { Segmented } from '../../controls/Segmented.tsx';
import { METRICS, type Metric } from '../../results/names.ts';
import { SHAPLEY_FIGURE_WORDS } from './further/messages.ts';
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
      title={PART_WORDS['layer-sets']}
      help={SHAPLEY_FIGURE_WORDS.sets.help.map((text) => (
        <p key={text}>{text}</p>
      ))}
      message={build ? SHAPLEY_FIGURE_WORDS.sets.message : ''}
      {...layerSetsCaption(result)}
      better={BETTER[metric]}
      meta={shapleyMeta(result)}
      legend={<Legend arms={config.arms} />}
      controls={
        <Segmented
          label={SHAPLEY_FIGURE_WORDS.sets.quantityShown}
          value={metric}
          options={METRICS}
          onChange={setMetric}
        />
      }
      build={build}
      empty={SHAPLEY_FIGURE_WORDS.needEvery}
      height={layerSetsHeight}
      table={table}
      csv={() => layerSetsCsv(result)}
      fileName="copra-layer-sets"
    />
  );
}
