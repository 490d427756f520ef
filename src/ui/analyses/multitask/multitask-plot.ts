/** The multi-task figure: every task without adapter, with its own adapter, and with one merged from all. */
import { shownPart } from '../../../data/bundled/shown-classes.ts';
import { withDecimalPoint } from '../../../core/number-format.ts';
import { mean } from '../../../core/statistics.ts';
import { spread } from '../../../state/summary/summary.ts';
import type { MultitaskResult } from '../../../study/analyses/multitask/result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { armStyles } from '../../arm-style.ts';
import type { TableData } from '../../charts/DataTable.tsx';
import type { BarSeries, BuildFigure, NameAxis } from '../../charts/figure.ts';
import { CHARTS_WORDS } from '../../charts/messages.ts';
import { PERCENT } from '../../charts/ranges.ts';
import { nameLines } from '../../charts/names.ts';
import { fixed, percentSpread } from '../../format.ts';
import { ensembleName, mergeName } from '../../results/names.ts';
import { MULTITASK_WORDS } from './messages.ts';

/** The parts of a result that the figure shows; it redraws only when one of these changes. */
export type MultitaskParts = Pick<StudyResult, 'multitask' | 'config'>;

/** The candidate classes: those of the image's task, or of all tasks. */
export type Candidates = 'own' | 'joint';

type Run = MultitaskResult['runs'][number];
type Merge = Run['merges'][number];

export const mergeId = ({ method, alignment }: Pick<Merge, 'method' | 'alignment'>): string => `${method}/${alignment}`;

/** Options to compare with single adapters: the tested merges, and the ensemble. */
export function mergeOptions({ multitask }: Pick<StudyResult, 'multitask'>): { id: string; name: string }[] {
  const all = (multitask?.runs ?? []).flatMap(({ merges }) => merges);
  const options = new Map(all.map((merge) => [mergeId(merge), { id: mergeId(merge), name: mergeName(merge) }]));
  return [...options.values(), { id: 'ensemble', name: ensembleName() }];
}

/** Values per task, followed by their mean. */
const withMean = (values: readonly number[]): number[] => [...values, mean(values)];

function valuesOf(run: Run, what: string, candidates: Candidates): number[] | null {
  if (what === 'single' || what === 'ensemble') return withMean(run[what][candidates]);
  const merge = run.merges.find((entry) => mergeId(entry) === what);
  return merge ? withMean(merge[candidates]) : null;
}

/** Maximum characters per line of a task name, and the pixels a line and the gap to its neighbour take. */
const LINE = 13;
const LINE_WIDTH = 96;
const LINE_HEIGHT = 15.6;
const LEFT = 46;
const LYING_HEIGHT = 90;

const columnsOf = ({ multitask }: Pick<StudyResult, 'multitask'>): number => (multitask?.tasks.length ?? 4) + 1;

/** Bars are horizontal where the task names do not fit below them. */
export const areLying = (result: Pick<StudyResult, 'multitask'>, width: number): boolean =>
  width - LEFT < columnsOf(result) * LINE_WIDTH;

/** Pixels. */
export const multitaskHeight = (result: Pick<StudyResult, 'multitask'>, width: number): number =>
  areLying(result, width) ? 70 + columnsOf(result) * LYING_HEIGHT : 310;

