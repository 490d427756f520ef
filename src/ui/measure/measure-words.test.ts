import { describe, expect, it } from 'vitest';
import { measurementFixture, withoutCard } from '../../../tests/fixtures/measurement.ts';
import { cellOf, timingOf } from '../../engine/measure/compare.ts';
import { CONTENDER_IDS, type ContenderId } from '../../engine/measure/contenders.ts';
import type { TaskId } from '../../engine/measure/tasks.ts';
import { amountText, headlines, missingText, shortHeadline } from './amounts.ts';
import { rooflinePlot, rooflineReading, rooflineTable } from './roofline-plot.ts';

const measurement = measurementFixture();

const amount = (task: TaskId, contender: ContenderId) => {
  const timing = timingOf(measurement, task, contender);
  return timing && amountText(task, timing);
};

describe('words of a measurement', () => {
  it('have the unit of the task, and quartiles from low to high', () => {
    expect(amount('product-square', 'wasm')).toEqual({ median: '40 GFLOP/s', range: '38.1 to 41.2' });
    expect(amount('step-1', 'wasm')?.median).toMatch(/^[\d.]+ ms$/);
    expect(amount('call', 'wasm')?.median).toMatch(/^[\d.]+ µs$/);
    expect(amount('shapley', 'wasm')?.median).toMatch(/^[\d,]+ per s$/);
  });

  it('say why a number is missing', () => {
    const why = (task: TaskId, contender: ContenderId) => {
      const cell = cellOf(measurement, task, contender);
      return cell?.state === 'measured' ? '' : missingText(cell);
    };
    expect(why('step-4', 'tfjs-webgpu')).toBe('wrong numbers');
    expect(why('vit-step', 'tfjs-wasm')).toBe('skipped: would take 41.6 s');
    expect(why('vit-step', 'tfjs-webgpu')).toBe('skipped: needs 4 GB of memory, has 2 GB');
    expect(why('shapley', 'tfjs-webgpu')).toBe('failed');
    expect(missingText(null)).toBe('no time left');
  });

  it('compare ours with stock on the processor and on the card', () => {
    expect(headlines(measurement)).toEqual([
      'On the processor ours takes the step of four runs 8 (7.39 to 8.66) times as fast as plain TensorFlow.js and 4 (3.7 to 4.33) times as fast as our passes in its operations.',
      'On the graphics card ours takes the training step 10 (9.24 to 10.8) times as fast as plain TensorFlow.js and 4 (3.7 to 4.33) times as fast as our passes in its operations.',
    ]);
    expect(headlines(withoutCard(measurement))).toHaveLength(1);
    expect(shortHeadline(measurement)).toBe(
      'On the graphics card ours takes the training step 10 (9.24 to 10.8) times as fast as plain TensorFlow.js.',
    );
    expect(shortHeadline({ ...measurement, tasks: [] })).toBe(
      'No training step was measured with both ours and stock TensorFlow.js.',
    );
    expect(headlines({ ...measurement, tasks: [] })).toEqual([]);
  });
});

describe('the roofline picture', () => {
  it('has a roof per unit and the points of every contender, all within its axes', () => {
    const figure = rooflinePlot(measurement)?.(600);
    const panel = figure?.panels[0];
    if (!panel || panel.x.kind === 'names' || panel.y.kind === 'names') throw new Error('Both axes are of numbers.');
    const [x, y] = [panel.x.range ?? [0, 0], panel.y.range ?? [0, 0]];
    const lines = panel.marks.filter(({ kind }) => kind === 'line');
    const points = panel.marks.flatMap((mark) => (mark.kind === 'points' ? mark.points : []));
    expect(lines).toHaveLength(2);
    expect(points).toHaveLength(rooflineTable(measurement).rows.length);
    for (const point of points) {
      expect(point.x).toBeGreaterThan(x[0]);
      expect(point.x).toBeLessThan(x[1]);
      expect(point.y).toBeGreaterThan(y[0]);
      expect(point.y).toBeLessThan(y[1]);
    }
  });

  it('is none where nothing was measured', () => {
    expect(rooflinePlot({ ...measurement, tasks: [] })).toBeNull();
    expect(rooflineReading({ ...measurement, tasks: [] })).toBe('');
  });

  it('says the peaks and the shares of ours', () => {
    expect(rooflineReading(withoutCard(measurement))).toMatch(
      /^On the processor products reach 40 GFLOP\/s and copies 5\.71 GB\/s; ours comes to \d+ % to \d+ % of the roof/,
    );
    expect(new Set(rooflineTable(measurement).rows.map(([contender]) => contender)).size).toBe(CONTENDER_IDS.length);
  });
});
