/** The pruning figures: whole layers switched off, and single weights set to zero. */
import { hundredths } from '../../../core/number-format.ts';
import { frozenOf, frozenPercent } from '../../../study/run/frozen.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { columnSpreads, spread, type Spread } from '../../../state/summary/summary.ts';
import { pruningsOf } from '../../../study/result/of-arm.ts';
import { armStyles } from '../../arm-style.ts';
import type { TableData } from '../../charts/DataTable.tsx';
import type { BuildFigure } from '../../charts/figure.ts';
import { panelGrid } from '../../charts/figure-size.ts';
import { accuracyReferences, barTexts, level, meanLine } from '../../charts/marks.ts';
import { alignNames } from '../../charts/names.ts';
import { accuracyRange, bandEnds } from '../../charts/ranges.ts';
import { fixed } from '../../format.ts';
import { maskName } from './mask-names.ts';

/** The parts of a result that the figure shows; it redraws only when one of these changes. */
export type PruningParts = Pick<StudyResult, 'pruning' | 'config' | 'task'>;

export type PruningMetric = 'accuracy' | 'retained';

interface MaskRow {
  readonly name: string;
  readonly kept: string;
  readonly accuracy: Spread;
  readonly retained: Spread | null;
}

/** Masks in result order; random masks of the same size form one row. The empty mask is the frozen backbone's line. */
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
    return mean ? [{ name: maskName(label), kept, accuracy: mean, retained: spread(retained) }] : [];
  });
}

/** Pixels: font size of the numbers, height of a bar with and without a number, gap between masks, and the axis below. */
const NUMBER_SIZE = 10;
const NUMBERED_BAR = 11.5;
const PLAIN_BAR = 6;
const GAP = 6;
const AXIS = 42;
/** Maximum number of arms at which bars show their numbers; beyond it, the table and hovering show them. */
const MAX_NUMBERED = 3;
/** Number of masks for one tower with q, k and v. */
const USUAL_ROWS = 22;

const rowHeight = (arms: number): number => GAP + arms * (arms <= MAX_NUMBERED ? NUMBERED_BAR : PLAIN_BAR);

/** Height in pixels at which no numbers overlap. Before there are results, the height for the usual masks. */
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
  const { names, rows } = alignNames(arms.map((arm) => arm.rows));
  const levels =
    metric === 'accuracy'
      ? [...(frozen === null ? [] : [level(frozen, 'dash', 'x')]), level(100 * result.task.chance, 'dot', 'x')]
      : [level(100, 'dash', 'x')];
  return (width) => ({
    margin: { left: width < 420 ? 124 : 136, right: 14, top: 4, bottom: AXIS },
    pointer: 'y',
    panels: [
      {
        x: {
          kind: 'linear',
          title:
            metric === 'accuracy'
              ? 'test accuracy, %'
              : `retained gain, % (0 = ${frozenOf(result.task)?.name ?? 'no layer'}, 100 = every layer)`,
          toZero: true,
        },
        y: { kind: 'names', names, fromTop: true, strong: true, lines: false },
        marks: [
          {
            kind: 'bars',
            lying: true,
            gap: GAP / rowHeight(arms.length),
            series: arms.map(({ arm }, a) => {
              const spreads = rows[a].map((row) => row && row[metric]);
              const values = spreads.map((value) => value && 100 * value.mean);
              const errors = spreads.map((value) => 100 * (value?.sd ?? 0));
              return {
                name: arm.name,
                values,
                errors,
                colour: styles.get(arm.id)?.token ?? '--ink',
                ...(arms.length <= MAX_NUMBERED && { texts: barTexts(values, 1, NUMBER_SIZE) }),
                reading: (i) => `${arm.name} ${fixed(values[i] ?? NaN, 1)} ± ${errors[i].toFixed(1)} %`,
              };
            }),
          },
          ...levels,
        ],
      },
    ],
  });
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
  const range = accuracyRange(
    curves.flatMap(({ spreads }) => bandEnds(spreads, 100)),
    frozen,
  );
  const references = accuracyReferences(range, frozen, 100 * result.task.chance);
  return () => ({
    margin: { left: 46, right: 8, top: 26, bottom: 42 },
    grid: panelGrid(scopes.length, true, { across: 0, down: 48 }),
    pointer: 'x',
    panels: scopes.map((scope, panel) => ({
      ...references.remark,
      title: SCOPE_TITLES[scope],
      x: {
        kind: 'linear',
        title: panel < scopes.length - 1 ? '' : 'weights removed, %',
        ticks: { every: 20 },
        heading: (share) => `${share} % of the weights removed`,
      },
      y: { kind: 'linear', title: 'test accuracy, %', range },
      marks: [
        ...references.marks,
        ...curves.flatMap(({ arm, sparsities, spreads, ...curve }) => {
          const style = styles.get(arm.id);
          if (!style || curve.panel !== panel) return [];
          return [meanLine(sparsities, spreads, { style, name: arm.name, markers: true, factor: 100, unit: ' %' })];
        }),
      ],
    })),
  });
}

export function structuredTable(result: PruningParts): TableData {
  const rows = result.config.arms.flatMap((arm) =>
    maskRows(result, arm.id).map((row) => [
      row.name,
      arm.name,
      row.kept,
      hundredths(row.accuracy.mean),
      hundredths(row.accuracy.sd),
      row.retained ? hundredths(row.retained.mean, 0) : '–',
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
        hundredths(curves[0].sparsities[i], 0),
        hundredths(column.mean),
        hundredths(column.sd),
        String(column.n),
      ]);
    }),
  );
  return { head: ['Arm', 'Scope', 'Removed %', 'Accuracy %', 'sd', 'Seeds'], rows };
}
