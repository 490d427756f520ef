/** The landscape figure: accuracy or loss along the line between two adapters, along both kinds of path. */
import { fixed, hundredths } from '../../../core/number-format.ts';
import { frozenOf } from '../../../study/result/frozen.ts';
import type { LandscapeResult } from '../../../study/analyses/landscape/result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { columnSpreads } from '../../../state/summary/summary.ts';
import { landscapesOf } from '../../../study/result/of-arm.ts';
import { armStyles } from '../../arm-style.ts';
import type { TableData } from '../../charts/DataTable.tsx';
import type { BuildFigure, Mark } from '../../charts/figure.ts';
import { isNarrow, panelGrid } from '../../charts/figure-size.ts';
import { meanLine } from '../../charts/marks.ts';
import { CHARTS_WORDS } from '../../charts/messages.ts';
import { accuracyRange, bandEnds, paddedRange, PERCENT } from '../../charts/ranges.ts';
import type { Metric } from '../../results/names.ts';
import { LANDSCAPE_WORDS } from './messages.ts';
import { pathWord } from './path-word.ts';
import { accuracyReferences, frozenLevel } from '../../charts/references.ts';

/** A measured path, of a finished study or of runs that still train. */
type DrawnPath = Pick<LandscapeResult, 'arm' | 'path' | 'lambdas' | 'accuracy' | 'loss' | 'alignment' | 'train'>;

/** The parts of a result that the figure shows; it redraws only when one of these changes. */
export interface LandscapeParts extends Pick<StudyResult, 'config' | 'task'> {
  readonly landscape: readonly DrawnPath[];
}

/** Which of the measured paths are drawn. */
export interface LandscapeView {
  /** Alignment of the factor path; the update path does not depend on it. */
  readonly alignment: LandscapeResult['alignment'];
  readonly images: 'test' | 'train';
  /** Only some of the test images, as a look at runs in training has them: the backbone was tested on all. */
  readonly isPart?: boolean;
}

const PLAIN_VIEW: LandscapeView = { alignment: undefined, images: 'test' };

const pathsOf = (result: Pick<LandscapeParts, 'landscape'>) =>
  (['factor', 'product'] as const).filter((path) => result.landscape.some((entry) => entry.path === path));

export function landscapePlot(
  result: LandscapeParts,
  metric: Metric,
  view: LandscapeView = PLAIN_VIEW,
  paths: readonly LandscapeResult['path'][] = pathsOf(result),
): BuildFigure | null {
  if (paths.length === 0) return null;
  const factor = metric === 'accuracy' ? 100 : 1;
  const styles = armStyles(result.config.arms);
  const onTest = view.images === 'test';
  const titles = onTest ? CHARTS_WORDS.testAxes : LANDSCAPE_WORDS.trainingAxes;
  // The backbone's accuracy on other images is unknown.
  const scores = onTest && !view.isPart ? frozenOf(result.task) : null;
  const frozen = scores && factor * scores[metric];
  const curves = paths.flatMap((path, panel) =>
    result.config.arms.flatMap((arm) => {
      const entries = landscapesOf(result, arm.id, path, path === 'factor' ? view.alignment : undefined);
      const values = entries.flatMap((entry) => {
        const scores = onTest ? entry : entry.train;
        return scores ? [scores[metric]] : [];
      });
      return values.length > 0 ? [{ arm, panel, lambdas: entries[0].lambdas, spreads: columnSpreads(values) }] : [];
    }),
  );
  const extremes = curves.flatMap(({ spreads }) => bandEnds(spreads, factor));
  const range =
    metric === 'accuracy'
      ? accuracyRange(extremes, frozen)
      : (paddedRange(frozen === null ? extremes : [...extremes, frozen]) ?? [0, 1]);

  const references =
    metric === 'accuracy'
      ? accuracyReferences(result, range, frozen)
      : { marks: frozenLevel(result, frozen), remark: {} };
  const marksOf = (panel: number): Mark[] =>
    curves.flatMap(({ arm, lambdas, spreads, ...curve }): Mark[] => {
      const style = styles.get(arm.id);
      if (!style || curve.panel !== panel) return [];
      return [
        {
          kind: 'line',
          reference: CHARTS_WORDS.references.chord,
          x: [lambdas[0], lambdas[lambdas.length - 1]],
          y: [spreads[0], spreads[spreads.length - 1]].map(({ mean }) => factor * mean),
          colour: style.token,
          opacity: 0.75,
          width: 1.25,
          dash: 'fine',
        },
        meanLine(lambdas, spreads, {
          style,
          name: arm.name,
          markers: true,
          factor,
          unit: metric === 'accuracy' ? ' %' : '',
          digits: metric === 'accuracy' ? 1 : 3,
        }),
      ];
    });
  return (width) => {
    const stacked = isNarrow(width);
    return {
      choice: [metric, view.images, view.alignment ?? ''].join(),
      margin: { left: 46, right: 8, top: 26, bottom: 42 },
      grid: panelGrid(paths.length, stacked, { across: 36, down: 64 }),
      pointer: 'x',
      panels: paths.map((path, panel) => ({
        ...references.remark,
        title: LANDSCAPE_WORDS.paths[pathWord({ path, alignment: view.alignment })],
        x: {
          kind: 'linear',
          title: !stacked ? LANDSCAPE_WORDS.lambda : panel === paths.length - 1 ? LANDSCAPE_WORDS.lambdaShort : '',
          ticks: { at: [0, 0.25, 0.5, 0.75, 1], texts: ['0', '¼', '½', '¾', '1'] },
          heading: (lambda) => `λ = ${lambda}`,
        },
        y: {
          kind: 'linear',
          title: panel > 0 && !stacked ? '' : titles[metric],
          labels: panel === 0 || stacked,
          range,
          ...(metric === 'accuracy' && { limits: PERCENT }),
        },
        marks: [...references.marks, ...marksOf(panel)],
      })),
    };
  };
}

export function landscapeTable(result: LandscapeParts): TableData {
  const trained = result.landscape.some(({ train }) => train);
  const paths = pathsOf(result).flatMap((path) =>
    [undefined, 'orthogonal' as const, 'invertible' as const].map((alignment) => ({ path, alignment })),
  );
  const rows = paths.flatMap(({ path, alignment }) =>
    result.config.arms.flatMap((arm) => {
      const entries = landscapesOf(result, arm.id, path, alignment);
      const onTrain = columnSpreads(entries.map(({ train }) => train?.accuracy ?? []));
      const accuracy = columnSpreads(entries.map((entry) => entry.accuracy));
      const loss = columnSpreads(entries.map((entry) => entry.loss));
      return accuracy.map((column, i) => [
        arm.name,
        LANDSCAPE_WORDS.shortPaths[pathWord({ path, alignment })],
        fixed(entries[0].lambdas[i], 2),
        hundredths(column.mean),
        hundredths(column.sd),
        fixed(loss[i].mean, 3),
        String(column.n),
        ...(trained ? [i < onTrain.length ? hundredths(onTrain[i].mean) : '–'] : []),
      ]);
    }),
  );
  const { head, trainingHead } = LANDSCAPE_WORDS;
  return { head: trained ? [...head, trainingHead] : head, rows };
}
