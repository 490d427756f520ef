/** Accuracy of every class along a path: a small panel per class. */
import { shownClasses } from '../../../../data/bundled/shown-classes.ts';
import { columnSpreads, type Spread } from '../../../../state/summary/summary.ts';
import { classPaths, pathPictures, type PathKind } from '../../../../study/analyses/landscape/path-pictures.ts';
import { testedImages } from '../../../../study/result/tested-images.ts';
import { armStyles } from '../../../arm-style.ts';
import type { BuildFigure } from '../../../charts/figure.ts';
import { meanLine } from '../../../charts/marks.ts';
import { bandEnds, paddedRange, PERCENT } from '../../../charts/ranges.ts';
import { pathWord } from '../path-word.ts';
import { PATH_PICTURES_WORDS } from './messages.ts';
import type { PathFigureParts } from './path-plot.ts';

/** Most panels: of more classes those are shown whose accuracy changes most. */
const MOST = 12;
const PANEL = { width: 190, height: 150 } as const;

interface ClassCurve {
  readonly arm: string;
  readonly lambdas: readonly number[];
  readonly spreads: readonly Spread[];
}

interface ClassPanel {
  readonly name: string;
  readonly images: number;
  readonly curves: readonly ClassCurve[];
}

/** Largest change of a mean along the path. */
const changeOf = ({ curves }: ClassPanel): number =>
  Math.max(
    0,
    ...curves.map(
      ({ spreads }) => Math.max(...spreads.map(({ mean }) => mean)) - Math.min(...spreads.map(({ mean }) => mean)),
    ),
  );

/** Empty where not the answers to all test images are known. In the order of the task. */
export function classPanels(result: PathFigureParts, kind: PathKind): readonly ClassPanel[] {
  const { config, task } = result;
  const tested = testedImages(result);
  const arms = config.arms.flatMap(({ id }) => {
    const pictures = pathPictures(result, kind, id);
    return pictures ? [{ id, pictures }] : [];
  });
  const panels = shownClasses({ config, task }).flatMap((name, label): ClassPanel[] => {
    const found = arms.flatMap(({ id, pictures }) => {
      const own = classPaths(pictures, label, tested);
      return own
        ? [{ images: own.images, curve: { arm: id, lambdas: pictures.lambdas, spreads: columnSpreads(own.accuracy) } }]
        : [];
    });
    return found.length > 0 ? [{ name, images: found[0].images, curves: found.map(({ curve }) => curve) }] : [];
  });
  const shown = new Set(panels.toSorted((a, b) => changeOf(b) - changeOf(a)).slice(0, MOST));
  return panels.filter((panel) => shown.has(panel));
}

const columnsAt = (width: number): number => Math.max(2, Math.min(4, Math.floor(width / PANEL.width)));

export const classPathsHeight =
  (panels: readonly ClassPanel[]) =>
  (width: number): number =>
    50 + PANEL.height * Math.ceil(panels.length / columnsAt(width));

export function classPathsPlot(
  { config }: Pick<PathFigureParts, 'config'>,
  kind: PathKind,
  panels: readonly ClassPanel[],
): BuildFigure {
  const styles = armStyles(config.arms);
  const ends = panels.flatMap(({ curves }) => curves.flatMap(({ spreads }) => bandEnds(spreads, 100)));
  const range = paddedRange(ends) ?? PERCENT;
  return (width) => {
    const columns = columnsAt(width);
    const rows = Math.ceil(panels.length / columns);
    return {
      choice: pathWord(kind),
      margin: { left: 46, right: 8, top: 24, bottom: 40 },
      grid: { columns, rows, columnGap: 16, rowGap: 44 },
      pointer: 'x',
      xTitle: PATH_PICTURES_WORDS.lambda,
      panels: panels.map(({ name, images, curves }, i) => ({
        title: `${name} (${images})`,
        x: {
          kind: 'linear',
          range: [0, 1],
          ticks: { at: [0, 0.5, 1], texts: ['0', '½', '1'] },
          heading: (lambda) => `${name}, λ = ${lambda}`,
        },
        y: {
          kind: 'linear',
          title: i % columns === 0 ? PATH_PICTURES_WORDS.classes.accuracy : '',
          labels: i % columns === 0,
          range,
          limits: PERCENT,
          ticks: { count: 4 },
        },
        marks: curves.flatMap(({ arm, lambdas, spreads }) => {
          const style = styles.get(arm);
          const named = config.arms.find(({ id }) => id === arm)?.name ?? arm;
          return style ? [meanLine(lambdas, spreads, { style, name: named, factor: 100, unit: ' %' })] : [];
        }),
      })),
    };
  };
}
