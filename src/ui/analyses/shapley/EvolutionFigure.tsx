import { useMemo, useState } from 'react';
import { shapleyCsv } from '../../../share/analyses/shapley/csv.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import { Segmented } from '../../controls/Segmented.tsx';
import { METRICS, type Metric } from '../../results/names.ts';
import { SHAPLEY_FIGURE_WORDS } from './further/messages.ts';
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
      title={SHAPLEY_FIGURE_WORDS.evolution.title}
      help={SHAPLEY_FIGURE_WORDS.evolution.help.map((text) => (
        <p key={text}>{text}</p>
      ))}
      message={SHAPLEY_FIGURE_WORDS.evolution.message}
      reading={evolutionCaption(result)}
      meta={shapleyMeta(result)}
      legend={null}
      controls={
        <Segmented
          label={SHAPLEY_FIGURE_WORDS.evolution.quantityShown}
          value={metric}
          options={METRICS}
          onChange={setMetric}
        />
      }
      build={build}
      empty={SHAPLEY_FIGURE_WORDS.evolution.awaited}
      height={modules ? heatHeight(arms.length, heatRows(panels)) : 60 + 150 * Math.max(1, arms.length)}
      table={heatTable(panels, metric)}
      csv={() => shapleyCsv(result)}
      fileName="copra-shapley-evolution"
    />
  );
}
