import { describe, expect, it } from 'vitest';
import { withGeometry } from '../../../../tests/fixtures/geometry-result.ts';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { chartTheme as theme } from '../../../../tests/fixtures/chart-theme.ts';
import { landscapeCaption } from '../landscape/landscape-caption.ts';
import { landscapePlot, landscapeTable } from '../landscape/landscape-plot.ts';
import { matrixPlot, matrixTable, trainedPoints } from './matrix-plot.ts';
import { accuracyAt, planeCaption } from '../plane/plane-caption.ts';
import { planePlot, planeTable } from '../plane/plane-plot.ts';
import { pointsPlot, sizesOf } from './points-plot.ts';

const result = withGeometry(studyResultFixture());
const geometry = result.geometry!;

describe('the landscape with aligned factors', () => {
  const build = (alignment: 'orthogonal' | undefined, images: 'test' | 'train') =>
    landscapePlot(result, 'accuracy', { alignment, images })?.(theme, 600);

  it('draws the chosen factors and images', () => {
    const named = (figure: ReturnType<typeof build>) => figure?.data.filter(({ name }) => name === 'LoRA');
    expect(named(build('orthogonal', 'test'))).toHaveLength(2);
    const trained = named(build(undefined, 'train'))!;
    expect((trained[0].y as number[])[0]).toBeCloseTo(78.125, 6);
    expect(JSON.stringify(build('orthogonal', 'test')?.layout)).toContain('rotated');
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
    const figure = planePlot(result, 'accuracy')?.(theme, 900);
    const contours = figure!.data.filter(({ type }) => type === 'contour');
    expect(contours).toHaveLength(2);
    expect(contours.map(({ zmin, zmax }) => [zmin, zmax])[1]).toEqual([contours[0].zmin, contours[0].zmax]);
    expect(contours.map(({ showscale }) => showscale)).toEqual([false, true]);
    expect(figure!.data.filter(({ mode }) => mode === 'lines+markers')).toHaveLength(4);
  });

  it('grows: rows that are not there are gaps, and nothing is read off them', () => {
    const [plane] = result.planes!;
    const growing = {
      ...result,
      planes: [{ ...plane, accuracy: plane.accuracy.slice(0, 5), loss: plane.loss.slice(0, 5) }],
    };
    const [contour] = planePlot(growing, 'accuracy')!(theme, 900).data;
    expect((contour.z as (number | null)[][]).map((row) => row[0] === null)).toEqual([false, true, true, true, true]);
    expect(planeCaption(growing)).toBe('');
    expect(planePlot({ ...result, planes: [{ ...plane, accuracy: [], loss: [] }] }, 'loss')).toBeNull();
  });

  it('reads values between the points of its grid', () => {
    const plane = { ...result.planes![0], xs: [0, 1], ys: [0, 2], accuracy: [0, 1, 0.5, 0.5] };
    expect(accuracyAt(plane, 0.25, 0)).toBeCloseTo(0.25, 12);
    expect(accuracyAt(plane, 0.5, 1)).toBeCloseTo(0.5, 12);
    expect(accuracyAt(plane, 1, 2)).toBeCloseTo(0.5, 12);
    expect(accuracyAt(plane, 3, 0)).toBeNull();
    expect(planeCaption(result)).toMatch(/LoRA [\d.]+.% at the adapters.*training began off the plane/);
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
    const { data } = pointsPlot(geometry.points, result.config, embedding)(theme, 600);
    expect(data).toHaveLength(result.config.arms.length * result.config.seeds.length);
    const [first] = data as unknown as { x: number[]; marker: { symbol: string[]; size: number[] } }[];
    expect(first.x).toEqual([0, 1, 2, 3]);
    expect(first.marker.symbol).toEqual(['circle-open', 'circle', 'circle', 'circle']);
    expect(Math.max(...first.marker.size)).toBe(first.marker.size[3]);
  });

  it('are larger for higher learning rates where arms differ in them', () => {
    const arms = [3e-3, 1e-3, 3e-3].map((learningRate, i) => ({ id: String(i), learningRate }));
    const sizes = sizesOf(arms);
    expect(sizes.get('0')).toBe(sizes.get('2'));
    expect(sizes.get('0')! > sizes.get('1')!).toBe(true);
  });

  it('as a matrix are the trained ones, each at distance 0 from itself', () => {
    const kept = trainedPoints(geometry.points);
    const [{ z }] = matrixPlot(result, geometry, { space: 'updates', measure: 'distance' })(theme, 600).data;
    (z as number[][]).forEach((row, i) => expect(row[i]).toBe(0));
    expect(z as number[][]).toHaveLength(kept.length);
    const [cosines] = matrixPlot(result, geometry, { space: 'factors', measure: 'cosine' })(theme, 600).data;
    (cosines.z as number[][]).forEach((row, i) => expect(row[i]).toBeCloseTo(1, 9));
    const { head, rows } = matrixTable(result, geometry);
    expect(rows).toHaveLength(kept.length + (kept.length * (kept.length - 1)) / 2);
    for (const row of rows) expect(row).toHaveLength(head.length);
  });
});
