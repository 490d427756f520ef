import { SEEN } from '../../../copra/readings/seen.ts';
import { counted } from '../../../core/counted.ts';
import { useMemo } from 'react';
import { sweepCsv } from '../../../share/csv/sweep-csv.ts';
import { frozenNames } from '../../../study/run/frozen.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { sweepOf, type Sweep } from '../../../study/config/sweep.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import { isNarrow } from '../../charts/figure-size.ts';
import { Legend } from '../../charts/Legend.tsx';
import { imagesMeta, joinMeta, seedsMeta, testedImages } from '../figure-meta.ts';
import { legendArms } from './legend-arms.ts';
import { sweepCaption } from './sweep-caption.ts';
import { sweepDataTable, sweepPlot } from './sweep-plot.ts';

/** The figure of a whole sweep. @param result with all values */
export function SweepFigure({ result }: { result: StudyResult }) {
  const { arms } = result.config;
  const sweep = useMemo(() => sweepOf({ arms }), [arms]);
  return sweep && <SweptFigure result={result} sweep={sweep} />;
}

function SweptFigure({ result, sweep }: { result: StudyResult; sweep: Sweep }) {
  const { runs, landscape, pruning, config, task } = result;
  const build = useMemo(
    () => sweepPlot({ runs, landscape, pruning, config, task }, sweep),
    [runs, landscape, pruning, config, task, sweep],
  );
  const table = useMemo(
    () => sweepDataTable({ runs, landscape, pruning, config, task }, sweep),
    [runs, landscape, pruning, config, task, sweep],
  );
  const legend = useMemo(() => legendArms(config.arms, sweep), [config.arms, sweep]);
  return (
    <ChartFigure
      title={`Sweep: ${sweep.setting.label.toLowerCase()}`}
      help={
        <>
          <p>
            Everything but one setting is equal: steps, images, their order and the seeds. A method that only wins at
            one value may have been given the better value; one that wins over a range does not depend on it.
          </p>
          <p>
            Merged 1:1: A and B of two seeds averaged, nothing retrained. Every other layer off: the mean of keeping the
            even and keeping the odd layers. Points are means over seeds or pairs of seeds, bands one standard
            deviation.
          </p>
          <p>
            The best value of a curve was found on the images it is shown on, and a higher rank or rate may need other
            settings to change with it.
          </p>
        </>
      }
      message={sweepCaption(result, sweep) === '' ? '' : SEEN.sweep}
      reading={sweepCaption(result, sweep)}
      meta={joinMeta(
        imagesMeta(runs.some((run) => run.test) ? testedImages(result) : 0),
        counted(sweep.values.length, 'value'),
        seedsMeta(config.seeds.length),
      )}
      legend={<Legend arms={legend} references={frozenNames(result)} />}
      build={build}
      empty="What every value of the setting gives appears here when training is done."
      height={(width) => (isNarrow(width) ? 640 : 280)}
      table={table}
      csv={() => sweepCsv(result, sweep)}
      fileName="copra-sweep"
    />
  );
}
