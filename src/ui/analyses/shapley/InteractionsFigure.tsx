import { PART_WORDS } from '../../../lessons/part-words.ts';
import { useMemo, useState } from 'react';
import { interactionsCsv } from '../../../share/analyses/shapley/coalitions-csv.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import { Segmented } from '../../controls/Segmented.tsx';
import { METRICS, type Metric } from '../../results/names.ts';
import { SHAPLEY_FIGURE_WORDS } from './further/messages.ts';
import { interactionsCaption, interactionsTold } from './coalitions-captions.ts';
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
      title={PART_WORDS.interactions}
      help={SHAPLEY_FIGURE_WORDS.interactions.help.map((text) => (
        <p key={text}>{text}</p>
      ))}
      {...interactionsTold(result)}
      reading={interactionsCaption(result)}
      meta={shapleyMeta(result)}
      legend={null}
      controls={
        <Segmented
          label={SHAPLEY_FIGURE_WORDS.interactions.quantityShown}
          value={metric}
          options={METRICS}
          onChange={setMetric}
        />
      }
      build={build}
      empty={SHAPLEY_FIGURE_WORDS.needEvery}
      height={(width) => interactionsHeight(panels, width)}
      table={table}
      csv={() => interactionsCsv(result)}
      fileName="copra-interactions"
    />
  );
}
