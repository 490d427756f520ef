import { describe, expect, it } from 'vitest';
import { withGeometry } from '../../../../tests/fixtures/geometry-result.ts';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { landscapeCaption } from '../landscape/landscape-caption.ts';
import { landscapePlot, landscapeTable } from '../landscape/landscape-plot.ts';
import { matrixPlot, matrixTable, trainedPoints, type Measure, type Space } from './matrix-plot.ts';
import { accuracyAt, planeCaption } from '../plane/plane-caption.ts';
import { planePlot, planeTable } from '../plane/plane-plot.ts';
import { pointsPlot, sizesOf } from './points-plot.ts';
import { isOfSamePoints } from './use-embedding.ts';

const result = withGeometry(studyResultFixture());
const geometry = result.geometry!;

describe('the landscape with aligned factors', () => {
  const build = (alignment: 'orthogonal' | undefined, images: 'test' | 'train') =>
    landscapePlot(result, 'accuracy', { alignment, images })!(600).panels;

  it('draws the chosen factors and images', () => {
    const named = (panels: ReturnType<typeof build>) =>
      panels.flatMap(({ marks }) =>
        marks.flatMap((mark) => (mark.kind === 'line' && mark.name === 'LoRA' ? [mark.y] : [])),
      );
    expect(named(build('orthogonal', 'test'))).toHaveLength(2);
    expect(named(build(undefined, 'train'))[0][0]).toBeCloseTo(78.125, 6);
    expect(build('orthogonal', 'test').map(({ title }) => title)[0]).toContain('rotated');
  });

  it('says which factors it reads, and the barrier on training images', () => {
    expect(landscapeCaption(result, 'orthogonal')).toContain('after rotating the factors');
    expect(landscapeCaption(result)).toContain('on 128 training images 0.0 and 0.0');
    expect(landscapeCaption(studyResultFixture())).not.toContain('training images');
  });

  it('lists every path once', () => {
    const { head, rows } = landscapeTable(result);
    expect(new Set(rows.map((row) => row[1]))).toEqual(
      new Set(['factor', 'factor, rotated', 'factor, best P', 'product']),
    );
    for (const row of rows) expect(row).toHaveLength(head.length);
  });
});

describe('the plane', () => {
  it('has a panel per arm on one scale, with a contour and the ways of the runs', () => {
    const { panels, colourBar } = planePlot(result, 'accuracy')!(900);
    expect(panels).toHaveLength(2);
    for (const { marks } of panels) {
      const [contour, ...others] = marks;
      expect(contour).toMatchObject({ kind: 'contour', range: colourBar?.range });
      expect(others.filter(({ kind }) => kind === 'points')).toHaveLength(3); // the ways of two runs, and the backbone
    }
  });

  it('calls the point where all is zero the backbone, but where a classifier is trained, which is zero too', () => {
    const [plane] = result.planes!;
    const [first, ...others] = plane.corners;
    const planes = [{ ...plane, corners: [{ ...first, run: null }, ...others] }];
    const labels = (zeroShot: typeof result.task.zeroShot) =>
      planePlot({ config: result.config, planes, task: { zeroShot } }, 'accuracy')!(900).panels[0].marks.flatMap(
        (mark) => (mark.kind === 'label' ? [mark.text] : []),
      );
    expect(labels(result.task.zeroShot)).toContain('backbone');
    expect(labels(null)).toContain('zero adapter and classifier');
    expect(labels(null)).not.toContain('backbone');
  });

  it('grows: rows that are not there are gaps, and nothing is read off them', () => {
    const [plane] = result.planes!;
    const growing = {
      ...result,
      planes: [{ ...plane, accuracy: plane.accuracy.slice(0, 5), loss: plane.loss.slice(0, 5) }],
    };
    const [contour] = planePlot(growing, 'accuracy')!(900).panels[0].marks;
    const rows = contour.kind === 'contour' ? contour.values : [];
    expect(rows.map((row) => row[0] === null)).toEqual([false, true, true, true, true]);
    expect(planeCaption(growing).reading).toBe('');
    expect(planePlot({ ...result, planes: [{ ...plane, accuracy: [], loss: [] }] }, 'loss')).toBeNull();
  });

  it('reads values between the points of its grid', () => {
    const plane = { ...result.planes![0], xs: [0, 1], ys: [0, 2], accuracy: [0, 1, 0.5, 0.5] };
    expect(accuracyAt(plane, 0.25, 0)).toBeCloseTo(0.25, 12);
    expect(accuracyAt(plane, 0.5, 1)).toBeCloseTo(0.5, 12);
    expect(accuracyAt(plane, 1, 2)).toBeCloseTo(0.5, 12);
    expect(accuracyAt(plane, 3, 0)).toBeNull();
    expect(planeCaption(result).reading).toMatch(/LoRA [\d.]+.% at the adapters.*training began off the plane/);
  });

  it('lists every snapshot', () => {
    const { head, rows } = planeTable(result);
    expect(rows).toHaveLength(2 * 2 * 4);
    for (const row of rows) expect(row).toHaveLength(head.length);
  });
});

describe('adapters as points', () => {
  it('joins the adapters of a run, hollow at its start', () => {
    const embedding = geometry.points.map((_, i) => [i, -i] as const);
    const [{ marks }] = pointsPlot(geometry.points, result.config, embedding)(600).panels;
    const runs = marks.filter((mark) => mark.kind === 'points');
    expect(runs).toHaveLength(result.config.arms.length * result.config.seeds.length);
    expect(marks.filter(({ kind }) => kind === 'line')).toHaveLength(runs.length);
    const { points } = runs[0];
    expect(points.map(({ x }) => x)).toEqual([0, 1, 2, 3]);
    expect(points.map(({ hollow = false }) => hollow)).toEqual([true, false, false, false]);
    expect(Math.max(...points.map(({ size }) => size))).toBe(points[3].size);
  });

  it('are larger for higher learning rates where arms differ in them', () => {
    const arms = [3e-3, 1e-3, 3e-3].map((learningRate, i) => ({ id: String(i), learningRate }));
    const sizes = sizesOf(arms);
    expect(sizes.get('0')).toBe(sizes.get('2'));
    expect(sizes.get('0')! > sizes.get('1')!).toBe(true);
  });

  it('as a matrix are the trained ones, each at distance 0 from itself', () => {
    const kept = trainedPoints(geometry.points);
    const cells = (space: Space, measure: Measure) => {
      const [mark] = matrixPlot(result, geometry, { space, measure })(600).panels[0].marks;
      return mark.kind === 'cells' ? mark.values : [];
    };
    const distances = cells('updates', 'distance');
    distances.forEach((row, i) => expect(row[i]).toBe(0));
    expect(distances).toHaveLength(kept.length);
    cells('factors', 'cosine').forEach((row, i) => expect(row[i]).toBeCloseTo(1, 9));
    const { head, rows } = matrixTable(result, geometry);
    expect(rows).toHaveLength(kept.length + (kept.length * (kept.length - 1)) / 2);
    for (const row of rows) expect(row).toHaveLength(head.length);
  });
});

it('an embedding is kept while the same points are arranged anew, and no longer', () => {
  const request = { points: 8, distances: [...geometry.factors.distances], perplexity: 10, seed: 0 };
  expect(isOfSamePoints({ ...request, seed: 1 }, request)).toBe(true);
  expect(isOfSamePoints({ ...request, distances: [...request.distances] }, request)).toBe(false);
  expect(isOfSamePoints(null, request)).toBe(false);
  expect(isOfSamePoints(request, null)).toBe(false);
});
