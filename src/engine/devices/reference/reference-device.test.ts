import { describe, expect, it } from 'vitest';
import { stream } from '../../../core/rng.ts';
import type { Activation } from '../../../model/backbone.ts';
import { activate, activationDerivative, erf } from './activation.ts';
import { createReferenceDevice } from './reference-device.ts';
import type { ReferenceTensor } from './tensor.ts';

const normals = (seed: number, count: number) => {
  const rng = stream(seed, 'analysis');
  return Float64Array.from({ length: count }, () => rng.normal());
};

/** Largest difference between `gradient` and central differences of `f` around `at`. */
function gradientError(f: (x: Float64Array) => number, at: Float64Array, gradient: Float64Array): number {
  const h = 1e-5;
  let worst = 0;
  for (let i = 0; i < at.length; i++) {
    const plus = at.slice();
    const minus = at.slice();
    plus[i] += h;
    minus[i] -= h;
    worst = Math.max(worst, Math.abs((f(plus) - f(minus)) / (2 * h) - gradient[i]));
  }
  return worst;
}

const dot = (a: ReferenceTensor, b: ReferenceTensor) => a.data.reduce((sum, v, i) => sum + v * b.data[i], 0);

describe('erf', () => {
  it.each([
    [0, 0],
    [0.5, 0.5204998778130465],
    [1, 0.8427007929497149],
    [2, 0.9953222650189527],
    [-3, -0.9999779095030014],
    [7, 1],
  ])('erf(%d) matches the tables', (x, expected) => {
    expect(erf(x)).toBeCloseTo(expected, 14);
  });
});

describe('activations', () => {
  it.each<Activation>(['quick_gelu', 'gelu', 'gelu_tanh'])('%s has the derivative of its value', (kind) => {
    for (let x = -6; x <= 6; x += 0.37)
      expect(activationDerivative(x, kind)).toBeCloseTo(
        (activate(x + 1e-5, kind) - activate(x - 1e-5, kind)) / 2e-5,
        8,
      );
  });
});

