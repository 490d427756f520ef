import { EVERY_OTHER_KEPT, halfSparsityMeasure } from '../../../study/result/measures/pruning.ts';
import { messageOf } from '../../results/message-of.ts';
import { useMemo, useState } from 'react';
import { pruningCsv } from '../../../share/analyses/pruning/csv.ts';
import { frozenNames } from '../../../study/run/frozen.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import { Legend } from '../../charts/Legend.tsx';
import { Segmented } from '../../controls/Segmented.tsx';
import { structuredCaption, unstructuredCaption } from './pruning-caption.ts';
import { imagesMeta, joinMeta, seedsMeta, testedImages } from '../../results/figure-meta.ts';
import {
  structuredHeight,
  structuredPlot,
  structuredTable,
  unstructuredPlot,
  unstructuredTable,
} from './pruning-plot.ts';
import { maskRows, type PruningMetric } from './mask-rows.ts';
import css from '../../results/results.module.css';

const QUANTITIES = [
  { id: 'retained', name: 'Gain kept' },
  { id: 'accuracy', name: 'Accuracy' },
] as const;

type View = 'few' | 'all';

const metaOf = (result: StudyResult): string =>
  joinMeta(imagesMeta(testedImages(result)), seedsMeta(new Set(result.pruning.map((entry) => entry.seed)).size));

export function StructuredFigure({ result }: { result: StudyResult }) {
  const [metric, setMetric] = useState<PruningMetric>('retained');
  const { pruning, config, task } = result;
  const [view, setView] = useState<View>('few');
  const few = view === 'few';
  const build = useMemo(
    () => structuredPlot({ pruning, config, task }, metric, few),
    [pruning, config, task, metric, few],
  );
  const table = useMemo(() => structuredTable({ pruning, config, task }), [pruning, config, task]);
  const height = useMemo(
    () => structuredHeight({ pruning, config, task }, metric, few),
    [pruning, config, task, metric, few],
  );
  const masks = useMemo(() => maskRows({ pruning, config }).length, [pruning, config]);
  return (
    <ChartFigure
      title="Pruning whole layers"
      help={
        <>
          <p>
            Parts of the trained adapter are switched off, and nothing is retrained. Only the named layers or
            projections stay on; rows with a minus name how many layers were removed.
          </p>
          <p>
            Gain kept: 0 % is the backbone without adapter, 100 % the whole adapter. A dot is the mean over seeds, the
            line through it its 95 % interval over seeds, on these test images alone; with fewer than three seeds it has
            none. What leaves most comes first.
          </p>
        </>
      }
      message={messageOf(result, 'layers', EVERY_OTHER_KEPT)}
      reading={structuredCaption(result)}
      better="right"
      meta={metaOf(result)}
      legend={
        <Legend arms={config.arms} references={metric === 'accuracy' ? [...frozenNames(result), 'chance'] : []} />
      }
      controls={
        <span className={css.figureControls} data-row>
          <Segmented
            label="Pruning of layers: masks shown"
            value={view}
            options={[
              { id: 'few', name: 'Halves and thirds' },
              { id: 'all', name: masks > 0 ? `Show all ${masks}` : 'Show all' },
            ]}
            onChange={setView}
          />
          <Segmented
            label="Pruning of layers: quantity shown"
            value={metric}
            options={QUANTITIES}
            onChange={setMetric}
          />
        </span>
      }
      build={build}
      empty="How much survives when layers are switched off appears here when training is done."
      height={height}
      table={table}
      csv={() => pruningCsv(result)}
      fileName="copra-pruning-layers"
    />
  );
}

export function UnstructuredFigure({ result }: { result: StudyResult }) {
  const { pruning, config, task } = result;
  const build = useMemo(() => unstructuredPlot({ pruning, config, task }), [pruning, config, task]);
  const table = useMemo(() => unstructuredTable({ pruning, config, task }), [pruning, config, task]);
  return (
    <ChartFigure
      title="Pruning single weights"
      help={
        <>
          <p>
            The entries of smallest magnitude are set to zero, and nothing is retrained. What is smallest depends on
            where one looks.
          </p>
          <p>
            All A and B together: as B starts at zero, its entries go first. Every A and every B: each factor loses the
            same share, as in PEFT. ΔW = B·A: the entries of the update, which is what a merged model holds.
          </p>
        </>
      }
      message={messageOf(result, 'weights', halfSparsityMeasure('factors'))}
      reading={unstructuredCaption(result)}
      better="up"
      meta={metaOf(result)}
      legend={<Legend arms={config.arms} references={frozenNames(result)} />}
      build={build}
      empty="Accuracy while more and more weights are removed appears here when training is done."
      height={480}
      table={table}
      csv={() => pruningCsv(result)}
      fileName="copra-pruning-weights"
    />
  );
}
