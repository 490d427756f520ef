/** The pruning figures: whole layers switched off, and single weights set to zero. */
import { frozenOf, frozenPercent } from '../../../study/run/frozen.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { columnSpreads, pruningsOf, spread, type Spread } from '../../../state/summary/summary.ts';
import { armStyles } from '../../arm-style.ts';
import type { TableData } from '../../charts/DataTable.tsx';
import type { BuildFigure } from '../../charts/Chart.tsx';
import { plainText } from '../../charts/plain-text.ts';
import type { Layout, Trace } from '../../charts/plotly.ts';
import {
  accuracyRange,
  accuracyReferences,
  axisKey,
  axisRef,
  bandTraces,
  level,
  panelDomains,
  panelTitle,
} from '../../charts/series.ts';
import { axis, baseLayout, hoverTitle } from '../../charts/theme.ts';
import { maskName } from './mask-names.ts';

/** The parts of a result that the figure shows: it is redrawn when one of them changes, and only then. */
export type PruningParts = Pick<StudyResult, 'pruning' | 'config' | 'task'>;

export type PruningMetric = 'accuracy' | 'retained';

interface MaskRow {
  readonly label: string;
  readonly kept: string;
  readonly accuracy: Spread;
  readonly retained: Spread | null;
}

/** Masks in the order of the results; random masks of one size are one row. The empty mask is the line of the frozen backbone. */
function maskRows(result: PruningParts, arm: string): MaskRow[] {
  const groups = new Map<string, { kept: string; accuracy: number[]; retained: number[] }>();
  for (const entry of pruningsOf(result, arm)) {
    for (const mask of entry.structured) {
      if (mask.label === 'none') continue;
      const label = mask.label.replace(/^(random-\d+).*/, '$1');
      const group = groups.get(label) ?? {
        kept: `${Math.round((100 * mask.kept) / mask.of)}`,
        accuracy: [],
        retained: [],
      };
      group.accuracy.push(mask.accuracy);
      if (mask.retainedGain !== null) group.retained.push(mask.retainedGain);
      groups.set(label, group);
    }
  }
  return [...groups].flatMap(([label, { kept, accuracy, retained }]) => {
    const mean = spread(accuracy);
    return mean ? [{ label, kept, accuracy: mean, retained: spread(retained) }] : [];
  });
}

/** Pixels: the numbers in the bars, a bar that holds one, a bar without, the room between masks, and the axis below. */
const NUMBER_SIZE = 10;
const NUMBERED_BAR = 11.5;
const PLAIN_BAR = 6;
const GAP = 6;
const AXIS = 42;
/** Arms up to which every bar is wide enough for its number; above it the table and the pointer tell. */
const MAX_NUMBERED = 3;
/** Masks of a study of one tower with q, k and v. */
const USUAL_ROWS = 22;

const rowHeight = (arms: number): number => GAP + arms * (arms <= MAX_NUMBERED ? NUMBERED_BAR : PLAIN_BAR);

/** Height in pixels at which no number touches another. Before there are results, that of the usual masks. */
export function structuredHeight(result: PruningParts): number {
  const rows = Math.max(...result.config.arms.map(({ id }) => maskRows(result, id).length));
  return Math.round((rows || USUAL_ROWS) * rowHeight(result.config.arms.length)) + AXIS + 4;
}

export function structuredPlot(result: PruningParts, metric: PruningMetric): BuildFigure | null {
  const arms = result.config.arms
    .map((arm) => ({ arm, rows: maskRows(result, arm.id) }))
    .filter(({ rows }) => rows.length > 0);
  if (arms.length === 0) return null;
  const styles = armStyles(result.config.arms);
  const frozen = frozenPercent(result.task);
  return (theme, width) => {
    const data: Trace[] = arms.map(({ arm, rows }) => {
      const colour = theme.arm(styles.get(arm.id)?.token ?? '--ink');
      const values = rows.map((row) => (metric === 'accuracy' ? row.accuracy : row.retained));
      const means = values.map((value) => (value ? 100 * value.mean : null));
      return {
        type: 'bar',
        orientation: 'h',
        name: plainText(arm.name),
        y: rows.map((row) => plainText(maskName(row.label))),
        x: means,
        customdata: values.map((value) => 100 * (value?.sd ?? 0)),
        marker: { color: colour, line: { width: 0 } },
        ...(arms.length <= MAX_NUMBERED && {
          text: means.map((mean) => (mean === null ? '' : mean.toFixed(1))),
          textposition: 'inside',
          insidetextanchor: 'start',
          textangle: 0,
          constraintext: 'none',
          textfont: { size: NUMBER_SIZE, color: theme.surface },
        }),
        error_x: {
          type: 'data',
          array: values.map((value) => 100 * (value?.sd ?? 0)),
          color: theme.ink2,
          thickness: 1.1,
          width: 2,
        },
        hovertemplate: `${plainText(arm.name)} %{x:.1f} ± %{customdata:.1f} %<extra></extra>`,
      };
    });
    const shapes: Layout[] = [];
    if (metric === 'accuracy') {
      if (frozen !== null)
        shapes.push({
          ...level({ theme, panel: 0, value: frozen, dash: 'dash', direction: 'vertical' }),
          layer: 'above',
        });
      shapes.push({
        ...level({ theme, panel: 0, value: 100 * result.task.chance, dash: 'dot', direction: 'vertical' }),
        layer: 'above',
      });
    } else {
      shapes.push(level({ theme, panel: 0, value: 100, dash: 'dash', direction: 'vertical' }));
    }
    return {
      data,
      layout: {
        ...baseLayout(theme),
        hovermode: 'y unified',
        barmode: 'group',
        bargap: GAP / rowHeight(arms.length),
        bargroupgap: 0,
        shapes,
        margin: { l: width < 420 ? 124 : 136, r: 14, t: 4, b: AXIS },
        xaxis: axis(
          theme,
          metric === 'accuracy'
            ? 'test accuracy, %'
            : `retained gain, % (0 = ${frozenOf(result.task)?.name ?? 'no layer'}, 100 = every layer)`,
          { rangemode: 'tozero' },
        ),
        yaxis: axis(theme, '', {
          type: 'category',
          autorange: 'reversed',
          showgrid: false,
          tickfont: { size: 12, color: theme.ink2 },
        }),
      },
    };
  };
}

