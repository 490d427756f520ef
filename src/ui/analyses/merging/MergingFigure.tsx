import { PART_WORDS } from '../../../lessons/part-words.ts';
import { BETTER_LYING } from '../../results/names.ts';
import { useMemo, useState } from 'react';
import { mergingCsv } from '../../../share/analyses/merging/csv.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import { Legend } from '../../charts/Legend.tsx';
import { Segmented } from '../../controls/Segmented.tsx';
import { comesUnlessDora } from '../../results/left-out.ts';
import { mergingCaption } from './merging-caption.ts';
import { imagesMeta, joinMeta, testedImages } from '../../results/figure-meta.ts';
import { mergingHeight, mergingPlot, mergingTable } from './merging-plot.ts';
import { MERGING_WORDS } from './messages.ts';
import { METRICS, type Metric } from '../../results/names.ts';

/** Height of the empty frame, which needs less. */
const EMPTY_HEIGHT = 120;

function metaOf(result: StudyResult): string {
  const groups = (result.merging ?? []).filter(({ runs }) => runs.length > 0);
  if (groups.length === 0) return '';
  const counts = groups.map(({ runs }) => runs.length);
  const runs = new Set(counts).size > 1 ? counts : counts.slice(0, 1);
  const validation = Math.max(...groups.map((group) => group.validation));
  const chosen = validation > 0 ? MERGING_WORDS.chosenOn(validation) : MERGING_WORDS.notChosen;
  return joinMeta(imagesMeta(testedImages(result)), MERGING_WORDS.runsIntoOne(runs), chosen);
}

export function MergingFigure({ result }: { result: StudyResult }) {
  const [metric, setMetric] = useState<Metric>('accuracy');
  const { merging, config, task, runs } = result;
  const build = useMemo(() => mergingPlot({ merging, config, task }, metric), [merging, config, task, metric]);
  const table = useMemo(() => mergingTable({ merging, config, task, runs }), [merging, config, task, runs]);
  const across = (merging ?? []).some(({ arm }) => arm === null);
  return (
    <ChartFigure
      title={PART_WORDS.merging}
      help={
        <>
          <p>{MERGING_WORDS.help.merges}</p>
          <p>{MERGING_WORDS.help.aligned}</p>
          <p>{MERGING_WORDS.help.caution}</p>
        </>
      }
      message={build ? MERGING_WORDS.message : ''}
      reading={mergingCaption(result)}
      better={BETTER_LYING[metric]}
      meta={metaOf(result)}
      legend={<Legend arms={across ? [] : config.arms} />}
      controls={<Segmented label={MERGING_WORDS.quantity} value={metric} options={METRICS} onChange={setMetric} />}
      build={build}
      empty={
        config.analyses.merging?.enabled
          ? comesUnlessDora(result, MERGING_WORDS.merging, MERGING_WORDS.awaited)
          : MERGING_WORDS.off
      }
      height={build ? mergingHeight(across ? 1 : config.arms.length) : EMPTY_HEIGHT}
      table={table}
      csv={() => mergingCsv(result)}
      fileName="copra-merging"
    />
  );
}
