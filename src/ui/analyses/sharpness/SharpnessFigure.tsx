import { PART_WORDS } from '../../../lessons/part-words.ts';
import { BETTER } from '../../results/names.ts';
import { useMemo, useState } from 'react';
import { sharpnessCsv } from '../../../share/analyses/sharpness/csv.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import { Legend } from '../../charts/Legend.tsx';
import { Segmented } from '../../controls/Segmented.tsx';
import { imagesMeta, joinMeta, testedImages } from '../../results/figure-meta.ts';
import { METRICS, type Metric } from '../../results/names.ts';
import { SHARPNESS_WORDS } from './messages.ts';
import { sharpnessCaption } from './sharpness-caption.ts';
import { sharpnessHeight, sharpnessPlot, sharpnessTable } from './sharpness-plot.ts';

/** How much worse an arm gets when its adapters are perturbed at random. */
export function SharpnessFigure({ result }: { result: StudyResult }) {
  const { sharpness, config, task } = result;
  const [metric, setMetric] = useState<Metric>('loss');
  const parts = useMemo(() => ({ sharpness, config, task }), [sharpness, config, task]);
  const build = useMemo(() => sharpnessPlot(parts, metric), [parts, metric]);
  const table = useMemo(() => sharpnessTable(parts), [parts]);
  const told = useMemo(() => sharpnessCaption(parts), [parts]);
  const directions = config.analyses.sharpness?.directions ?? 0;
  return (
    <ChartFigure
      title={PART_WORDS.sharpness}
      help={SHARPNESS_WORDS.help.map((text) => (
        <p key={text}>{text}</p>
      ))}
      {...told}
      better={BETTER[metric]}
      meta={told.reading ? joinMeta(imagesMeta(testedImages(result)), SHARPNESS_WORDS.directions(directions)) : ''}
      legend={<Legend arms={config.arms} />}
      controls={
        <Segmented label={SHARPNESS_WORDS.quantityShown} value={metric} options={METRICS} onChange={setMetric} />
      }
      build={build}
      empty={config.analyses.sharpness?.enabled ? SHARPNESS_WORDS.awaited : SHARPNESS_WORDS.off}
      height={(width) => (build ? sharpnessHeight(parts, width) : 120)}
      table={table}
      csv={() => sharpnessCsv(result)}
      fileName="copra-sharpness"
    />
  );
}
