/** The sweep figure: results of every value with all layers on, merged, and pruned. */
import { frozenPercent } from '../../../study/result/frozen.ts';
import { bestOfSweep } from '../../../study/result/best-of-sweep.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { measured, sweepTable, type SweepMeasure } from '../../../study/result/sweep-table.ts';
import { inSentence } from '../../../study/config/settings/rows.ts';
import { sweepValueText, type Sweep, type SweepValue } from '../../../study/config/sweep.ts';
import { spread, type Spread } from '../../../state/summary/summary.ts';
import { armStyles } from '../../arm-style.ts';
import type { TableData } from '../../charts/DataTable.tsx';
import type { BuildFigure, Mark, Point } from '../../charts/figure.ts';
import { isNarrow, panelGrid } from '../../charts/figure-size.ts';
import { meanLine } from '../../charts/marks.ts';
import { accuracyRange, bandEnds, PERCENT } from '../../charts/ranges.ts';
import { percentSpread } from '../../format.ts';
import { SWEEP_WORDS } from './messages.ts';
import { accuracyReferences } from '../../charts/references.ts';

/** The parts of a result that the figure shows; it redraws only when one of these changes. */
export type SweepParts = Pick<StudyResult, 'runs' | 'landscape' | 'pruning' | 'config' | 'task'>;

/** Pixels across, wider than any marker. */
const RING = 15;

const PANELS = ['accuracy', 'midpointFactor', 'everyOther'] as const satisfies readonly SweepMeasure[];

/** Position of a value on the axis: log₁₀ for settings that are never 0 (rates, ranks), or its index for names. */
function position({ setting, values }: Sweep, value: SweepValue): number {
  if (typeof value === 'string') return values.indexOf(value);
  if (setting.scale !== 'log') return value;
  return Math.log10(value);
}

interface Curve {
  readonly arm: string;
  readonly name: string;
  readonly panel: number;
  readonly x: readonly number[];
  readonly spreads: readonly Spread[];
}

/** One curve per method and panel with data. */
function curvesOf(result: SweepParts, sweep: Sweep, panels: readonly SweepMeasure[]): Curve[] {
  const rows = sweepTable(result, sweep);
  return panels.flatMap((measure, panel) =>
    sweep.methods.flatMap(({ method, name, arms }): Curve[] => {
      const constant = arms[0].value === null;
      const points = (constant ? sweep.values : arms.map(({ value }) => value)).flatMap((value) => {
        const found = spread(measured(rows, method, constant ? null : value, measure));
        return found && value !== null ? [{ x: position(sweep, value), found }] : [];
      });
      if (points.length === 0) return [];
      return [{ arm: arms[0].id, name, panel, x: points.map(({ x }) => x), spreads: points.map(({ found }) => found) }];
    }),
  );
}

const shownPanels = (result: SweepParts, sweep: Sweep) =>
  PANELS.filter((measure) => curvesOf(result, sweep, [measure]).length > 0);

export function sweepPlot(result: SweepParts, sweep: Sweep): BuildFigure | null {
  const panels = shownPanels(result, sweep);
  if (panels.length === 0) return null;
  const curves = curvesOf(result, sweep, panels);
  const styles = armStyles(result.config.arms);
  const frozen = frozenPercent(result.task);
  const range = accuracyRange(
    curves.flatMap(({ spreads }) => bandEnds(spreads, 100)),
    frozen,
  );
  const places = sweep.values.map((value) => position(sweep, value));
  const room = 0.06 * (Math.max(...places) - Math.min(...places) || 1);
  const setting = inSentence(sweep.setting.label);
  const references = accuracyReferences(result, range, frozen);
  const best = bestOfSweep(result, sweep) ?? [];
  const ringsOf = (panel: number): Mark[] => {
    const points = curves.flatMap(({ arm, name, x, spreads, ...curve }): Point[] => {
      const style = styles.get(arm);
      const value = best.find((own) => own.name === name)?.value ?? null;
      const i = value === null || curve.panel !== panel ? -1 : x.indexOf(position(sweep, value));
      if (!style || i < 0) return [];
      return [{ x: x[i], y: 100 * spreads[i].mean, shape: 'circle', size: RING, colour: style.token, hollow: true }];
    });
    return points.length > 0
      ? [{ kind: 'points', name: SWEEP_WORDS.rings, points, reading: () => SWEEP_WORDS.rings }]
      : [];
  };
  const linesOf = (panel: number) =>
    curves.flatMap(({ arm, name, x, spreads, ...curve }) => {
      const style = styles.get(arm);
      if (!style || curve.panel !== panel) return [];
      return [
        meanLine(x, spreads, {
          style,
          name,
          markers: true,
          factor: 100,
          unit: ' %',
          places: x.map((place) => sweepValueText(sweep.values[places.indexOf(place)])),
        }),
      ];
    });
  return (width) => {
    const stacked = isNarrow(width);
    return {
      margin: { left: 46, right: 8, top: 26, bottom: 42 },
      grid: panelGrid(panels.length, stacked, { across: 30, down: 48 }),
      pointer: 'x',
      panels: panels.map((measure, panel) => ({
        ...references.remark,
        title: SWEEP_WORDS.panels[measure],
        x: {
          kind: 'linear',
          title: stacked && panel < panels.length - 1 ? '' : setting,
          range: [Math.min(...places) - room, Math.max(...places) + room],
          ticks: { at: places, texts: sweep.values.map(sweepValueText) },
          heading: () => setting,
        },
        y: {
          kind: 'linear',
          title: panel === 0 || stacked ? SWEEP_WORDS.accuracy : '',
          labels: panel === 0 || stacked,
          range,
          limits: PERCENT,
        },
        marks: [...references.marks, ...linesOf(panel), ...ringsOf(panel)],
      })),
    };
  };
}

export function sweepDataTable(result: SweepParts, sweep: Sweep): TableData {
  const rows = sweepTable(result, sweep);
  const cell = (method: string, value: SweepValue | null, measure: SweepMeasure): string =>
    percentSpread(spread(measured(rows, method, value, measure)));
  return {
    head: [
      SWEEP_WORDS.method,
      sweep.setting.label,
      SWEEP_WORDS.validation,
      ...PANELS.map((measure) => SWEEP_WORDS.inPercent(SWEEP_WORDS.panels[measure])),
    ],
    rows: sweep.methods.flatMap(({ method, name, arms }) =>
      arms.map(({ value }) => [
        name,
        value === null ? SWEEP_WORDS.any : sweepValueText(value),
        percentSpread(spread(measured(rows, method, value, 'validation'))),
        ...PANELS.map((measure) => cell(method, value, measure)),
      ]),
    ),
  };
}
