import { MEAN_INTERACTION } from '../../../study/result/measures/credit.ts';
import { messageOf } from '../../results/message-of.ts';
import { useMemo, useState } from 'react';
import { interactionsCsv } from '../../../share/analyses/shapley/coalitions-csv.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import { Segmented } from '../../controls/Segmented.tsx';
import { METRICS, type Metric } from '../../results/names.ts';
import { interactionsCaption } from './coalitions-captions.ts';
import { interactionPanels, interactionsHeight, interactionsPlot, interactionsTable } from './interactions-plot.ts';
import { shapleyMeta } from './shapley-meta.ts';

/** Whether two layers replace or need each other, for every pair. */
export function InteractionsFigure({ result }: { result: StudyResult }) {
  const [metric, setMetric] = useState<Metric>('accuracy');
  const { shapley, config, task } = result;
  const parts = useMemo(() => ({ shapley, config, task }), [shapley, config, task]);
  const build = useMemo(() => interactionsPlot(parts, metric), [parts, metric]);
  const table = useMemo(() => interactionsTable(parts, metric), [parts, metric]);
  const panels = interactionPanels(parts, metric).length;
  return (
    <ChartFigure
      title="Interactions of layers"
      help={
        <>
          <p>
            A cell is how much more two layers add together than each on its own, averaged over all sets of the other
            layers: the Shapley interaction index. Below zero (violet) they are substitutes: each is worth less where
            the other is on. Above zero (green) each needs the other. Layers that do not meet have zero.
          </p>
          <p>
            All panels share one scale. ± is one standard deviation over seeds, or the standard error over the images
            where only one seed was analysed.
          </p>
        </>
      }
      message={messageOf(result, 'interactions', MEAN_INTERACTION)}
      reading={interactionsCaption(result)}
      meta={shapleyMeta(result)}
      legend={null}
      controls={
        <Segmented label="Interactions: quantity shown" value={metric} options={METRICS} onChange={setMetric} />
      }
      build={build}
      empty="Known where every coalition of layers was evaluated."
      height={(width) => interactionsHeight(panels, width)}
      table={table}
      csv={() => interactionsCsv(result)}
      fileName="copra-interactions"
    />
  );
}
