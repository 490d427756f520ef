import { TOP_THIRD_SHARE } from '../../../study/result/measures/credit.ts';
import { toldOf } from '../../results/told-of.ts';
import { useMemo, useState } from 'react';
import { shapleyCsv } from '../../../share/analyses/shapley/csv.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import { Segmented } from '../../controls/Segmented.tsx';
import { shapleyCaption } from './shapley-caption.ts';
import { METRICS, type Metric } from '../../results/names.ts';
import { SHAPLEY_FIGURE_WORDS } from './further/messages.ts';
import { SHAPLEY_WORDS } from './messages.ts';
import { shapleyMeta } from './shapley-meta.ts';
import { finalPanels, heatHeight, heatmapPlot, heatRows, heatTable } from './heatmap-plot.ts';

/** Figure 2 by projection: Shapley values with every projection of every layer as a player. */
export function HeatmapFigure({ result }: { result: StudyResult }) {
  const [metric, setMetric] = useState<Metric>('accuracy');
  const { shapley, config, task } = result;
  const panels = useMemo(() => finalPanels({ shapley, config, task }, metric), [shapley, config, task, metric]);
  const build = useMemo(() => heatmapPlot({ columns: 1, panels }, metric, config), [panels, metric, config]);
  return (
    <ChartFigure
      title={SHAPLEY_FIGURE_WORDS.projections.title}
      help={SHAPLEY_FIGURE_WORDS.projections.help.map((text) => (
        <p key={text}>{text}</p>
      ))}
      {...toldOf(result, SHAPLEY_WORDS.comparison, TOP_THIRD_SHARE)}
      reading={shapleyCaption(result)}
      meta={shapleyMeta(result)}
      legend={null}
      controls={<Segmented label={SHAPLEY_WORDS.quantityShown} value={metric} options={METRICS} onChange={setMetric} />}
      build={build}
      empty=""
      height={heatHeight(panels.length, heatRows(panels))}
      table={heatTable(panels, metric)}
      csv={() => shapleyCsv(result)}
      fileName="copra-shapley-projections"
    />
  );
}
