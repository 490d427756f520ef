import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { BuildFigure } from '../../../charts/figure.ts';
import { scalesOf } from '../../../charts/scales/scales.ts';
import { PathSlider } from './PathSlider.tsx';

const SIZE = { width: 600, height: 260 };

const chart = (range: readonly [number, number]): BuildFigure => {
  const x = { kind: 'linear', range: [0, 1] } as const;
  return () => ({
    margin: { left: 46, right: 10, top: 10, bottom: 42 },
    pointer: 'x',
    panels: [{ x, y: { kind: 'linear', title: 'accuracy, %', range }, marks: [] }],
  });
};

it.each([
  ['short', [0, 100], 46],
  ['long', [99.96, 99.98], 50],
] as const)('the slider of λ is as long as the axis beside %s numbers', (_, range, least) => {
  const build = chart(range);
  const [{ x }] = scalesOf(build(SIZE.width), SIZE.width, SIZE.height);
  expect(x.start).toBeGreaterThanOrEqual(least);
  const drawn = renderToStaticMarkup(
    <PathSlider {...{ build, ...SIZE }} lambdas={[0, 0.5, 1]} at={1} onChange={() => undefined} />,
  );
  expect(drawn).toContain(`padding-left:${x.start}px;padding-right:10px`);
});
