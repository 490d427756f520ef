import { useMemo, useState } from 'react';
import { counted } from '../../../core/counted.ts';
import { summaryCsv } from '../../../state/summary/summary-csv.ts';
import { sweepOf } from '../../../study/config/sweep.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import { Legend } from '../../charts/Legend.tsx';
import { Segmented } from '../../controls/Segmented.tsx';
import { imagesMeta, joinMeta, testedImages } from '../figure-meta.ts';
import { legendArms } from '../sweep/legend-arms.ts';
import {
  FRONTIER_MEASURES,
  frontierCaption,
  frontierPlot,
  frontierTable,
  type FrontierMeasure,
} from './frontier-plot.ts';

/** What an arm costs in accuracy, and what it gives for it. */
export function FrontierFigure({ result }: { result: StudyResult }) {
  const [wanted, setWanted] = useState<FrontierMeasure['id']>('retainedHalf');
  const measure = FRONTIER_MEASURES.find(({ id }) => id === wanted) ?? FRONTIER_MEASURES[0];
  const build = useMemo(() => frontierPlot(result, measure), [result, measure]);
  const table = useMemo(() => frontierTable(result), [result]);
  const { arms } = result.config;
  const legend = useMemo(() => legendArms(arms, sweepOf({ arms })), [arms]);
  const reading = useMemo(() => frontierCaption(result, measure), [result, measure]);
  return (
    <ChartFigure
      title="Accuracy against what is kept"
      help={
        <p>
          Every arm is a point: how accurate it is with everything on, and how much of its gain it keeps with every
          other layer switched off, or how accurate two of its seeds are half-way between them. The dotted line joins
          the arms that no other beats in both. An arm with the accuracy of LoRA and the rest of CopRA would lie at the
          top right.
        </p>
      }
      message=""
      reading={reading}
      meta={reading ? joinMeta(counted(arms.length, 'arm'), imagesMeta(testedImages(result))) : ''}
      legend={<Legend arms={legend} />}
      controls={
        <Segmented
          label="Accuracy against what is kept: measure"
          value={measure.id}
          options={FRONTIER_MEASURES}
          onChange={setWanted}
        />
      }
      build={build}
      empty="Every arm becomes a point here when it is tested and pruned."
      height={build ? 340 : 120}
      table={table}
      csv={() => summaryCsv(result)}
      fileName="copra-frontier"
    />
  );
}
