/** The probability of the true class of one picture along λ: a mean over pairs of seeds per arm. */
import { PATH_LAMBDAS, type pathCurves } from '../../../state/own/picture-path.ts';
import type { ArmConfig } from '../../../study/config/config.ts';
import { percentSpread } from '../../format.ts';
import { armStyles } from '../../arm-style.ts';
import type { TableData } from '../../charts/DataTable.tsx';
import type { BuildFigure } from '../../charts/figure.ts';
import { level, meanLine } from '../../charts/marks.ts';

type Curves = ReturnType<typeof pathCurves>;

/** @param frozen probability that the backbone gives the true class, if it is known. Null without any curve */
export function picturePathPlot(arms: readonly ArmConfig[], curves: Curves, frozen: number | null): BuildFigure | null {
  if (curves.length === 0) return null;
  const styles = armStyles(arms);
  return () => ({
    margin: { left: 46, right: 10, top: 10, bottom: 42 },
    pointer: 'x',
    panels: [
      {
        x: {
          kind: 'linear',
          title: 'λ, from seed a (0) to seed b (1)',
          range: [0, 1],
          ticks: { at: [0, 0.25, 0.5, 0.75, 1], texts: ['0', '¼', '½', '¾', '1'] },
          heading: (lambda) => `λ = ${lambda}`,
        },
        y: { kind: 'linear', title: 'true class, %', range: [-3, 103], ticks: { every: 25 } },
        marks: [
          ...(frozen === null ? [] : [level(100 * frozen, 'dash')]),
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
  head: ['Arm', 'λ', 'True class, %, mean ± sd over pairs', 'Pairs'],
  rows: curves.flatMap(({ name, pairs, spreads }) =>
    PATH_LAMBDAS.map((lambda, i) => [name, lambda.toFixed(1), percentSpread(spreads[i]), String(pairs.length)]),
  ),
});
