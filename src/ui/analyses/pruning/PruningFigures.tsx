import { PART_WORDS } from '../../../lessons/part-words.ts';
import { EVERY_OTHER_KEPT, halfSparsityMeasure } from '../../../study/result/measures/pruning.ts';
import { toldOf } from '../../results/told-of.ts';
import { useMemo, useState } from 'react';
import { pruningCsv } from '../../../share/analyses/pruning/csv.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import { Legend } from '../../charts/Legend.tsx';
import { Segmented } from '../../controls/Segmented.tsx';
import { FINDING_WORDS } from '../../../state/summary/messages.ts';
import { seenCaption, structuredCaption, unstructuredCaption } from './pruning-caption.ts';
import { imagesMeta, joinMeta, seedsMeta, testedImages } from '../../results/figure-meta.ts';
import { joined } from '../../results/left-out.ts';
import {
  structuredHeight,
  structuredPlot,
  structuredTable,
  unstructuredPlot,
  unstructuredTable,
} from './pruning-plot.ts';
import { maskRows, type PruningMetric } from './mask-rows.ts';
import { PRUNING_WORDS } from './messages.ts';
import css from '../../results/results.module.css';

const quantities = () =>
  [
    { id: 'retained', name: PRUNING_WORDS.gainKept },
    { id: 'accuracy', name: PRUNING_WORDS.accuracy },
  ] as const;

type View = 'few' | 'all';

const metaOf = (result: StudyResult): string =>
  joinMeta(imagesMeta(testedImages(result)), seedsMeta(new Set(result.pruning.map((entry) => entry.seed)).size));

export function StructuredFigure({ result }: { result: StudyResult }) {
  const [metric, setMetric] = useState<PruningMetric>('retained');
  const { pruning, shapley, config, task } = result;
  const [view, setView] = useState<View>('few');
  const few = view === 'few';
  const masks = useMemo(() => maskRows({ pruning, config, task }), [pruning, config, task]);
  const build = useMemo(
    () => structuredPlot({ pruning, shapley, config, task }, metric, few, masks),
    [pruning, shapley, config, task, metric, few, masks],
  );
  const table = useMemo(() => structuredTable({ pruning, config, task }, masks), [pruning, config, task, masks]);
  const height = useMemo(
    () => structuredHeight({ pruning, config, task }, metric, few, masks),
    [pruning, config, task, metric, few, masks],
  );
  return (
    <ChartFigure
      title={PART_WORDS.layers}
      help={PRUNING_WORDS.layersHelp.map((text) => (
        <p key={text}>{text}</p>
      ))}
      {...toldOf(result, FINDING_WORDS.comparisons['half-off'], EVERY_OTHER_KEPT)}
      reading={joined(structuredCaption(result), few ? '' : seenCaption(result))}
      better="right"
      meta={metaOf(result)}
      legend={<Legend arms={config.arms} />}
      controls={
        <span className={css.figureControls} data-row>
          <Segmented
            label={PRUNING_WORDS.masksShown}
            value={view}
            options={[
              { id: 'few', name: PRUNING_WORDS.few },
              { id: 'all', name: masks.length > 0 ? PRUNING_WORDS.allOf(masks.length) : PRUNING_WORDS.all },
            ]}
            onChange={setView}
          />
          <Segmented label={PRUNING_WORDS.quantityShown} value={metric} options={quantities()} onChange={setMetric} />
        </span>
      }
      build={build}
      empty={PRUNING_WORDS.layersAwaited}
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
      title={PART_WORDS.weights}
      help={PRUNING_WORDS.weightsHelp.map((text) => (
        <p key={text}>{text}</p>
      ))}
      {...toldOf(result, PRUNING_WORDS.weightsComparison, halfSparsityMeasure('factors'))}
      reading={unstructuredCaption(result)}
      better="up"
      meta={metaOf(result)}
      legend={<Legend arms={config.arms} />}
      build={build}
      empty={PRUNING_WORDS.weightsAwaited}
      height={480}
      table={table}
      csv={() => pruningCsv(result)}
      fileName="copra-pruning-weights"
    />
  );
}
