/** Accuracy along one kind of path, over which the marker of λ lies, and its table of pictures. */
import { columnSpreads } from '../../../../state/summary/summary.ts';
import { pathPictures, type PathKind } from '../../../../study/analyses/landscape/path-pictures.ts';
import { landscapesOf } from '../../../../study/result/of-arm.ts';
import type { StudyResult } from '../../../../study/result/result.ts';
import { frozenOf } from '../../../../study/result/frozen.ts';
import { armStyles } from '../../../arm-style.ts';
import type { TableData } from '../../../charts/DataTable.tsx';
import type { BuildFigure } from '../../../charts/figure.ts';
import { meanLine } from '../../../charts/marks.ts';
import { CHARTS_WORDS } from '../../../charts/messages.ts';
import { accuracyRange, bandEnds, PERCENT } from '../../../charts/ranges.ts';
import { fixed, hundredths } from '../../../../core/number-format.ts';
import { pathWord } from '../path-word.ts';
import { PATH_PICTURES_WORDS } from './messages.ts';
import { accuracyReferences } from '../../../charts/references.ts';

export type PathFigureParts = Pick<StudyResult, 'landscape' | 'config' | 'task'>;

/** @param seeds of the only pair that is drawn, joined by commas; null: means over all pairs */
export function pathPlot(result: PathFigureParts, kind: PathKind, seeds: string | null): BuildFigure | null {
  const { config, task } = result;
  const styles = armStyles(config.arms);
  const curves = config.arms.flatMap(({ id, name }) => {
    const entries = landscapesOf(result, id, kind.path, kind.alignment).filter(
      (entry) => seeds === null || entry.seeds.join() === seeds,
    );
    const style = styles.get(id);
    if (entries.length === 0 || !style) return [];
    return [
      { name, style, lambdas: entries[0].lambdas, spreads: columnSpreads(entries.map((entry) => entry.accuracy)) },
    ];
  });
  if (curves.length === 0) return null;
  const frozen = frozenOf(task);
  const level = frozen && 100 * frozen.accuracy;
  const range = accuracyRange(
    curves.flatMap(({ spreads }) => bandEnds(spreads, 100)),
    level,
  );
  const references = accuracyReferences({ task }, range, level);
  return () => ({
    choice: [pathWord(kind), seeds ?? ''].join(),
    margin: { left: 46, right: 10, top: 10, bottom: 42 },
    pointer: 'x',
    panels: [
      {
        ...references.remark,
        x: {
          kind: 'linear',
          title: PATH_PICTURES_WORDS.lambda,
          range: [0, 1],
          ticks: { at: [0, 0.25, 0.5, 0.75, 1], texts: ['0', '¼', '½', '¾', '1'] },
          heading: (lambda) => `λ = ${lambda}`,
        },
        y: { kind: 'linear', title: CHARTS_WORDS.testAxes.accuracy, range, limits: PERCENT },
        marks: [
          ...references.marks,
          ...curves.map(({ name, style, lambdas, spreads }) =>
            meanLine(lambdas, spreads, { style, name, markers: true, factor: 100, unit: ' %' }),
          ),
        ],
      },
    ],
  });
}

/** Per arm and λ, over the pictures whose answers are kept: means over pairs of seeds. */
export function pathTable(result: PathFigureParts, kind: PathKind): TableData {
  const rows = result.config.arms.flatMap(({ id, name }) => {
    const pictures = pathPictures(result, kind, id);
    if (!pictures) return [];
    const { lambdas, places, pairs } = pictures;
    const ofPairs = pairs.map(({ right }) =>
      right.map((point) => {
        const [first, last] = [right[0], right[right.length - 1]];
        const count = (fits: (i: number) => boolean): number => places.filter((_, i) => fits(i)).length;
        return {
          right: count((i) => point[i] === 1),
          lost: count((i) => first[i] === 1 && last[i] === 1 && point[i] === 0),
          won: count((i) => first[i] === 0 && last[i] === 0 && point[i] === 1),
        };
      }),
    );
    const of = (what: 'right' | 'lost' | 'won') =>
      columnSpreads(ofPairs.map((pair) => pair.map((point) => point[what])));
    const [right, lost, won] = [of('right'), of('lost'), of('won')];
    return lambdas.map((lambda, i) => [
      name,
      fixed(lambda, 2),
      PATH_PICTURES_WORDS.picturesRight(fixed(right[i].mean, 1), places.length),
      hundredths(right[i].mean / places.length),
      fixed(lost[i].mean, 1),
      fixed(won[i].mean, 1),
      String(pairs.length),
    ]);
  });
  return {
    head: PATH_PICTURES_WORDS.head,
    rows,
  };
}
