/** Every arm at a glance, where there are too many for columns: accuracy against barrier. */
import { useMemo } from 'react';
import { armsMessage, armsReading } from '../../../copra/readings/arms.ts';
import { armPoints, armPointsCsv, type ArmPoint } from '../../../state/summary/arm-points.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import { ReferenceItem } from '../../charts/Legend.tsx';
import { imagesMeta, joinMeta, pairsMeta, seedsMeta, testedImages } from '../figure-meta.ts';
import { armsHeight, armsPlot, armsTable } from './arms-plot.ts';

const extreme = (points: readonly ArmPoint[], isAhead: (a: ArmPoint, b: ArmPoint) => boolean) => {
  const { name, barrier, accuracy } = points.reduce((best, other) => (isAhead(other, best) ? other : best));
  return { name, barrier: barrier.value, accuracy: accuracy.value };
};

export function ArmsFigure({ result }: { readonly result: StudyResult }) {
  const { arms } = result.config;
  const points = useMemo(() => armPoints(result), [result]);
  const build = useMemo(() => armsPlot(points, arms), [points, arms]);
  const first = arms[0].name;
  const table = useMemo(() => armsTable(points, first), [points, first]);
  const others = points
    .filter(({ arm }) => arm !== arms[0].id)
    .map(({ name, accuracy, barrier }) => ({
      name,
      accuracy: accuracy.difference,
      barrier: barrier.difference,
    }));
  return (
    <ChartFigure
      title="Every arm: accuracy and barrier"
      help={
        <>
          <p>
            An arm is a point: to the right it is more accurate with every layer on, further down it loses less on the
            way between two seeds (factor path). Best is the lower right corner. The numbers are those of the table
            below.
          </p>
          <p>
            Dashed lines are the values of {first}, the first arm. A thin line through a point is the 95 % interval of
            its difference to {first}, drawn where it leaves {first} out. The data table has all intervals and says what
            each is over. Axes begin where the points do, not at 0.
          </p>
        </>
      }
      message={build ? armsMessage(first, others) : ''}
      reading={
        build
          ? armsReading(
              first,
              others,
              {
                lowestBarrier: extreme(points, (a, b) => a.barrier.value < b.barrier.value),
                highestAccuracy: extreme(points, (a, b) => a.accuracy.value > b.accuracy.value),
              },
              testedImages(result),
            )
          : ''
      }
      meta={joinMeta(
        imagesMeta(testedImages(result)),
        seedsMeta(Math.max(0, ...points.map(({ accuracy }) => accuracy.n))),
        pairsMeta(Math.max(0, ...points.map(({ barrier }) => barrier.n))),
      )}
      legend={<ReferenceItem text={first} dash="dash" />}
      build={build}
      empty="Every arm becomes a point here when its seeds are tested and the paths between them are measured."
      height={armsHeight}
      table={table}
      csv={() => armPointsCsv(result)}
      fileName="copra-arms-accuracy-barrier"
    />
  );
}
