/** The probability of the true class of one picture along λ: a mean over pairs of seeds per arm. */
import { PATH_LAMBDAS, type pathCurves } from '../../../state/own/picture-path.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { fixed, withDecimalPoint } from '../../../core/number-format.ts';
import { percentSpread } from '../../format.ts';
import { armStyles } from '../../arm-style.ts';
import type { TableData } from '../../charts/DataTable.tsx';
import type { BuildFigure } from '../../charts/figure.ts';
import { meanLine } from '../../charts/marks.ts';
import { frozenLevel } from '../../charts/references.ts';
import { PICTURE_WORDS } from './messages.ts';

type Curves = ReturnType<typeof pathCurves>;

/** @param frozen probability that the backbone gives the true class, if it is known. Null without any curve */
export function picturePathPlot(
  { config, task }: Pick<StudyResult, 'config' | 'task'>,
  curves: Curves,
  frozen: number | null,
): BuildFigure | null {
  if (curves.length === 0) return null;
  const styles = armStyles(config.arms);
  return () => ({
    margin: { left: 46, right: 10, top: 10, bottom: 42 },
    pointer: 'x',
    panels: [
      {
        x: {
          kind: 'linear',
          title: PICTURE_WORDS.path.xAxis,
          range: [0, 1],
          ticks: { at: [0, 0.25, 0.5, 0.75, 1], texts: ['0', '¼', '½', '¾', '1'] },
          heading: (lambda) => PICTURE_WORDS.path.heading(withDecimalPoint(String(lambda))),
        },
        y: { kind: 'linear', title: PICTURE_WORDS.path.yAxis, range: [-3, 103], ticks: { every: 25 } },
        marks: [
          ...frozenLevel({ task }, frozen === null ? null : 100 * frozen),
          ...curves.flatMap(({ arm, name, spreads }) => {
            const style = styles.get(arm);
            return style
              ? [meanLine(PATH_LAMBDAS, spreads, { style, name, markers: true, factor: 100, unit: ' %' })]
              : [];
          }),
        ],
      },
    ],
  });
}

export const picturePathTable = (curves: Curves): TableData => ({
  head: [PICTURE_WORDS.path.arm, 'λ', PICTURE_WORDS.path.mean, PICTURE_WORDS.path.pairs],
  rows: curves.flatMap(({ name, pairs, spreads }) =>
    PATH_LAMBDAS.map((lambda, i) => [name, fixed(lambda, 1), percentSpread(spreads[i]), String(pairs.length)]),
  ),
});