/** @param what key of a merge, or "ensemble" */
export function multitaskPlot(
  { multitask, config }: MultitaskParts,
  what: string,
  candidates: Candidates,
): BuildFigure | null {
  if (!multitask) return null;
  const { tasks, zeroShot, runs } = multitask;
  const names = [...tasks.map(({ name }) => shownPart(config.task, name)), MULTITASK_WORDS.meanOfTasks];
  const written = names.map((name) => nameLines(name, LINE));
  const styles = armStyles(config.arms);
  const chosen = mergeOptions({ multitask }).find(({ id }) => id === what)?.name ?? '';
  const seriesOf = (
    look: Pick<BarSeries, 'name' | 'colour' | 'hatched' | 'errors'>,
    values: readonly (number | null)[],
  ): BarSeries => ({ ...look, values, reading: (i) => `${look.name} ${fixed(values[i] ?? NaN, 1)} %` });
  const adapted = config.arms.flatMap((arm) =>
    (['single', what] as const).flatMap((kind): BarSeries[] => {
      const rows = runs.filter((run) => run.arm === arm.id).flatMap((run) => valuesOf(run, kind, candidates) ?? []);
      if (rows.length === 0) return [];
      const columns = names.map((_, i) => spread(rows.filter((_value, r) => r % names.length === i)));
      const look = {
        name: kind === 'single' ? MULTITASK_WORDS.ownAdapter(arm.name) : MULTITASK_WORDS.mergedBy(arm.name, chosen),
        colour: styles.get(arm.id)?.token ?? '--ink-2',
        hatched: kind !== 'single',
        errors: columns.map((column) => 100 * (column?.sd ?? 0)),
      } as const;
      return [
        seriesOf(
          look,
          columns.map((column) => column && 100 * column.mean),
        ),
      ];
    }),
  );
  const series = [
    seriesOf(
      { name: MULTITASK_WORDS.zeroShot, colour: '--inactive' },
      withMean(zeroShot[candidates]).map((accuracy) => 100 * accuracy),
    ),
    ...adapted,
  ];
  return (width) => {
    const lying = areLying({ multitask }, width);
    const accuracy = {
      kind: 'linear',
      title: CHARTS_WORDS.testAxes.accuracy,
      toZero: true,
      limits: PERCENT,
    } as const;
    const categories: NameAxis = {
      kind: 'names',
      names,
      written,
      ticks: names.map((_, i) => i),
      fromTop: lying,
      strong: true,
      lines: false,
    };
    return {
      margin: lying
        ? { left: LINE_WIDTH, right: 10, top: 4, bottom: 42 }
        : {
            left: LEFT,
            right: 8,
            top: 8,
            bottom: 6 + LINE_HEIGHT * Math.max(...written.map(({ length }) => length)),
          },
      pointer: lying ? 'y' : 'x',
      panels: [
        {
          x: lying ? accuracy : categories,
          y: lying ? categories : accuracy,
          marks: [{ kind: 'bars', lying, gap: 0.24, barGap: 0.06, series }],
        },
      ],
    };
  };
}

/** Table of means over tasks and seeds, arm by arm. */
export function multitaskTable({ multitask, config }: MultitaskParts): TableData {
  const { head, rows: named } = MULTITASK_WORDS;
  if (!multitask) return { head, rows: [] };
  const { zeroShot, runs } = multitask;
  const cells = (lists: readonly { own: readonly number[]; joint: readonly number[] }[], single: readonly number[]) => [
    percentSpread(spread(lists.map(({ own }) => mean(own)))),
    single.length > 0 ? percentSpread(spread(lists.map(({ own }, i) => mean(own) / single[i]))) : '–',
    percentSpread(spread(lists.map(({ joint }) => mean(joint)))),
    String(lists.length),
  ];
  const rows = config.arms.flatMap(({ id, name }) => {
    const own = runs.filter((run) => run.arm === id);
    if (own.length === 0) return [];
    const single = own.map((run) => mean(run.single.own));
    const keys = [...new Set(own.flatMap(({ merges }) => merges.map(mergeId)))];
    return [
      [
        named.own,
        name,
        '–',
        '–',
        ...cells(
          own.map((run) => run.single),
          single,
        ),
      ],
      [
        ensembleName(),
        name,
        '–',
        '–',
        ...cells(
          own.map((run) => run.ensemble),
          single,
        ),
      ],
      ...keys.map((key) => {
        const merges = own.flatMap((run) => run.merges.filter((merge) => mergeId(merge) === key));
        const scales = [...new Set(merges.map(({ scale }) => scale))].sort((a, b) => a - b);
        const written = MULTITASK_WORDS.scales(scales.map((scale) => withDecimalPoint(String(scale))));
        return [mergeName(merges[0]), name, written, String(merges[0].rank), ...cells(merges, single)];
      }),
    ];
  });
  return { head, rows: [[named.zeroShot, '–', '–', '–', ...cells([zeroShot], [])], ...rows] };
}