const SCOPES = ['factors', 'tensors', 'update'] as const;

const SCOPE_TITLES = {
  factors: 'Smallest of all A and B together',
  tensors: 'Smallest of every A, every B',
  update: 'Smallest of ΔW = B·A',
} as const;

const SCOPE_NAMES = { factors: 'A and B', tensors: 'each A, each B', update: 'ΔW' } as const;

export function unstructuredPlot(result: PruningParts): BuildFigure | null {
  const scopes = SCOPES.filter((scope) =>
    result.pruning.some((entry) => entry.unstructured.some((curve) => curve.scope === scope)),
  );
  if (scopes.length === 0) return null;
  const styles = armStyles(result.config.arms);
  const frozen = frozenPercent(result.task);
  const curves = scopes.flatMap((scope, panel) =>
    result.config.arms.flatMap((arm) => {
      const found = pruningsOf(result, arm.id).flatMap((entry) =>
        entry.unstructured.filter((curve) => curve.scope === scope),
      );
      return found.length > 0
        ? [
            {
              arm,
              panel,
              sparsities: found[0].sparsities.map((share) => 100 * share),
              spreads: columnSpreads(found.map((curve) => curve.accuracy)),
            },
          ]
        : [];
    }),
  );
  const extremes = curves.flatMap(({ spreads }) =>
    spreads.flatMap(({ mean, sd }) => [100 * (mean - sd), 100 * (mean + sd)]),
  );
  const range = accuracyRange(extremes, frozen);
  return (theme) => {
    const data = curves.flatMap(({ arm, panel, sparsities, spreads }) => {
      const style = styles.get(arm.id);
      if (!style) return [];
      return bandTraces(sparsities, spreads, {
        theme,
        style,
        name: arm.name,
        panel,
        markers: true,
        factor: 100,
        unit: ' %',
        inLegend: panel === 0,
      });
    });
    const domains = panelDomains(scopes.length, true, 0.24 / scopes.length);
    const axes: Layout = {};
    scopes.forEach((_, panel) => {
      axes[axisKey('x', panel)] = axis(theme, panel < scopes.length - 1 ? '' : 'weights removed, %', {
        domain: domains[panel].x,
        anchor: axisRef('y', panel),
        dtick: 20,
        tick0: 0,
        ...hoverTitle('%{x:.0f} % of the weights removed'),
      });
      axes[axisKey('y', panel)] = axis(theme, 'test accuracy, %', {
        domain: domains[panel].y,
        anchor: axisRef('x', panel),
        range,
      });
    });
    const references = accuracyReferences(theme, scopes.length, range, frozen, 100 * result.task.chance);
    return {
      data,
      layout: {
        ...baseLayout(theme),
        ...axes,
        margin: { l: 46, r: 8, t: 26, b: 42 },
        shapes: references.shapes,
        annotations: [
          ...references.annotations,
          ...scopes.map((scope, panel) => panelTitle(theme, panel, SCOPE_TITLES[scope])),
        ],
      },
    };
  };
}

export function structuredTable(result: PruningParts): TableData {
  const rows = result.config.arms.flatMap((arm) =>
    maskRows(result, arm.id).map((row) => [
      maskName(row.label),
      arm.name,
      row.kept,
      (100 * row.accuracy.mean).toFixed(1),
      (100 * row.accuracy.sd).toFixed(1),
      row.retained ? (100 * row.retained.mean).toFixed(0) : '–',
      String(row.accuracy.n),
    ]),
  );
  return { head: ['Mask', 'Arm', 'Kept %', 'Accuracy %', 'sd', 'Retained gain %', 'n'], rows };
}

export function unstructuredTable(result: PruningParts): TableData {
  const rows = result.config.arms.flatMap((arm) =>
    SCOPES.flatMap((scope) => {
      const curves = pruningsOf(result, arm.id).flatMap((entry) =>
        entry.unstructured.filter((curve) => curve.scope === scope),
      );
      return columnSpreads(curves.map((curve) => curve.accuracy)).map((column, i) => [
        arm.name,
        SCOPE_NAMES[scope],
        (100 * curves[0].sparsities[i]).toFixed(0),
        (100 * column.mean).toFixed(1),
        (100 * column.sd).toFixed(1),
        String(column.n),
      ]);
    }),
  );
  return { head: ['Arm', 'Scope', 'Removed %', 'Accuracy %', 'sd', 'Seeds'], rows };
}
