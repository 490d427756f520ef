/** The merging figure: every way of merging the runs of an arm, against single runs and the ensemble of their logits. */
import { hundredths } from '../../../core/number-format.ts';
import { counted } from '../../../core/counted.ts';
import { MERGE_METHODS } from '../../../copra/merging/methods.ts';
import { clearRetainedGain } from '../../../copra/retained-gain.ts';
import { mean } from '../../../core/statistics.ts';
import { frozenOf } from '../../../study/run/frozen.ts';
import type { MergingResult } from '../../../study/analyses/merging/result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { armStyles } from '../../arm-style.ts';
import type { TableData } from '../../charts/DataTable.tsx';
import { plainText } from '../../charts/plain-text.ts';
import type { BuildFigure } from '../../charts/Chart.tsx';
import type { Layout, Trace } from '../../charts/plotly.ts';
import { level } from '../../charts/series.ts';
import { axis, baseLayout } from '../../charts/theme.ts';
import type { Metric } from '../metric.ts';

/** The parts of a result that the figure shows: it is redrawn when one of them changes, and only then. */
export type MergingParts = Pick<StudyResult, 'merging' | 'config' | 'task'>;

const ALIGNED = { none: '', orthogonal: ', rotated', invertible: ', best P' } as const;
const ENSEMBLE = 'Ensemble of logits';

const mergeName = ({ method, alignment }: MergingResult['merges'][number]): string =>
  (MERGE_METHODS.find(({ id }) => id === method)?.name ?? method) + ALIGNED[alignment];

/** Of the arm whose runs were merged, or of the adapters. */
export const groupName = ({ config }: Pick<StudyResult, 'config'>, { arm }: MergingResult): string =>
  config.arms.find(({ id }) => id === arm)?.name ?? 'All adapters';

export interface MergeRow {
  readonly name: string;
  readonly value: number;
  readonly detail: string;
}

/** Every way of merging a group, the ensemble first. */
export function mergingRows({ ensemble, merges, runs }: MergingResult, metric: Metric): MergeRow[] {
  return [
    ...(ensemble ? [{ name: ENSEMBLE, value: ensemble[metric], detail: counted(runs.length, 'evaluation') }] : []),
    ...merges.map((merge) => ({
      name: mergeName(merge),
      value: merge[metric],
      detail: `λ ${merge.scale}, rank ${merge.rank}`,
    })),
  ];
}

/** Accuracy: the higher the better. */
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
  return (theme) => {
    const colourOf = ({ arm }: MergingResult): string =>
      theme.arm((arm === null ? undefined : styles.get(arm)?.token) ?? '--ink-2');
    const data: Trace[] = groups.map((group) => {
      const name = plainText(groupName(result, group));
      const rows = mergingRows(group, metric);
      return {
        type: 'bar',
        orientation: 'h',
        name,
        y: rows.map((row) => plainText(row.name)),
        x: rows.map((row) => factor * row.value),
        customdata: rows.map((row) => row.detail),
        marker: { color: colourOf(group), line: { width: 0 } },
        text: rows.map((row) => (factor * row.value).toFixed(digits)),
        textposition: 'inside',
        insidetextanchor: 'start',
        textangle: 0,
        constraintext: 'none',
        textfont: { size: 11, color: theme.surface },
        hovertemplate: `${name} %{x:.${digits}f}${unit}, %{customdata}<extra></extra>`,
      };
    });
    const line = (value: number, dash: string, color?: string): Layout => {
      const shape = level({ theme, panel: 0, value, dash, direction: 'vertical' });
      return { ...shape, layer: 'above', ...(color ? { line: { color, width: 1.5, dash } } : {}) };
    };
    const shapes: Layout[] = groups.flatMap((group) => {
      const values = group.runs.map((run) => factor * run[metric]);
      return [line(mean(values), 'solid', colourOf(group)), line(bestOf(values, metric), '2px,2px', colourOf(group))];
    });
    if (frozen !== null) shapes.push(line(frozen, 'dash'));
    return {
      data,
      layout: {
        ...baseLayout(theme),
        hovermode: 'y unified',
        barmode: 'group',
        bargap: 0.22,
        bargroupgap: 0.04,
        shapes,
        margin: { l: 168, r: 14, t: 4, b: 42 },
        xaxis: axis(theme, metric === 'accuracy' ? 'test accuracy, %' : 'test loss, nats', { rangemode: 'tozero' }),
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

export function mergingTable(result: MergingParts): TableData {
  const frozen = frozenOf(result.task)?.accuracy ?? null;
  const rows = (result.merging ?? []).flatMap((group) => {
    const single = group.runs.length > 0 ? mean(group.runs.map(({ accuracy }) => accuracy)) : NaN;
    const row = (what: string, scale: string, rank: string, accuracy: number, loss: number): string[] => {
      const kept = frozen === null ? null : clearRetainedGain(accuracy, frozen, single, result.task.test);
      return [
        what,
        groupName(result, group),
        scale,
        rank,
        hundredths(accuracy),
        hundredths(accuracy - single),
        hundredths(kept, 0),
        loss.toFixed(3),
      ];
    };
    return [
      ...group.runs.map(({ arm, seed, accuracy, loss }) => {
        const own = result.config.arms.find(({ id }) => id === arm)?.name ?? arm;
        return row(group.arm === null ? own : `Single run, seed ${seed}`, '–', '–', accuracy, loss);
      }),
      ...(group.ensemble ? [row(ENSEMBLE, '–', '–', group.ensemble.accuracy, group.ensemble.loss)] : []),
      ...group.merges.map((merge) =>
        row(mergeName(merge), String(merge.scale), String(merge.rank), merge.accuracy, merge.loss),
      ),
      ...(group.sweep?.scales ?? []).map((scale, i) =>
        row('Task arithmetic, sweep', String(scale), '–', group.sweep?.accuracy[i] ?? NaN, group.sweep?.loss[i] ?? NaN),
      ),
    ];
  });
  return { head: ['Merge', 'Arm', 'λ', 'Rank', 'Accuracy %', 'vs. single', 'Retained gain %', 'Loss'], rows };
}
