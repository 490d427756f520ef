import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stream } from './rng.ts';
import { classify, fitClassifier, type LabelledFeatures, type LinearClassifier } from './softmax-regression.ts';

/** Clouds of unit width around one random centre per class. */
function clouds(seed: number, images: number, width: number, classes: number, distance: number): LabelledFeatures {
  const random = stream(seed, 'analysis');
  const centres = Array.from({ length: classes * width }, () => distance * random.normal());
  const labels = Int32Array.from({ length: images }, (_, i) => i % classes);
  const features = Float32Array.from(
    { length: images * width },
    (_, at) => centres[labels[Math.floor(at / width)] * width + (at % width)] + random.normal(),
  );
  return { width, features, labels };
}

/** Mean cross-entropy and ½ penalty ‖W‖², written without regard to speed. */
function lossOf({ classes, width, values }: LinearClassifier, data: LabelledFeatures, penalty: number): number {
  const rows = Array.from({ length: classes }, (_, c) => values.slice(c * (width + 1), (c + 1) * (width + 1)));
  const losses = Array.from(data.labels, (label, i) => {
    const x = [...data.features.subarray(i * width, (i + 1) * width), 1];
    const logits = rows.map((row) => x.reduce((sum, value, d) => sum + value * row[d], 0));
    return Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0)) - logits[label];
  });
  const norm = rows.reduce((sum, row) => sum + row.slice(0, width).reduce((own, value) => own + value ** 2, 0), 0);
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length + (penalty * norm) / 2;
}

describe('a linear classifier', () => {
  it('has the least loss there is: no small change of any entry lowers it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 2, max: 5 }), async (seed, classes) => {
        const data = clouds(seed, 60, 6, classes, 0.7);
        const found = await fitClassifier(data, { classes, penalty: 0.01 });
        const least = lossOf(found, data, 0.01);
        const random = stream(seed, 'analysis', 1);
        for (let trial = 0; trial < 20; trial++) {
          const values = found.values.map((value) => value + 0.05 * random.normal());
          expect(lossOf({ ...found, values }, data, 0.01)).toBeGreaterThan(least - 1e-6);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('is the same from wherever the search begins', async () => {
    const data = clouds(3, 90, 8, 3, 1);
    const options = { classes: 3, penalty: 0.1, steps: 300 };
    const from = await fitClassifier(clouds(4, 90, 8, 3, 1), options);
    const [first, second] = [
      await fitClassifier(data, options),
      await fitClassifier(data, { ...options, start: from }),
    ];
    // Biases are free up to a constant, weights are not.
    first.values.forEach((value, i) => {
      if (i % 9 !== 8) expect(second.values[i]).toBeCloseTo(value, 2);
    });
  });

  it('finds the share of the classes where features say nothing', async () => {
    const labels = Int32Array.from({ length: 40 }, (_, i) => (i < 10 ? 0 : 1));
    const data = { width: 2, features: new Float32Array(80), labels };
    const found = await fitClassifier(data, { classes: 2, penalty: 1, steps: 200 });
    expect(Math.exp(found.values[2] - found.values[5])).toBeCloseTo(1 / 3, 2);
    expect([...found.values].filter((_, i) => i % 3 !== 2)).toEqual([0, 0, 0, 0]);
  });

  it('classifies other images of clouds that lie apart', async () => {
    const all = clouds(8, 400, 10, 4, 4);
    const part = (from: number, to: number) => ({
      width: 10,
      features: all.features.slice(from * 10, to * 10),
      labels: all.labels.slice(from, to),
    });
    const found = await fitClassifier(part(0, 200), { classes: 4, penalty: 1e-3 });
    const { predicted, loss } = classify(found, part(200, 400));
    expect(predicted.filter((label, i) => label === all.labels[200 + i]).length).toBeGreaterThan(195);
    expect(loss.every((value) => value >= 0 && Number.isFinite(value))).toBe(true);
  });

  it('stands features without bounds: separable classes, one image, one class', async () => {
    const far = { width: 1, features: Float32Array.of(-1e4, 1e4), labels: Int32Array.of(0, 1) };
    for (const data of [far, { width: 1, features: Float32Array.of(3), labels: Int32Array.of(0) }])
      for (const penalty of [0, 1e-4, 10]) {
        const found = await fitClassifier(data, { classes: 2, penalty });
        expect(found.values.every(Number.isFinite)).toBe(true);
        expect([...classify(found, data).predicted]).toEqual([...data.labels]);
      }
  });

  it('can be stopped between its steps', async () => {
    let asked = 0;
    const between = () => (++asked > 2 ? Promise.reject(new Error('stopped')) : Promise.resolve());
    await expect(fitClassifier(clouds(1, 50, 4, 3, 1), { classes: 3, penalty: 0.01, between })).rejects.toThrow(
      'stopped',
    );
  });
});
