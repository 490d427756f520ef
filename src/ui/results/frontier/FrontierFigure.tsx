/** What every arm costs in accuracy, and what it gives for it. */
import { PART_WORDS } from '../../../lessons/part-words.ts';
import { useMemo, useState } from 'react';
import { frontierMessage, frontierReading, type FrontierReading } from './frontier-caption.ts';
import {
  armPoints,
  armPointsCsv,
  pointMeasures,
  baselineArm,
  unbeaten,
  type ArmPoint,
  type PointMeasure,
} from '../../../state/summary/arm-points.ts';
import { sweepOf } from '../../../study/config/sweep.ts';
import { testSample } from '../../../study/result/measures/sample.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import { Legend, ReferenceItem } from '../../charts/Legend.tsx';
import { Segmented } from '../../controls/Segmented.tsx';
import { imagesMeta, joinMeta, pairsMeta, seedsMeta } from '../figure-meta.ts';
import { legendArms } from '../sweep/legend-arms.ts';
import { frontierHeight, frontierPlot, frontierTable } from './frontier-plot.ts';
import { FRONTIER_WORDS } from './messages.ts';

/** More arms than these are told apart by their labels alone. */
const MOST_IN_LEGEND = 4;

interface Props {
  readonly result: StudyResult;
  /** The measure shown until the reader chooses; absent: the first that the result has. */
  readonly measure?: PointMeasure['id'];
}

function readingOf(result: StudyResult, points: readonly ArmPoint[], measure: PointMeasure): FrontierReading {
  const first = baselineArm(result);
  return {
    measure: measure.id,
    first: first.name,
    arms: points.map(({ name, accuracy, other }) => ({ name, accuracy: accuracy.value, other: other.value })),
    others: points
      .filter(({ arm }) => arm !== first.id)
      .map(({ name, accuracy, other }) => ({ name, accuracy: accuracy.difference, other: other.difference })),
    unbeaten: unbeaten(points, measure).map(({ name }) => name),
    seeds: Math.max(0, ...points.map(({ accuracy }) => accuracy.n)),
    images: testSample(result),
  };
}

/** Everything that follows from a result and a measure. */
function view(result: StudyResult, measure: PointMeasure) {
  const { arms } = result.config;
  const reference = baselineArm(result);
  const points = armPoints(result, measure);
  const reading = readingOf(result, points, measure);
  return {
    build: frontierPlot(points, measure, arms, reference.id),
    table: frontierTable(points, measure, reference.name),
    message: frontierMessage(reading),
    ...frontierReading(reading),
    meta: joinMeta(
      FRONTIER_WORDS.arms(points.length, arms.length),
      imagesMeta(reading.images.images),
      seedsMeta(reading.seeds),
      measure.measure.unit === 'seed' ? '' : pairsMeta(Math.max(0, ...points.map(({ other }) => other.n))),
    ),
  };
}

export function FrontierFigure({ result, measure: initial }: Props) {
  const { arms } = result.config;
  const [wanted, setWanted] = useState<PointMeasure['id'] | undefined>(initial);
  const measures = useMemo(() => pointMeasures(result), [result]);
  const measure = measures.find(({ id }) => id === wanted) ?? measures.at(0);
  const shown = useMemo(() => (measure ? view(result, measure) : null), [result, measure]);
  const build = shown?.build ?? null;
  const first = baselineArm(result).name;
  const inLegend = useMemo(() => {
    const sweep = sweepOf({ arms });
    return sweep || arms.length <= MOST_IN_LEGEND ? legendArms(arms, sweep) : [];
  }, [arms]);
  return (
    <ChartFigure
      title={PART_WORDS.frontier}
      help={
        <>
          {FRONTIER_WORDS.help(first).map((text) => (
            <p key={text}>{text}</p>
          ))}
        </>
      }
      message={shown?.message ?? ''}
      numbers={shown?.numbers}
      reading={shown?.reading ?? ''}
      meta={shown?.meta ?? ''}
      legend={
        <Legend arms={inLegend}>
          <ReferenceItem text={FRONTIER_WORDS.unbeaten} dash="dot" />
        </Legend>
      }
      controls={
        measure &&
        measures.length > 1 && (
          <Segmented
            label={FRONTIER_WORDS.measure}
            value={measure.id}
            options={measures.map(({ id }) => ({ id, name: FRONTIER_WORDS.measures[id].name }))}
            onChange={setWanted}
          />
        )
      }
      build={build}
      empty={FRONTIER_WORDS.empty}
      height={build ? frontierHeight : 120}
      table={shown?.table ?? { head: [FRONTIER_WORDS.arm], rows: [] }}
      csv={() => armPointsCsv(result)}
      fileName="copra-arm-points"
    />
  );
}

/** With the barrier at first. */
export const BarrierFigure = ({ result }: Pick<Props, 'result'>) => (
  <FrontierFigure result={result} measure="barrier" />
);
