/** The pruning figures: whole layers switched off, and single weights set to zero. */
import { hundredths } from '../../../core/number-format.ts';
import { frozenOf, frozenPercent } from '../../../study/result/frozen.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { columnSpreads } from '../../../state/summary/summary.ts';
import { pruningsOf } from '../../../study/result/of-arm.ts';
import { armStyles } from '../../arm-style.ts';
import type { TableData } from '../../charts/DataTable.tsx';
import type { BuildFigure, Mark } from '../../charts/figure.ts';
import { CHARTS_WORDS } from '../../charts/messages.ts';
import { panelGrid } from '../../charts/figure-size.ts';
import { level, meanLine } from '../../charts/marks.ts';
import { accuracyRange, bandEnds, PERCENT } from '../../charts/ranges.ts';
import { fixed } from '../../format.ts';
import { PRUNING_WORDS } from './messages.ts';
import { testedImages } from '../../../study/result/tested-images.ts';
import { imagesSeen, isByShapley } from './by-shapley.ts';
import { maskRows, type MaskRow, sortedRows, type PruningMetric } from './mask-rows.ts';
import { accuracyReferences, chanceLevel, frozenLevel } from '../../charts/references.ts';

/** The parts of a result that the figure shows; it redraws only when one of these changes. */
export type PruningParts = Pick<StudyResult, 'pruning' | 'config' | 'task'>;

/** Pixels: a row of one arm, what every further arm adds, and the axis below. */
const ROW = 24;
const FURTHER_ARM = 7;
const AXIS = 42;
/** Masks of the first view. */
const USUAL_ROWS = 5;

/** Height in pixels at which no marks overlap. Before there are results, the height for the usual masks. */
export function structuredHeight(
  result: PruningParts,
  metric: PruningMetric,
  few: boolean,
  masks: readonly MaskRow[] = maskRows(result),
): number {
  const rows = sortedRows(masks, metric, few).length || USUAL_ROWS;
  return rows * (ROW + FURTHER_ARM * (result.config.arms.length - 1)) + AXIS + 8;
}

/** Share of a row that the arms of one mask are spread over. */
const SPREAD = 0.6;

/** A dot per arm and mask, with its interval; masks that leave most come first. */
export function structuredPlot(
  result: PruningParts & Pick<StudyResult, 'shapley'>,
  metric: PruningMetric,
  few: boolean,
  masks: readonly MaskRow[] = maskRows(result),
): BuildFigure | null {
  const rows = sortedRows(masks, metric, few);
  if (rows.length === 0) return null;
  const styles = armStyles(result.config.arms);
  const frozen = frozenPercent(result.task);
  const levels =
    metric === 'accuracy'
      ? [...frozenLevel(result, frozen, 'x'), chanceLevel(result, 'x')]
      : [level(100, 'dash', 'x', CHARTS_WORDS.references['all-on'])];
  const { arms } = result.config;
  const seen = imagesSeen(result);
  const marks = arms.flatMap((arm, a): Mark[] => {
    const style = styles.get(arm.id);
    if (!style) return [];
    const shown = rows.flatMap(({ label, name, arms: ofArms }, row) => {
      const [own, value] = [ofArms[a], ofArms[a]?.[metric]];
      const y = -row - (a - (arms.length - 1) / 2) * (SPREAD / arms.length);
      return own && value
        ? [{ label, name, y, value: 100 * value.mean, n: value.n, interval: own.intervals[metric] }]
        : [];
    });
    if (shown.length === 0) return [];
    const said = ({ label, interval }: (typeof shown)[number]): string => {
      const remarks = [
        ...(interval ? [PRUNING_WORDS.interval(hundredths(interval.low), hundredths(interval.high))] : []),
        ...(seen !== null && isByShapley(label) ? [PRUNING_WORDS.seen(seen, testedImages(result))] : []),
      ];
      return remarks.length > 0 ? ` (${remarks.join('; ')})` : '';
    };
    return [
      ...shown.flatMap(({ y, interval }): Mark[] =>
        interval
          ? [
              {
                kind: 'line',
                x: [100 * interval.low, 100 * interval.high],
                y: [y, y],
                colour: style.token,
                width: 1.5,
                dash: 'solid',
              },
            ]
          : [],
      ),
      {
        kind: 'points',
        name: arm.name,
        points: shown.map(({ value, y }) => ({ x: value, y, shape: style.marker, size: 8, colour: style.token })),
        reading: (i) => `${shown[i].name}, ${arm.name}: ${fixed(shown[i].value, 1)} %${said(shown[i])}`,
      },
    ];
  });
  return (width) => ({
    margin: { left: width < 420 ? 124 : 136, right: 14, top: 4, bottom: AXIS },
    pointer: 'nearest',
    panels: [
      {
        x: {
          kind: 'linear',
          ...(metric === 'accuracy' && { limits: PERCENT }),
          title:
            metric === 'accuracy'
              ? PRUNING_WORDS.accuracyAxis
              : width < 300
                ? PRUNING_WORDS.gainAxis
                : width < 420
                  ? PRUNING_WORDS.gainAxisOfAll
                  : PRUNING_WORDS.gainAxisBetween(PRUNING_WORDS.nothing[frozenOf(result.task)?.name ?? 'unknown']),
        },
        y: {
          kind: 'linear',
          range: [-(rows.length - 0.5), 0.5],
          ticks: { at: rows.map((_, row) => -row), texts: rows.map(({ name }) => name) },
          lines: false,
        },
        marks: [...levels, ...marks],
      },
    ],
  });
}

