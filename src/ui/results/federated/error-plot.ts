/** Aggregation error of every layer in every round as heat maps, one panel per arm and rule that errs. */
import { hundredths } from '../../../core/number-format.ts';
import { federatedRuleName } from '../../../copra/federated/rule-list.ts';
import { armStyles } from '../../arm-style.ts';
import type { TableData } from '../../charts/DataTable.tsx';
import type { BuildFigure } from '../../charts/Chart.tsx';
import type { Layout, Trace } from '../../charts/plotly.ts';
import { axisKey, axisRef, panelTitle } from '../../charts/series.ts';
import { axis, baseLayout } from '../../charts/theme.ts';
import { coursesOf, meanErrors, type Course, type FederatedParts } from './courses.ts';

/** Below this an error is rounding: there is nothing to see. */
const EXACT = 1e-4;

export const isInexact = ({ runs }: Course): boolean =>
  runs.some(({ error }) => error.some((layers) => layers.some((value) => value > EXACT)));

/** Courses with an error to show. */
export const inexactCourses = (result: FederatedParts): Course[] => coursesOf(result).filter(isInexact);

const layerName = ({ tower, layer }: Course['runs'][number]['players'][number], twoTowers: boolean): string =>
  twoTowers ? `${tower[0].toUpperCase()}${layer + 1}` : String(layer + 1);

/** Panels beside one another: the arms, as long as they fit. */
const columnsOf = (courses: readonly Course[], width: number): number =>
  width < 420 ? 1 : Math.min(2, new Set(courses.map(({ arm }) => arm)).size);

const PANEL = 190;

export const errorHeight = (courses: readonly Course[], width: number): number =>
  66 + PANEL * Math.ceil(courses.length / columnsOf(courses, width));

export function errorPlot(result: FederatedParts): BuildFigure | null {
  const all = inexactCourses(result);
  if (all.length === 0) return null;
  // Rules below one another, arms side by side.
  const order = [...new Set(all.map(({ rule }) => rule))];
  const courses = all.toSorted((a, b) => order.indexOf(a.rule) - order.indexOf(b.rule));
  const styles = armStyles(result.config.arms);
  const errors = courses.map(meanErrors);
  const limit = Math.max(...errors.flat(2).map(({ mean }) => mean || 0));
  return (theme, width) => {
    const columns = columnsOf(courses, width);
    const rows = Math.ceil(courses.length / columns);
    const gap = columns > 1 ? 0.04 : 0;
    const panelWidth = (1 - gap * (columns - 1)) / columns;
    const titleRoom = 24 / (PANEL * rows);
    const layout: Layout = { ...baseLayout(theme), hovermode: 'closest' };
    const annotations: Layout[] = [];
    const data = courses.map((course, index): Trace => {
      const column = index % columns;
      const row = Math.floor(index / columns);
      const left = column * (panelWidth + gap);
      const { players } = course.runs[0];
      const twoTowers = new Set(players.map(({ tower }) => tower)).size > 1;
      const lastRow = row === rows - 1 || index + columns >= courses.length;
      layout[axisKey('x', index)] = axis(theme, lastRow ? 'round' : '', {
        domain: [left, left + panelWidth],
        anchor: axisRef('y', index),
        showgrid: false,
        showticklabels: lastRow,
        dtick: errors[index].length > 30 ? undefined : errors[index].length > 10 ? 5 : 1,
      });
      layout[axisKey('y', index)] = axis(theme, column === 0 ? 'layer' : '', {
        domain: [1 - (row + 1) / rows + 0.02, 1 - row / rows - titleRoom],
        anchor: axisRef('x', index),
        type: 'category',
        showgrid: false,
        showticklabels: column === 0,
        dtick: players.length > 8 ? 3 : 1,
      });
      annotations.push(panelTitle(theme, index, course.name));
      return {
        type: 'heatmap',
        x: errors[index].map((_, round) => round + 1),
        y: players.map((player) => layerName(player, twoTowers)),
        z: players.map((_, player) => errors[index].map((layers) => 100 * (layers[player]?.mean ?? 0))),
        zmin: 0,
        zmax: 100 * limit,
        colorscale: [
          [0, theme.surface],
          [1, theme.arm(styles.get(course.arm)?.token ?? '--ink')],
        ],
        xgap: 1,
        ygap: 1,
        showscale: false,
        hovertemplate: `${course.name}, layer %{y}, round %{x}: %{z:.1f} %<extra></extra>`,
        xaxis: axisRef('x', index),
        yaxis: axisRef('y', index),
      };
    });
    annotations.push({
      text: `strongest colour: ${hundredths(limit, 0)} % of the average update`,
      xref: 'paper',
      yref: 'paper',
      x: 1,
      y: 0,
      yshift: -62,
      xanchor: 'right',
      yanchor: 'bottom',
      showarrow: false,
      font: { size: 11, color: theme.ink3 },
    });
    return { data, layout: { ...layout, annotations, margin: { l: 44, r: 8, t: 2, b: 64 } } };
  };
}

/** The last round of every course. */
export function errorTable(result: FederatedParts): TableData {
  const rows = coursesOf(result).flatMap((course) => {
    const last = meanErrors(course).at(-1) ?? [];
    return course.runs[0].players.map(({ tower, layer }, i) => [
      course.armName,
      federatedRuleName(course.rule),
      tower,
      String(layer + 1),
      last[i] ? hundredths(last[i].mean, 2) : '–',
      String(last[i]?.n ?? 0),
    ]);
  });
  return { head: ['Arm', 'Rule', 'Tower', 'Layer', 'Error in the last round, %', 'Seeds'], rows };
}
