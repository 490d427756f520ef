/** What every arm costs in accuracy, and what it gives for it. */
import { useMemo, useState } from 'react';
import { frontierMessage, frontierReading, type FrontierReading } from '../../../copra/readings/frontier.ts';
import { counted } from '../../../core/counted.ts';
import {
  armPoints,
  armPointsCsv,
  pointMeasures,
  unbeaten,
  type ArmPoint,
  type PointMeasure,
} from '../../../state/summary/arm-points.ts';
import { sweepOf } from '../../../study/config/sweep.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import { Legend, ReferenceItem } from '../../charts/Legend.tsx';
import { Segmented } from '../../controls/Segmented.tsx';
import { imagesMeta, joinMeta, pairsMeta, seedsMeta, testedImages } from '../figure-meta.ts';
import { legendArms } from '../sweep/legend-arms.ts';
import { frontierHeight, frontierPlot, frontierTable, SHOWN_MEASURES } from './frontier-plot.ts';

/** More arms than these are told apart by their labels alone. */
const MOST_IN_LEGEND = 4;

const NO_TABLE = { head: ['Arm'], rows: [] };

interface Props {
  readonly result: StudyResult;
  /** The measure shown until the reader chooses; absent: the first that the result has. */
  readonly measure?: PointMeasure['id'];
}

function readingOf(result: StudyResult, points: readonly ArmPoint[], measure: PointMeasure): FrontierReading {
  const [first] = result.config.arms;
  return {
    measure: measure.id,
    first: first.name,
    arms: points.map(({ name, accuracy, other }) => ({ name, accuracy: accuracy.value, other: other.value })),
    others: points
      .filter(({ arm }) => arm !== first.id)
      .map(({ name, accuracy, other }) => ({ name, accuracy: accuracy.difference, other: other.difference })),
    unbeaten: unbeaten(points, measure).map(({ name }) => name),
    seeds: Math.max(0, ...points.map(({ accuracy }) => accuracy.n)),
    images: testedImages(result),
  };
}

/** Everything that follows from a result and a measure. */
function view(result: StudyResult, measure: PointMeasure) {
  const { arms } = result.config;
  const points = armPoints(result, measure);
  const reading = readingOf(result, points, measure);
  return {
    build: frontierPlot(points, measure, arms),
    table: frontierTable(points, measure, arms[0].name),
    message: frontierMessage(reading),
    reading: frontierReading(reading),
    meta: joinMeta(
      points.length < arms.length ? `${points.length} of ${counted(arms.length, 'arm')}` : counted(arms.length, 'arm'),
      imagesMeta(reading.images),
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
  const first = arms[0].name;
  const inLegend = useMemo(() => {
    const sweep = sweepOf({ arms });
    return sweep || arms.length <= MOST_IN_LEGEND ? legendArms(arms, sweep) : [];
  }, [arms]);
  return (
    <ChartFigure
      title="Every arm as a point"
      help={
        <>
          <p>
            An arm is a point: to the right it is more accurate with every layer on. Upwards it keeps more of its gain
            with every other layer off, or two of its seeds are more accurate half-way between them; with the barrier it
            is better further down, where less is lost on the way between two seeds (factor path). The numbers at the
            points are those of the arms in the tables.
          </p>
          <p>
            Dashed lines are the values of {first}, the first arm. The dotted line joins the arms that no other beats in
            both. A thin line through a point is the 95 % interval of its difference to {first}, drawn where it leaves{' '}
            {first} out. The data table has all intervals and says what each is over. Axes begin where the points do,
            not at 0.
          </p>
        </>
      }
      message={shown?.message ?? ''}
      reading={shown?.reading ?? ''}
      meta={shown?.meta ?? ''}
      legend={
        <Legend arms={inLegend}>
          <ReferenceItem text={first} dash="dash" />
          <ReferenceItem text="not beaten in both" dash="dot" />
        </Legend>
      }
      controls={
        measure &&
        measures.length > 1 && (
          <Segmented
            label="Every arm as a point: measure"
            value={measure.id}
            options={measures.map(({ id }) => ({ id, name: SHOWN_MEASURES[id].name }))}
            onChange={setWanted}
          />
        )
      }
      build={build}
      empty="Every arm becomes a point here when its seeds are tested and pruned, or the paths between them are measured."
      height={build ? frontierHeight : 120}
      table={shown?.table ?? NO_TABLE}
      csv={() => armPointsCsv(result)}
      fileName="copra-arms"
    />
  );
}

/** With the barrier at first. */
export const BarrierFigure = ({ result }: Pick<Props, 'result'>) => (
  <FrontierFigure result={result} measure="barrier" />
);