/** Below the values of a panel 100 pixels high: a line of text. */
const LOW_PANEL_SPACE = 0.2;

const SCOPES = ['factors', 'tensors', 'update'] as const;

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
    LOW_PANEL_SPACE,
  );
  const references = accuracyReferences(result, range, frozen);
  return () => ({
    margin: { left: 46, right: 8, top: 26, bottom: 42 },
    grid: panelGrid(scopes.length, true, { across: 0, down: 48 }),
    pointer: 'x',
    panels: scopes.map((scope, panel) => ({
      ...references.remark,
      title: PRUNING_WORDS.scopeTitles[scope],
      x: {
        kind: 'linear',
        title: panel < scopes.length - 1 ? '' : PRUNING_WORDS.removedAxis,
        ticks: { every: 20 },
        heading: PRUNING_WORDS.removedWeights,
      },
      y: { kind: 'linear', title: PRUNING_WORDS.accuracyAxis, range, limits: PERCENT },
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

export function structuredTable(result: PruningParts, masks: readonly MaskRow[] = maskRows(result)): TableData {
  const rows = masks.flatMap(({ name, arms }) =>
    arms.flatMap((own, a) =>
      own
        ? [
            [
              name,
              result.config.arms[a].name,
              own.kept,
              hundredths(own.accuracy.mean),
              hundredths(own.accuracy.sd),
              own.retained ? hundredths(own.retained.mean, 0) : '–',
              own.intervals.retained
                ? PRUNING_WORDS.interval(
                    hundredths(own.intervals.retained.low, 0),
                    hundredths(own.intervals.retained.high, 0),
                  )
                : '–',
              String(own.accuracy.n),
            ],
          ]
        : [],
    ),
  );
  return { head: PRUNING_WORDS.layersHead, rows };
}

export function unstructuredTable(result: PruningParts): TableData {
  const rows = result.config.arms.flatMap((arm) =>
    SCOPES.flatMap((scope) => {
      const curves = pruningsOf(result, arm.id).flatMap((entry) =>
        entry.unstructured.filter((curve) => curve.scope === scope),
      );
      return columnSpreads(curves.map((curve) => curve.accuracy)).map((column, i) => [
        arm.name,
        PRUNING_WORDS.scopes[scope],
        hundredths(curves[0].sparsities[i], 0),
        hundredths(column.mean),
        hundredths(column.sd),
        String(column.n),
      ]);
    }),
  );
  return { head: PRUNING_WORDS.weightsHead, rows };
}
