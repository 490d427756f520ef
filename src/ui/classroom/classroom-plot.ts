/** The class figure: one column per student, one point per seed, one colour per arm. */
import { hundredths } from '../../core/number-format.ts';
import { shortened } from '../../core/shortened.ts';
import { csv } from '../../share/csv/csv.ts';
import { classArms, classPoints, type ClassMetric, type ClassPoint } from '../../state/study/class-statistics.ts';
import type { Student } from '../../state/study/classroom.ts';
import { spread } from '../../state/summary/summary.ts';
import { armStyles } from '../arm-style.ts';
import { fixed } from '../format.ts';
import type { TableData } from '../charts/DataTable.tsx';
import type { BuildFigure } from '../charts/figure.ts';
import { namesWithRoom } from '../charts/scales/scales.ts';
import { paddedRange, PERCENT } from '../charts/ranges.ts';
import { CLASSROOM_WORDS } from './messages.ts';

/** Longest name on an axis, in characters. */
const MAX_NAME = 14;

/** Points of one arm and student are offset sideways, so that none hides another. */
const SPREAD = 0.16;

function positions(points: readonly ClassPoint[], students: readonly Student[], offset: number): number[] {
  return points.map((point, i) => {
    const own = points.filter(({ student }) => student === point.student);
    const place = own.indexOf(point);
    const jitter = own.length > 1 ? SPREAD * (place / (own.length - 1) - 0.5) : 0;
    return students.findIndex(({ name }) => name === points[i].student) + offset + jitter;
  });
}

const [LEFT, RIGHT, TOP] = [56, 8, 8];
/** Of the part that has the points, at any width. */
const PANEL_HEIGHT = 216;

/** The names below the axis: beside one another where the columns are as wide as they, else slanted, and as many as have room. */
function namesBelow(students: readonly Student[], width: number) {
  const names = students.map(({ name }) => shortened(name, MAX_NAME));
  const length = width - LEFT - RIGHT;
  const slanted = namesWithRoom(names, length, false).length < names.length;
  const at = slanted ? namesWithRoom(names, length, true) : [...names.keys()];
  const longest = Math.max(...names.map((name) => name.length));
  return {
    slanted,
    ticks: { at, texts: at.map((i) => names[i]) },
    room: slanted ? 20 + 5.8 * longest : 36,
  };
}

/** Height of the figure, which grows with the names that it slants. */
export const classroomHeight =
  (students: readonly Student[]) =>
  (width: number): number =>
    TOP + PANEL_HEIGHT + namesBelow(students, width).room;

export function classroomPlot(students: readonly Student[], metric: ClassMetric): BuildFigure | null {
  const points = classPoints(students, metric);
  if (points.length === 0) return null;
  const arms = classArms(students);
  const styles = armStyles(arms);
  const range = paddedRange(points.map(({ value }) => 100 * value)) ?? undefined;
  return (width) => {
    const { room, ...below } = namesBelow(students, width);
    return {
      margin: { left: LEFT, right: RIGHT, top: TOP, bottom: room },
      pointer: 'nearest',
      panels: [
        {
          x: {
            kind: 'linear',
            range: [-0.6, students.length - 0.4],
            ...below,
            lines: false,
          },
          y: {
            kind: 'linear',
            title: CLASSROOM_WORDS.metrics[metric].axis,
            range,
            ...(metric === 'accuracy' && { limits: PERCENT }),
          },
          marks: arms.map((arm, a) => {
            const own = points.filter((point) => point.arm === arm.name);
            const style = styles.get(arm.id);
            const x = positions(own, students, arms.length > 1 ? 0.4 * (a / (arms.length - 1) - 0.5) : 0);
            return {
              kind: 'points',
              name: arm.name,
              points: own.map(({ value }, i) => ({
                x: x[i],
                y: 100 * value,
                shape: style?.marker ?? 'circle',
                size: 9,
                colour: style?.token ?? '--ink',
              })),
              reading: (i) =>
                CLASSROOM_WORDS.point(own[i].student, own[i].seeds, arm.name, fixed(100 * own[i].value, 1)),
            };
          }),
        },
      ],
    };
  };
}

export function classroomTable(students: readonly Student[], metric: ClassMetric): TableData {
  const rows = classPoints(students, metric).map(({ student, arm, seeds, value }) => [
    student,
    arm,
    seeds,
    hundredths(value),
  ]);
  const { columns, metrics } = CLASSROOM_WORDS;
  return { head: [columns.student, columns.arm, columns.seed, metrics[metric].axis], rows };
}

/** The last column of the file: its names are those of the table of results (summary-csv.ts). */
const CSV_VALUE: Readonly<Record<ClassMetric, string>> = {
  accuracy: 'accuracy',
  barrier: 'barrier',
  half: 'every_other_gain_kept',
};

/** One row per student, arm and seed or pair of seeds, in the conventions of csv.ts. */
export const classroomCsv = (students: readonly Student[], metric: ClassMetric): string =>
  csv(
    ['student', 'arm', 'seeds', CSV_VALUE[metric]],
    classPoints(students, metric).map(({ student, arm, seeds, value }) => [student, arm, seeds, value]),
  );

/** One sentence per arm: mean and spread over all points of the class that repeat no other. */
export function classReading(students: readonly Student[], metric: ClassMetric): string {
  const points = classPoints(students, metric);
  const evidence = points.filter(({ repeats }) => !repeats);
  const parts = classArms(students).flatMap(({ name }) => {
    const own = spread(evidence.filter(({ arm }) => arm === name).map(({ value }) => value));
    if (!own) return [];
    const sd = own.sd === null ? '' : ` ± ${hundredths(own.sd)}`;
    return [CLASSROOM_WORDS.mean(name, `${hundredths(own.mean)}${sd}`, own.n)];
  });
  if (parts.length === 0) return '';
  const sentence = CLASSROOM_WORDS.reading(CLASSROOM_WORDS.metrics[metric].sentence, parts);
  const left = points.length - evidence.length;
  return left > 0 ? `${sentence} ${CLASSROOM_WORDS.leftOut(left)}` : sentence;
}
