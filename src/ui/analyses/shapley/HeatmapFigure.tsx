import { TOP_THIRD_SHARE } from '../../../study/result/measures/credit.ts';
import { messageOf } from '../../results/message-of.ts';
import { useMemo, useState } from 'react';
import { shapleyCsv } from '../../../share/analyses/shapley/csv.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import { Segmented } from '../../controls/Segmented.tsx';
import { shapleyCaption } from './shapley-caption.ts';
import { METRICS, type Metric } from '../../results/names.ts';
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
      title="Shapley value of every projection"
      help={
        <>
          <p>
            Every adapted projection of every layer is a player. A cell is what switching it on adds, averaged over all
            orders in which the projections can join; the cells add up to the whole gain over the model with every
            projection out.
          </p>
          <p>
            Strong colour means much credit, grey to black means harm. All panels share one scale. There are too many
            coalitions to try them all, so cells have an error over coalitions beside the one over images.
          </p>
        </>
      }
      message={messageOf(result, 'credit', TOP_THIRD_SHARE)}
      reading={shapleyCaption(result)}
      meta={shapleyMeta(result)}
      legend={null}
      controls={<Segmented label="Shapley: quantity shown" value={metric} options={METRICS} onChange={setMetric} />}
      build={build}
      empty=""
      height={heatHeight(panels.length, heatRows(panels))}
      table={heatTable(panels, metric)}
      csv={() => shapleyCsv(result)}
      fileName="copra-shapley-projections"
    />
  );
}
