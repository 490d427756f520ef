import { SEEN } from '../../../copra/readings/seen.ts';
import { useMemo, useState } from 'react';
import { shapleyCsv } from '../../../share/analyses/shapley/csv.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import { Segmented } from '../../controls/Segmented.tsx';
import { METRICS, type Metric } from '../../results/names.ts';
import { shapleyMeta } from './shapley-meta.ts';
import { evolutionBars, evolutionPanels } from './evolution-plot.ts';
import { evolutionCaption } from './evolution-caption.ts';
import { hasModules, heatHeight, heatmapPlot, heatRows, heatTable } from './heatmap-plot.ts';

/** How credit shifts between layers during training. */
export function EvolutionFigure({ result }: { result: StudyResult }) {
  const [metric, setMetric] = useState<Metric>('accuracy');
  const { shapley, config, task } = result;
  const arms = useMemo(() => evolutionPanels({ shapley, config, task }, metric), [shapley, config, task, metric]);
  const modules = hasModules(shapley);
  const panels = arms.flat();
  const build = useMemo(() => {
    if (arms.length === 0) return null;
    if (modules) return heatmapPlot({ columns: arms[0].length, panels: arms.flat() }, metric, config);
    return evolutionBars(arms, metric, config);
  }, [arms, modules, metric, config]);
  return (
    <ChartFigure
      title="Shapley values during training"
      help={
        <p>
          The same analysis for the adapters as they were after the first and second third of the steps, beside the
          trained ones. Early in its training CopRA’s layers are rarely active together, so accuracies with all of them
          on say little about where it will end.
        </p>
      }
      message={SEEN.evolution}
      reading={evolutionCaption(result)}
      meta={shapleyMeta(result)}
      legend={null}
      controls={
        <Segmented
          label="Shapley during training: quantity shown"
          value={metric}
          options={METRICS}
          onChange={setMetric}
        />
      }
      build={build}
      empty="The first values appear here when training is done."
      height={modules ? heatHeight(arms.length, heatRows(panels)) : 60 + 150 * Math.max(1, arms.length)}
      table={heatTable(panels, metric)}
      csv={() => shapleyCsv(result)}
      fileName="copra-shapley-evolution"
    />
  );
}
