import { useMemo } from 'react';
import { sweepCsv } from '../../../share/csv/sweep-csv.ts';
import { bestOfSweep } from '../../../study/result/best-of-sweep.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { inSentence } from '../../../study/config/settings/rows.ts';
import { sweepOf, type Sweep } from '../../../study/config/sweep.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import { isNarrow } from '../../charts/figure-size.ts';
import { Legend, RingItem } from '../../charts/Legend.tsx';
import { imagesMeta, joinMeta, seedsMeta, testedImages } from '../figure-meta.ts';
import { legendArms } from './legend-arms.ts';
import { SWEEP_WORDS } from './messages.ts';
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
  const read = useMemo(() => sweepCaption(result, sweep), [result, sweep]);
  const hasRings = useMemo(() => bestOfSweep({ runs, config }, sweep) !== null, [runs, config, sweep]);
  const legend = useMemo(() => legendArms(config.arms, sweep), [config.arms, sweep]);
  return (
    <ChartFigure
      title={SWEEP_WORDS.title(inSentence(sweep.setting.label))}
      help={
        <>
          {SWEEP_WORDS.help.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </>
      }
      {...read}
      meta={joinMeta(
        imagesMeta(runs.some((run) => run.test) ? testedImages(result) : 0),
        SWEEP_WORDS.values(sweep.values.length),
        seedsMeta(config.seeds.length),
      )}
      legend={<Legend arms={legend}>{hasRings && <RingItem text={SWEEP_WORDS.rings} />}</Legend>}
      build={build}
      empty={SWEEP_WORDS.empty}
      height={(width) => (isNarrow(width) ? 640 : 280)}
      table={table}
      csv={() => sweepCsv(result, sweep)}
      fileName="copra-sweep"
    />
  );
}
