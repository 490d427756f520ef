/** Measures along training: one line per arm over steps, or over what the steps spent. */
import { fixed, hundredths } from '../../../core/number-format.ts';
import { columnSpreads, type Spread } from '../../../state/summary/summary.ts';
import type { Budget } from '../../../state/summary/arm-spending.ts';
import { keptSteps, timelineValues, type TimelineFigure } from '../../../study/result/measures/timeline.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { frozenPercent } from '../../../study/result/frozen.ts';
import { armStyles } from '../../arm-style.ts';
import type { TableData } from '../../charts/DataTable.tsx';
import type { BuildFigure } from '../../charts/figure.ts';
import { meanLine, plainLevel } from '../../charts/marks.ts';
import { bandEnds, paddedRange, PERCENT } from '../../charts/ranges.ts';
import type { BudgetAxis } from '../../results/budgets.ts';
import type { Spendings } from '../../results/spent.ts';
import { TIMELINE_WORDS } from './messages.ts';
import { frozenLevel } from '../../charts/references.ts';

export interface TimelineMeasure {
  readonly id: Exclude<TimelineFigure, 'above ends'>;
  readonly name: string;
  readonly unit: string;
}

export const TIMELINE_MEASURES: readonly TimelineMeasure[] = (
  ['midpoint', 'barrier', 'every other', 'accuracy'] as const
).map((id) => ({
  id,
  get name() {
    return TIMELINE_WORDS.measures[id];
  },
  get unit() {
    return TIMELINE_WORDS.units[id];
  },
}));

/** Points of the paths between two seeds, ends included. */
export const pathPoints = ({ timeline, config }: Pick<StudyResult, 'timeline' | 'config'>): number => {
  const inner = timeline?.pairs[0]?.lambdas.length;
  return inner === undefined ? (config.analyses.timeline?.points ?? 3) : inner + 2;
};

/** Mean and standard deviation of a figure of an arm at every kept step; steps without a value are left out. */
function course(result: StudyResult, arm: string, figure: TimelineFigure): { step: number; spread: Spread }[] {
  return keptSteps(result, arm).flatMap((step) => {
    const values = timelineValues(result, arm, figure, step).map(({ value }) => value);
    const [spread] = columnSpreads(values.map((value) => [value]));
    return values.length > 0 ? [{ step, spread }] : [];
  });
}

export function timelinePlot(result: StudyResult, measure: TimelineMeasure, axis: BudgetAxis): BuildFigure | null {
  if (!result.timeline || result.timeline.runs.length === 0) return null;
  const { arms, training } = result.config;
  const styles = armStyles(arms);
  const isAccuracy = measure.id === 'accuracy' || measure.id === 'midpoint';
  const frozen = isAccuracy ? frozenPercent(result.task) : null;
  const lines = arms.flatMap(({ id, name }) => {
    const style = styles.get(id);
    const place = axis.placeOf(id);
    const points = course(result, id, measure.id);
    if (!style || !place || points.length === 0) return [];
    const spreads = points.map(({ spread }) => spread);
    const places = points.map(({ step }) => TIMELINE_WORDS.readAt(step));
    const line = meanLine(
      points.map(({ step }) => place(step)),
      spreads,
      {
        style,
        name,
        factor: 100,
        unit: measure.unit,
        markers: true,
        ...(axis.budget !== 'steps' && { places }),
      },
    );
    return [{ line, spreads }];
  });
  if (lines.length === 0) return null;
  const ends = lines.flatMap(({ spreads }) => bandEnds(spreads, 100));
  const range = paddedRange([...ends, ...(frozen === null ? [] : [frozen]), ...(isAccuracy ? [] : [0])]) ?? [0, 100];
  return () => ({
    choice: [measure.id, axis.budget].join(),
    margin: { left: 50, right: 10, top: 12, bottom: 42 },
    pointer: axis.budget === 'steps' ? 'x' : 'nearest',
    panels: [
      {
        x: {
          kind: 'linear',
          title: axis.title,
          range: [0, 1.01 * (axis.end ?? training.steps)], // the last mark is whole
          ticks: { count: 6 },
          heading: (place) => (axis.budget === 'steps' ? TIMELINE_WORDS.step(place) : place),
        },
        y: {
          kind: 'linear',
          title:
            measure.id === 'barrier'
              ? TIMELINE_WORDS.barrier.axis(pathPoints(result))
              : TIMELINE_WORDS.axes[measure.id],
          range,
          ticks: { count: 5 },
          ...(isAccuracy && { limits: PERCENT }),
        },
        marks: [
          ...frozenLevel(result, frozen),
          ...(isAccuracy ? [] : [plainLevel(0, 'solid')]),
          ...lines.map(({ line }) => line),
        ],
      },
    ],
  });
}

const BUDGETS_OF_GATES = ['updates', 'work'] as const;

const spreadText = (spread: Spread | undefined): string =>
  spread ? `${hundredths(spread.mean)}${spread.sd === null ? '' : ` ± ${hundredths(spread.sd)}`}` : '–';

/** Mean ± standard deviation over seeds or pairs, and what the steps spent where it is known. */
export function timelineTable(result: StudyResult, spendings: Spendings): TableData {
  const timed = spendings?.some(({ seconds }) => seconds) ?? false;
  const budgets = spendings ? ([...BUDGETS_OF_GATES, ...(timed ? (['time'] as const) : [])] as const) : [];
  const head = [
    ...TIMELINE_WORDS.head,
    TIMELINE_WORDS.barrier.label(pathPoints(result)),
    ...budgets.map((budget) => TIMELINE_WORDS.spent[budget]),
  ];
  const rows = result.config.arms.flatMap(({ id, name }) => {
    const columns = (['accuracy', 'every other', 'midpoint', 'barrier'] as const).map(
      (figure) => new Map(course(result, id, figure).map(({ step, spread }) => [step, spread])),
    );
    const spending = spendings?.find(({ arm }) => arm === id);
    const spent = (budget: Budget, step: number): string => (spending ? fixed(spending.after(budget, step), 1) : '–');
    return keptSteps(result, id).map((step) => [
      name,
      String(step),
      ...columns.map((column) => spreadText(column.get(step))),
      ...budgets.map((budget) => spent(budget, step)),
    ]);
  });
  return { head, rows };
}
