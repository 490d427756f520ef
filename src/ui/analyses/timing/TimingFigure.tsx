import { PART_WORDS } from '../../../lessons/part-words.ts';
import { useMemo } from 'react';
import { timingCsv } from '../../../share/analyses/timing/csv.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import { Legend } from '../../charts/Legend.tsx';
import { seedsMeta } from '../../results/figure-meta.ts';
import { TIMING_WORDS } from './messages.ts';
import { timingCaption, timingTold } from './timing-caption.ts';
import { timingPlot, timingTable } from './timing-plot.ts';

/** How long a step takes at every part of the training, each run on its own. */
export function TimingFigure({ result }: { result: StudyResult }) {
  const { timing, config, provenance } = result;
  const parts = useMemo(() => ({ timing, config, provenance }), [timing, config, provenance]);
  const build = useMemo(() => timingPlot(parts), [parts]);
  const table = useMemo(() => timingTable(parts), [parts]);
  const reading = useMemo(() => timingCaption(parts), [parts]);
  return (
    <ChartFigure
      title={PART_WORDS.timing}
      help={TIMING_WORDS.help.map((text) => (
        <p key={text}>{text}</p>
      ))}
      {...timingTold(parts)}
      reading={reading}
      better="down"
      meta={reading ? seedsMeta(new Set(timing?.map(({ seed }) => seed)).size) : ''}
      legend={<Legend arms={config.arms} />}
      build={build}
      empty={config.analyses.timing?.enabled ? TIMING_WORDS.awaited : TIMING_WORDS.off}
      height={build ? 280 : 120}
      table={table}
      csv={() => timingCsv(result)}
      fileName="copra-time-of-a-step"
    />
  );
}
