import { useMemo } from 'react';
import { timingCsv } from '../../../share/analyses/timing/csv.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import { Legend } from '../../charts/Legend.tsx';
import { seedsMeta } from '../../results/figure-meta.ts';
import { timingCaption, timingMessage } from './timing-caption.ts';
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
      title="Time of a step"
      help={
        <>
          <p>
            In the study all runs train together, and their times cannot be told apart. So some steps of every run are
            done again, one run at a time, with the gates of that step. The runs of a seed take turns; each step is done
            five times, and the least of the times counts. Bands are one standard deviation over seeds.
          </p>
          <p>
            An inactive layer needs no gradient, so a step of CopRA is cheaper while layers are off. Every image still
            passes all layers. Preparing images is left out: it is the same in all arms. Times hold for this device.
          </p>
        </>
      }
      message={timingMessage(parts)}
      reading={reading}
      better="down"
      meta={reading ? seedsMeta(new Set(timing?.map(({ seed }) => seed)).size) : ''}
      legend={<Legend arms={config.arms} />}
      build={build}
      empty={
        config.analyses.timing?.enabled
          ? 'The time of a step of every arm appears here when training is done.'
          : 'Switch on Time of a step under Analyses to see how long a step of every arm takes.'
      }
      height={build ? 280 : 120}
      table={table}
      csv={() => timingCsv(result)}
      fileName="copra-time-of-a-step"
    />
  );
}