describe('ReferenceDevice gradients equal finite differences', () => {
  const device = createReferenceDevice();
  const groups = { count: 2, rowsPerGroup: 3 };

  it('layerNorm', () => {
    const gain = device.uploadExact(normals(1, 5), 1, 5);
    const bias = device.uploadExact(normals(2, 5), 1, 5);
    const dy = device.uploadExact(normals(3, 30), 6, 5);
    const at = normals(4, 30);
    const forward = (v: Float64Array) => device.layerNorm(device.uploadExact(v, 6, 5), gain, bias, 1e-5, groups);
    const x = device.uploadExact(at, 6, 5);
    const dx = device.layerNormGradient(dy, x, forward(at).stats, gain, null, groups);
    expect(gradientError((v) => dot(forward(v).y, dy), at, dx.data)).toBeLessThan(1e-8);
  });

  it.each([false, true])('attention, causal %s', (causal) => {
    const shape = { sequences: 2, queries: 3, tokens: 3, heads: 2, causal, groups: { count: 2, rowsPerGroup: 3 } };
    const inputs = [normals(5, 24), normals(6, 24), normals(7, 24)];
    const dOut = device.uploadExact(normals(8, 24), 6, 4);
    const up = (v: Float64Array) => device.uploadExact(v, 6, 4);
    const run = (q: Float64Array, k: Float64Array, v: Float64Array) =>
      device.attention(up(q), up(k), up(v), shape, true);
    const [q, k, v] = inputs;
    const { softmax } = run(q, k, v);
    if (!softmax) throw new Error('probabilities were asked for');
    const { dq, dk, dv } = device.attentionGradient(dOut, up(q), up(k), up(v), softmax, shape);
    expect(gradientError((w) => dot(run(w, k, v).out, dOut), q, dq.data)).toBeLessThan(1e-8);
    expect(gradientError((w) => dot(run(q, w, v).out, dOut), k, dk.data)).toBeLessThan(1e-8);
    expect(gradientError((w) => dot(run(q, k, w).out, dOut), v, dv.data)).toBeLessThan(1e-8);
  });

  it('applyLinear with LoRA and dropout: input and factors', () => {
    const weights = { weight: Float32Array.from(normals(9, 20)), bias: null, inFeatures: 5, outFeatures: 4 };
    const linear = device.linear(weights);
    const size = 2 * (5 + 4);
    const atParams = normals(10, 2 * size);
    const atX = normals(11, 30);
    const dy = device.uploadExact(normals(12, 24), 6, 4);
    const use = (params: Float64Array) => ({
      params: device.uploadExact(params, 2, size),
      aOffset: 0,
      bOffset: 10,
      rank: 2,
      scale: 0.7,
      slotOfGroup: Int32Array.of(1, 0),
      dropout: { rates: Float32Array.of(0.5, 0), keys: Uint32Array.of(17, 4) },
    });
    const run = (x: Float64Array, p: Float64Array) =>
      dot(device.applyLinear(device.uploadExact(x, 6, 5), linear, groups, use(p), null), dy);
    const dx = device.linearInputGradient(dy, linear, groups, use(atParams), null);
    const gradients = device.zeros(2, size);
    device.loraGradient(dy, device.uploadExact(atX, 6, 5), groups, use(atParams), gradients);
    expect(gradientError((x) => run(x, atParams), atX, dx.data)).toBeLessThan(1e-8);
    expect(gradientError((p) => run(atX, p), atParams, gradients.data)).toBeLessThan(1e-8);
  });

  it('cosine scores and cross-entropy', () => {
    const labels = Int32Array.of(0, 2, 1, 1, 0, 2);
    const atX = normals(13, 30);
    const atW = normals(14, 30);
    const forward = (x: Float64Array, w: Float64Array) => {
      const image = device.normalizeRows(device.uploadExact(x, 6, 5));
      const text = device.normalizeRows(device.uploadExact(w, 6, 5));
      const scores = device.groupScores(image.y, text.y, null, 3, 2, 2);
      return { image, text, ...device.crossEntropy(scores, labels, 1) };
    };
    const { image, text, dScores } = forward(atX, atW);
    if (!dScores) throw new Error('dScores was asked for');
    const dImage = device.groupScoresInputGradient(dScores, text.y, 3, 2, 2);
    const dText = device.groupScoresWeightGradient(dScores, image.y, 3, 2, 2);
    const dx = device.normalizeRowsGradient(dImage, image.y, image.norms);
    const dw = device.normalizeRowsGradient(dText, text.y, text.norms);
    const loss = (x: Float64Array, w: Float64Array) => forward(x, w).loss.data.reduce((sum, v) => sum + v, 0);
    expect(gradientError((x) => loss(x, atW), atX, dx.data)).toBeLessThan(1e-8);
    expect(gradientError((w) => loss(atX, w), atW, dw.data)).toBeLessThan(1e-8);
  });
});

describe('ReferenceDevice storage', () => {
  it('counts live bytes and refuses freed tensors', () => {
    const device = createReferenceDevice();
    const x = device.zeros(3, 2);
    expect(device.memoryBytes()).toBe(24);
    device.free(x, null);
    expect(device.memoryBytes()).toBe(0);
    expect(() => device.free(x)).toThrow('freed twice');
    expect(() => device.fillZero(x)).toThrow('after it was freed');
  });

  it('poisons rows that are not needed', async () => {
    const device = createReferenceDevice();
    const x = device.upload(Float32Array.of(1, 2), 2, 1);
    const y = device.activation(x, 'gelu', { count: 2, rowsPerGroup: 1, live: Uint8Array.of(1, 0) });
    const [first, second] = await device.read(y);
    expect(first).toBeCloseTo(0.8413447, 6);
    expect(second).toBeNaN();
  });
});
