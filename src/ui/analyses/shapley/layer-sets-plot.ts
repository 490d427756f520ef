/** Accuracy over the number of layers that are on: the first ones, the last ones, the best ones and any of that number. */
import { layerNames } from '../../../core/layer-names.ts';
import { gatesOfMask } from '../../../copra/shapley/coalitions.ts';
import { columnSpreads } from '../../../state/summary/summary.ts';
import type { EveryCoalition, ShapleyResult } from '../../../study/analyses/shapley/result.ts';
import { armStyles } from '../../arm-style.ts';
import type { TableData } from '../../charts/DataTable.tsx';
import type { BuildFigure, Mark } from '../../charts/figure.ts';
import { isNarrow, panelGrid } from '../../charts/figure-size.ts';
import { meanLine } from '../../charts/marks.ts';
import { bandEnds, paddedRange, PERCENT } from '../../charts/ranges.ts';
import { fixed } from '../../format.ts';
import type { Metric } from '../../results/names.ts';
import { SHAPLEY_FIGURE_WORDS } from './further/messages.ts';
import { knownRuns } from './interactions-plot.ts';
import type { ShapleyParts } from './shapley-plot.ts';
import { frozenLevel } from '../../charts/references.ts';

const KINDS = ['first', 'last', 'best', 'mean'] as const satisfies readonly (keyof EveryCoalition)[];
type Kind = (typeof KINDS)[number];

/** A panel, and what it shows: its first kind as a strong line, a second as a fine one. */
const PANELS = [
  { id: 'first', kinds: ['first'] },
  { id: 'last', kinds: ['last'] },
  { id: 'best', kinds: ['best', 'mean'] },
] as const satisfies readonly { id: Kind; kinds: readonly Kind[] }[];

const factorOf = (metric: Metric): number => (metric === 'accuracy' ? 100 : 1);
const digitsOf = (metric: Metric): number => (metric === 'accuracy' ? 1 : 3);

/** Every curve of an arm, over seeds, in per cent or nats. */
const curvesOf = (result: ShapleyParts, metric: Metric) =>
  knownRuns(result).map(({ arm, runs }) => ({
    arm,
    runs,
    spreadsOf: (kind: Kind) =>
      columnSpreads(
        runs.map(({ everyCoalition }) => everyCoalition[kind][metric].map((value) => factorOf(metric) * value)),
      ),
  }));

/** "V2 V5 T1": the layers that are on in a set. */
export function setText(players: ShapleyResult['players'], mask: number): string {
  const gates = gatesOfMask(mask, players.length);
  return layerNames(players)
    .filter((_, i) => gates[i])
    .join(' ');
}

export const layerSetsHeight = (width: number): number => (isNarrow(width) ? 640 : 300);

export function layerSetsPlot(result: ShapleyParts, metric: Metric): BuildFigure | null {
  const curves = curvesOf(result, metric);
  if (curves.length === 0) return null;
  const styles = armStyles(result.config.arms);
  const spreads = curves.flatMap(({ spreadsOf }) => KINDS.flatMap(spreadsOf));
  const range = paddedRange(bandEnds(spreads, 1)) ?? [0, 1];
  // With every layer off all runs are the backbone, on the same images.
  const frozen = curves[0].spreadsOf('first')[0].mean;
  const counts = curves.map(({ runs }) => runs[0].players.length);
  const most = Math.max(...counts);
  // Arms that adapt other towers have others: no number is that of all.
  const all = counts.every((count) => count === most) ? most : null;
  const unit = metric === 'accuracy' ? ' %' : '';
  const marksOf = (kinds: readonly Kind[]): Mark[] =>
    curves.flatMap(({ arm, runs, spreadsOf }): Mark[] => {
      const style = styles.get(arm.id);
      if (!style) return [];
      return kinds.map((kind, k): Mark => {
        const own = spreadsOf(kind);
        const x = own.map((_, size) => size);
        const name = kinds.length > 1 ? `${arm.name}, ${SHAPLEY_FIGURE_WORDS.sets.curves[kind]}` : arm.name;
        const line = meanLine(x, own, { style, name, markers: k === 0, unit, digits: digitsOf(metric) });
        if (k > 0) return { ...line, width: 1.25, dash: 'fine', band: undefined };
        if (kind !== 'best' || runs.length > 1 || metric === 'loss') return line;
        // Of a single run, the set itself: on all images, which it was not tested on.
        const [{ players, everyCoalition }] = runs;
        const layers = everyCoalition.bestMasks.map((mask) => setText(players, mask));
        return {
          ...line,
          reading: (i: number) =>
            `${line.reading?.(i) ?? ''}${layers[i] && `, ${SHAPLEY_FIGURE_WORDS.sets.which(layers[i])}`}`,
        };
      });
    });
  return (width) => {
    const stacked = isNarrow(width);
    return {
      choice: metric,
      margin: { left: 46, right: 10, top: 26, bottom: 42 },
      grid: panelGrid(PANELS.length, stacked, { across: 18, down: 38 }),
      pointer: 'x',
      xTitle: SHAPLEY_FIGURE_WORDS.sets.axis,
      panels: PANELS.map(({ id, kinds }, panel) => ({
        title: SHAPLEY_FIGURE_WORDS.sets.panels[id],
        x: {
          kind: 'linear',
          range: [-0.2, most + 0.2],
          ticks: { every: most > 12 ? 4 : 3 },
          labels: !stacked || panel === PANELS.length - 1,
          heading: (size) => SHAPLEY_FIGURE_WORDS.sets.layersOn(size, all),
        },
        y: {
          kind: 'linear',
          title: panel > 0 && !stacked ? '' : SHAPLEY_FIGURE_WORDS.sets.values[metric],
          labels: panel === 0 || stacked,
          range,
          ...(metric === 'accuracy' && { limits: PERCENT }),
        },
        marks: [...frozenLevel(result, frozen), ...marksOf(kinds)],
      })),
    };
  };
}

export function layerSetsTable(result: ShapleyParts): TableData {
  const [accuracy, loss] = (['accuracy', 'loss'] as const).map((metric) => curvesOf(result, metric));
  const rows = accuracy.flatMap(({ arm, runs, spreadsOf }, a) =>
    KINDS.flatMap((kind) => {
      const losses = loss[a].spreadsOf(kind);
      const [{ players, everyCoalition }] = runs;
      return spreadsOf(kind).map(({ mean, sd, n }, size) => [
        arm.name,
        SHAPLEY_FIGURE_WORDS.sets.kinds[kind],
        String(size),
        fixed(mean, 1),
        fixed(sd, 1),
        fixed(losses[size].mean, 3),
        String(n),
        kind === 'best' && n === 1 ? setText(players, everyCoalition.bestMasks[size] ?? 0) : '',
      ]);
    }),
  );
  return { head: SHAPLEY_FIGURE_WORDS.sets.head, rows };
}
