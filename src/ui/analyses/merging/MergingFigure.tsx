import { BETTER } from '../../results/names.ts';
import { SEEN } from '../../../copra/readings/seen.ts';
import { counted } from '../../../core/counted.ts';
import { useMemo, useState } from 'react';
import { mergingCsv } from '../../../share/analyses/merging/csv.ts';
import { frozenNames } from '../../../study/run/frozen.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import { Legend } from '../../charts/Legend.tsx';
import { Segmented } from '../../controls/Segmented.tsx';
import { comesUnlessDora } from '../../results/left-out.ts';
import { mergingCaption } from './merging-caption.ts';
import { imagesMeta, joinMeta, testedImages } from '../../results/figure-meta.ts';
import { mergingPlot, mergingTable } from './merging-plot.ts';
import { METRICS, type Metric } from '../../results/names.ts';

/** Space for all merge methods, reserved from the start so that nothing moves as results arrive. */
const HEIGHT = 620;
/** Height of the empty frame, which needs less. */
const EMPTY_HEIGHT = 120;

function metaOf(result: StudyResult): string {
  const groups = result.merging ?? [];
  const runs = Math.max(0, ...groups.map((group) => group.runs.length));
  if (runs === 0) return '';
  const validation = Math.max(...groups.map((group) => group.validation));
  const chosen = validation > 0 ? `λ chosen on ${counted(validation, 'validation image')}` : 'λ = 1';
  return joinMeta(imagesMeta(testedImages(result)), `${counted(runs, 'run')} into one`, chosen);
}

export function MergingFigure({ result }: { result: StudyResult }) {
  const [metric, setMetric] = useState<Metric>('accuracy');
  const { merging, config, task } = result;
  const build = useMemo(() => mergingPlot({ merging, config, task }, metric), [merging, config, task, metric]);
  const table = useMemo(() => mergingTable({ merging, config, task }), [merging, config, task]);
  const across = (merging ?? []).some(({ arm }) => arm === null);
  return (
    <ChartFigure
      title="Merging all seeds"
      help={
        <>
          <p>
            All adapters of an arm become one, in every way; nothing is retrained. An ensemble runs all of them and
            averages their logits: what merging tries to reach at the price of one.
          </p>
          <p>
            Rotated and best P: A and B are first brought near to those of the first seed, which leaves every update as
            it is. λ scales the merged update where a method has such a factor; 1 is the mean of the runs.
          </p>
          <p>
            Every bar is one merge, so it has no spread, and DARE one draw of its masks. The highest of many bars is
            flattered by being chosen on the images it is shown on. These are seeds of one task; the methods were made
            for different tasks.
          </p>
        </>
      }
      message={build ? SEEN.merging : ''}
      reading={mergingCaption(result)}
      better={BETTER[metric]}
      meta={metaOf(result)}
      legend={
        <Legend arms={across ? [] : config.arms} references={['single-mean', 'single-best', ...frozenNames(result)]} />
      }
      controls={<Segmented label="Merging: quantity shown" value={metric} options={METRICS} onChange={setMetric} />}
      build={build}
      empty={
        config.analyses.merging?.enabled
          ? comesUnlessDora(
              result,
              'merging',
              'What is left when all seeds of an arm become one adapter appears here when training is done.',
            )
          : 'Switch on Merging under Analyses, or choose the preset Merge, to see all seeds of an arm become one adapter.'
      }
      height={build ? HEIGHT : EMPTY_HEIGHT}
      table={table}
      csv={() => mergingCsv(result)}
      fileName="copra-merging"
    />
  );
}
