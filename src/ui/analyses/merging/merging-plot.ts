/** The merging figure: every merge method for an arm's runs, against single runs and their logit ensemble. */
import { hundredths, withDecimalPoint } from '../../../core/number-format.ts';
import { clearRetainedGain } from '../../../copra/retained-gain.ts';
import { mean } from '../../../core/statistics.ts';
import { frozenOf } from '../../../study/result/frozen.ts';
import { MERGES } from '../../../study/analyses/merging/merges.ts';
import type { MergingResult } from '../../../study/analyses/merging/result.ts';
import { testSample } from '../../../study/result/measures/sample.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { armStyles } from '../../arm-style.ts';
import type { TableData } from '../../charts/DataTable.tsx';
import type { BuildFigure, Colour, LevelMark } from '../../charts/figure.ts';
import { barTexts, level } from '../../charts/marks.ts';
import { CHARTS_WORDS } from '../../charts/messages.ts';
import { PERCENT } from '../../charts/ranges.ts';
import { alignNames } from '../../charts/names.ts';
import { fixed } from '../../format.ts';
import { type Metric, ensembleName, mergeName } from '../../results/names.ts';
import { MERGING_WORDS } from './messages.ts';
import { frozenLevel } from '../../charts/references.ts';

/** The parts of a result that the figure shows; it redraws only when one of these changes. */
export type MergingParts = Pick<StudyResult, 'merging' | 'config' | 'task'>;

/** Name of the merged arm, or of the merged adapters. */
export const groupName = ({ config }: Pick<StudyResult, 'config'>, { arm }: MergingResult): string =>
  config.arms.find(({ id }) => id === arm)?.name ?? MERGING_WORDS.allAdapters;

/** λ as it was set. */
const scaleText = (scale: number): string => withDecimalPoint(String(scale));

export interface MergeRow {
  readonly name: string;
  readonly value: number;
  readonly detail: string;
}

/** All merge methods of a group, the ensemble first. */
export function mergingRows({ ensemble, merges, runs }: MergingResult, metric: Metric): MergeRow[] {
  return [
    ...(ensemble
      ? [{ name: ensembleName(), value: ensemble[metric], detail: MERGING_WORDS.evaluations(runs.length) }]
      : []),
    ...merges.map((merge) => ({
      name: mergeName(merge),
      value: merge[metric],
      detail: MERGING_WORDS.detail(scaleText(merge.scale), merge.rank),
    })),
  ];
}

const MARGIN = { left: 168, right: 14, top: 4, bottom: 42 } as const;

/** Shares of a row and of a bar that are left free. */
const GAPS = { gap: 0.22, barGap: 0.04 } as const;

/** CSS pixels: of the numbers in the bars, and of a bar that holds one. */
const TEXT_SIZE = 11;
const BAR = 13.5;

/** CSS pixels of a row of one group: its name needs them. */
const LEAST_ROW = 24;

/** Bars of more groups have no numbers: the figure would be longer than anyone scrolls. */
const MOST_NUMBERED = 3;

/** CSS pixels for every merge method in each of so many groups: the same from the first merge on, so that nothing moves as results arrive. */
export const mergingHeight = (groups: number): number =>
  MARGIN.top +
  MARGIN.bottom +
  Math.ceil(
    (1 + MERGES.length) *
      Math.max(LEAST_ROW, (Math.min(groups, MOST_NUMBERED) * BAR) / (1 - GAPS.barGap) / (1 - GAPS.gap)),
  );

/** For accuracy, higher is better. */
const bestOf = (values: readonly number[], metric: Metric): number =>
  metric === 'accuracy' ? Math.max(...values) : Math.min(...values);

export function mergingPlot(result: MergingParts, metric: Metric): BuildFigure | null {
  const groups = (result.merging ?? []).filter(({ merges, ensemble }) => merges.length > 0 || ensemble);
  if (groups.length === 0) return null;
  const factor = metric === 'accuracy' ? 100 : 1;
  const digits = metric === 'accuracy' ? 1 : 2;
  const unit = metric === 'accuracy' ? ' %' : '';
  const styles = armStyles(result.config.arms);
  const scores = frozenOf(result.task);
  const frozen = scores && factor * scores[metric];
  const colourOf = ({ arm }: MergingResult): Colour => (arm === null ? undefined : styles.get(arm)?.token) ?? '--ink-2';
  const { names, rows } = alignNames(groups.map((group) => mergingRows(group, metric)));
  const levels = groups.flatMap((group): LevelMark[] => {
    const values = group.runs.map((run) => factor * run[metric]);
    const own = { colour: colourOf(group), width: 1.5 };
    return [
      { ...level(mean(values), 'solid', 'x', CHARTS_WORDS.references['single-mean']), ...own },
      { ...level(bestOf(values, metric), 'fine', 'x', CHARTS_WORDS.references['single-best']), ...own },
    ];
  });
  return () => ({
    margin: MARGIN,
    pointer: 'y',
    panels: [
      {
        x: {
          kind: 'linear',
          title: CHARTS_WORDS.testAxes[metric],
          toZero: true,
          ...(metric === 'accuracy' && { limits: PERCENT }),
        },
        y: { kind: 'names', names, fromTop: true, strong: true, lines: false },
        marks: [
          {
            kind: 'bars',
            lying: true,
            ...GAPS,
            series: groups.map((group, g) => {
              const name = groupName(result, group);
              const values = rows[g].map((row) => row && factor * row.value);
              return {
                name,
                values,
                colour: colourOf(group),
                texts: barTexts(values, digits, TEXT_SIZE),
                reading: (i) => `${name} ${fixed(values[i] ?? NaN, digits)}${unit}, ${rows[g][i]?.detail}`,
              };
            }),
          },
          ...levels,
          ...frozenLevel(result, frozen, 'x'),
        ],
      },
    ],
  });
}

export function mergingTable(result: MergingParts & Pick<StudyResult, 'runs'>): TableData {
  const frozen = frozenOf(result.task)?.accuracy ?? null;
  const { effective } = testSample(result);
  const rows = (result.merging ?? []).flatMap((group) => {
    const single = group.runs.length > 0 ? mean(group.runs.map(({ accuracy }) => accuracy)) : NaN;
    const row = (what: string, scale: string, rank: string, accuracy: number, loss: number): string[] => {
      const kept = frozen === null ? null : clearRetainedGain(accuracy, frozen, single, effective);
      return [
        what,
        groupName(result, group),
        scale,
        rank,
        hundredths(accuracy),
        hundredths(accuracy - single),
        hundredths(kept, 0),
        fixed(loss, 3),
      ];
    };
    return [
      ...group.runs.map(({ arm, seed, accuracy, loss }) => {
        const own = result.config.arms.find(({ id }) => id === arm)?.name ?? arm;
        return row(group.arm === null ? own : MERGING_WORDS.singleRun(seed), '–', '–', accuracy, loss);
      }),
      ...(group.ensemble ? [row(ensembleName(), '–', '–', group.ensemble.accuracy, group.ensemble.loss)] : []),
      ...group.merges.map((merge) =>
        row(mergeName(merge), scaleText(merge.scale), String(merge.rank), merge.accuracy, merge.loss),
      ),
      ...(group.sweep?.scales ?? []).map((scale, i) =>
        row(MERGING_WORDS.sweep, scaleText(scale), '–', group.sweep?.accuracy[i] ?? NaN, group.sweep?.loss[i] ?? NaN),
      ),
    ];
  });
  return { head: MERGING_WORDS.head, rows };
}
