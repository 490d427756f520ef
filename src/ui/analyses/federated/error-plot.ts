/** Aggregation error of every layer in every round as heat maps, one panel per arm and inexact rule. */
import { layerNames } from '../../../core/layer-names.ts';
import { fixed, hundredths, MISSING } from '../../../core/number-format.ts';
import { federatedRuleName } from '../../../copra/federated/rule-list.ts';
import { armStyles } from '../../arm-style.ts';
import type { TableData } from '../../charts/DataTable.tsx';
import type { BuildFigure } from '../../charts/figure.ts';
import { everyNth } from '../../charts/names.ts';
import { meanErrors, shownCourses, type SeedCourses, type FederatedParts } from './seed-courses.ts';
import { FEDERATED_WORDS } from './messages.ts';

/** Errors below this are rounding and not shown. */
const EXACT = 1e-4;

export const isInexact = ({ runs }: SeedCourses): boolean =>
  runs.some(({ error }) => error.some((layers) => layers.some((value) => value > EXACT)));

/** Courses with an error to show. */
export const inexactCourses = (result: FederatedParts): SeedCourses[] => shownCourses(result).filter(isInexact);

/** Number of panel columns: one per arm, as many as fit. */
const columnsOf = (courses: readonly SeedCourses[], width: number): number =>
  width < 420 ? 1 : Math.min(2, new Set(courses.map(({ arm }) => arm)).size);

const PANEL = 190;

export const errorHeight = (courses: readonly SeedCourses[], width: number): number =>
  66 + PANEL * Math.ceil(courses.length / columnsOf(courses, width));

export function errorPlot(result: FederatedParts): BuildFigure | null {
  const all = inexactCourses(result);
  if (all.length === 0) return null;
  // One row per rule, one column per arm.
  const order = [...new Set(all.map(({ rule }) => rule))];
  const courses = all.toSorted((a, b) => order.indexOf(a.rule) - order.indexOf(b.rule));
  const styles = armStyles(result.config.arms);
  const errors = courses.map(meanErrors);
  const limit = Math.max(...errors.flat(2).map(({ mean }) => mean || 0));
  return (width) => {
    const columns = columnsOf(courses, width);
    const rows = Math.ceil(courses.length / columns);
    return {
      margin: { left: 44, right: 8, top: 26, bottom: 64 },
      grid: { columns, rows, columnGap: 24, rowGap: 28 },
      pointer: 'nearest',
      remark: FEDERATED_WORDS.error.strongest(fixed(100 * limit, 0)),
      panels: courses.map((course, index) => {
        const { players } = course.runs[0];
        const isLowest = index + columns >= courses.length;
        const isFirst = index % columns === 0;
        const rounds = errors[index].length;
        const every = rounds > 30 ? 10 : rounds > 10 ? 5 : 1;
        const layers = layerNames(players);
        const values = players.map((_, player) => errors[index].map((spreads) => 100 * (spreads[player]?.mean ?? 0)));
        return {
          title: course.name,
          x: {
            kind: 'names',
            names: errors[index].map((_, round) => String(round + 1)),
            ticks: everyNth(rounds, every, every - 1),
            title: isLowest ? FEDERATED_WORDS.round : '',
            labels: isLowest,
            lines: false,
          },
          y: {
            kind: 'names',
            names: layers,
            ticks: everyNth(players.length, players.length > 8 ? 3 : 1),
            title: isFirst ? FEDERATED_WORDS.layer : '',
            labels: isFirst,
            lines: false,
          },
          marks: [
            {
              kind: 'cells',
              values,
              range: [0, 100 * limit],
              scale: [
                [0, '--surface'],
                [1, styles.get(course.arm)?.token ?? '--ink'],
              ],
              gap: 1,
              reading: (layer, round) =>
                FEDERATED_WORDS.error.reading(course.name, layers[layer], round + 1, fixed(values[layer][round], 1)),
            },
          ],
        };
      }),
    };
  };
}

/** Table of the last round of every course. */
export function errorTable(result: FederatedParts): TableData {
  const rows = shownCourses(result).flatMap((course) => {
    const last = meanErrors(course).at(-1) ?? [];
    return course.runs[0].players.map(({ tower, layer }, i) => [
      course.armName,
      federatedRuleName(course.rule),
      FEDERATED_WORDS.error.towers[tower],
      String(layer + 1),
      last[i] ? hundredths(last[i].mean, 2) : MISSING,
      String(last[i]?.n ?? 0),
    ]);
  });
  return { head: FEDERATED_WORDS.error.head, rows };
}
