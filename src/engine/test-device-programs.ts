/** Programs over all operations of a Device, at small and odd shapes: every device is tested with them against float64. */
import { describe } from 'vitest';
import type { Activation } from '../model/backbone.ts';
import { allLive, type TestProgram } from './devices/test-programs.ts';

/** Registers a test that a program gives the same on the device as in float64. */
export type Check = (name: string, program: TestProgram, tolerance?: number) => void;

/**
 * @param keepsProbabilities whether the attention's `softmax` holds probabilities, which can be compared
 * @param attentions shapes of attention: those that differ in kind, or more
 */
export function describeAllPrograms(
  check: Check,
  keepsProbabilities: boolean,
  attentions: readonly AttentionCase[] = [...ATTENTION_CASES, ...MORE_ATTENTION_CASES],
): void {
  describe('linear maps', () => linearPrograms(check));
  describe('DoRA', () => doraPrograms(check));
  describe('row-wise operations', () => rowwisePrograms(check));
  describe('attention', () => attentionPrograms(check, keepsProbabilities, attentions));
  describe('gather, scatter, assemble', () => gatherPrograms(check));
  describe('objective and optimizer', () => objectivePrograms(check));
}

/** inputs, outputs, groups, rows per group, rank, slots, dropout rates, live */
const LINEAR_CASES: [number, number, number, number, number, number[], number[] | null, number[] | null][] = [
  [64, 64, 2, 34, 4, [0, 1], null, null],
  [64, 256, 3, 17, 8, [1, -1, 0], null, [1, 1, 0]],
  [256, 64, 2, 13, 3, [0, 0], [0.25, 0], null],
  [7, 5, 3, 3, 1, [2, -1, 0], null, null],
  [1, 1, 1, 1, 1, [0], [0.5], null],
  [33, 9, 4, 12, 5, [0, 1, 0, -1], [0.1, 0.5, 0.3, 0], [1, 0, 1, 1]],
  [48, 20, 1, 150, 64, [0], null, null],
  [30, 144, 1, 2, 2, [0], null, null],
  [800, 24, 1, 70, 16, [0], null, null],
  [771, 6, 2, 13, 2, [0, -1], null, null],
];

export function linearPrograms(check: Check): void {
  for (const [inputs, outputs, count, rowsPerGroup, rank, slots, rates, live] of LINEAR_CASES) {
    const groups = { count, rowsPerGroup, ...(live ? { live: Uint8Array.from(live) } : {}) };
    const rows = count * rowsPerGroup;
    const name = `${inputs} → ${outputs}, ${count} × ${rowsPerGroup} rows, rank ${rank}, dropout ${String(rates)}`;
    check(`frozen ${name}`, (d, draw) => {
      const w = draw.linear(inputs, outputs, rows % 2 === 0);
      const x = draw.tensor(rows, inputs);
      const dy = draw.tensor(rows, outputs);
      const y = d.applyLinear(x, w, groups, null, draw.tensor(rows, outputs));
      return [y, d.linearInputGradient(dy, w, groups, null, null), d.applyLinear(x, w, groups, null, null)];
    });
    check(`LoRA ${name}`, (d, draw) => {
      const w = draw.linear(inputs, outputs);
      const lora = draw.lora(inputs, outputs, rank, slots, rates);
      const x = draw.tensor(rows, inputs);
      const dy = draw.tensor(rows, outputs);
      const { rows: slotCount, cols: size } = d.shape(lora.params);
      const gradients = draw.tensor(slotCount, size);
      d.loraGradient(dy, x, groups, lora, gradients);
      const dx = d.linearInputGradient(dy, w, groups, lora, draw.tensor(rows, inputs));
      return [d.applyLinear(x, w, groups, lora, draw.tensor(rows, outputs)), dx, gradients];
    });
  }
}

export function doraPrograms(check: Check): void {
  for (const [inputs, outputs, count, rowsPerGroup, rank, slots, , live] of LINEAR_CASES) {
    const groups = { count, rowsPerGroup, ...(live ? { live: Uint8Array.from(live) } : {}) };
    const rows = count * rowsPerGroup;
    for (const bias of [true, false])
      check(`${inputs} → ${outputs}, ${count} × ${rowsPerGroup} rows, rank ${rank}, bias ${bias}`, (d, draw) => {
        const w = draw.linear(inputs, outputs, bias);
        const { factors, offset } = draw.dora(inputs, outputs, rank, Math.max(...slots) + 2);
        const scales = d.doraScales(w, factors, offset);
        const dora = { scales, offset, slotOfGroup: Int32Array.from(slots) };
        const z = draw.tensor(rows, outputs);
        const dy = draw.tensor(rows, outputs);
        const { rows: slotCount, cols } = d.shape(factors.params);
        const gradients = draw.tensor(slotCount, cols);
        const dz = d.doraGradient(dy, z, w, groups, dora, gradients);
        const residual = draw.tensor(rows, outputs);
        return [
          scales,
          d.applyDora(z, w, groups, dora, residual),
          d.applyDora(z, w, groups, dora, null),
          dz,
          gradients,
        ];
      });
  }
}

export function rowwisePrograms(check: Check): void {
  for (const [count, rowsPerGroup, cols] of [
    [1, 1, 1],
    [2, 3, 7],
    [3, 5, 64],
    [2, 33, 30],
    [1, 9, 385],
  ]) {
    const rows = count * rowsPerGroup;
    const groups = { count, rowsPerGroup, live: Uint8Array.from({ length: count }, (_, g) => (g === 1 ? 0 : 1)) };
    check(`layerNorm [${count} × ${rowsPerGroup}, ${cols}]`, (d, draw) => {
      const x = draw.tensor(rows, cols);
      const gain = draw.tensor(1, cols);
      const { y, stats } = d.layerNorm(x, gain, draw.tensor(1, cols), 1e-5, groups);
      const dy = draw.tensor(rows, cols);
      const dx = d.layerNormGradient(dy, x, stats, gain, draw.tensor(rows, cols), groups);
      return [y, stats, dx, d.layerNormGradient(dy, x, stats, gain, null, groups)];
    });
    for (const kind of ['quick_gelu', 'gelu', 'gelu_tanh'] as const satisfies Activation[])
      check(`${kind} [${count} × ${rowsPerGroup}, ${cols}]`, (d, draw) => {
        const x = draw.tensor(rows, cols, 3);
        const dy = draw.tensor(rows, cols);
        return [d.activation(x, kind, groups), d.activationGradient(dy, x, kind, groups)];
      });
    check(
      `layerNorm of rows far from zero [${count} × ${rowsPerGroup}, ${cols}]`,
      (d, draw) => {
        const x = d.upload(
          draw.values(rows * cols).map((value) => 100 + value),
          rows,
          cols,
        );
        return [d.layerNorm(x, draw.tensor(1, cols), draw.tensor(1, cols), 1e-5, groups).y];
      },
      1e-4,
    );
    check(`normalizeRows [${rows}, ${cols}]`, (d, draw) => {
      const { y, norms } = d.normalizeRows(draw.tensor(rows, cols));
      const dx = d.normalizeRowsGradient(draw.tensor(rows, cols), y, norms);
      return cols === 1 ? [y, norms] : [y, norms, dx]; // one column: the gradient is zero, all of it rounding
    });
    check(`rowNorms [${rows}, ${cols}]`, (d, draw) => [d.rowNorms(draw.tensor(rows, cols))]);
  }

  check('unit rows of zeros', (d) => {
    const { y, norms } = d.normalizeRows(d.zeros(3, 7));
    return [y, d.normalizeRowsGradient(d.zeros(3, 7), y, norms), d.rowNorms(d.zeros(3, 7))];
  });

  check('activations far from zero', (d, draw) => {
    const x = d.upload(
      Float32Array.from({ length: 41 }, (_, i) => (i - 20) * 6),
      1,
      41,
    );
    const dy = draw.tensor(1, 41);
    return (['quick_gelu', 'gelu', 'gelu_tanh'] as const).flatMap((kind) => [
      d.activation(x, kind, allLive(1, 1)),
      d.activationGradient(dy, x, kind, allLive(1, 1)),
    ]);
  });
}

type AttentionCase = readonly [
  sequences: number,
  queries: number,
  tokens: number,
  heads: number,
  size: number,
  causal: 0 | 1,
  groups: number,
];

/** Causal or not, of whole vectors and odd, all rows or the class token alone, groups that are closed, one token and wide heads. */
export const ATTENTION_CASES: readonly AttentionCase[] = [
  [4, 17, 17, 4, 16, 0, 2],
  [2, 37, 37, 3, 20, 1, 1],
  [3, 1, 50, 2, 17, 0, 3],
  [2, 5, 5, 1, 3, 1, 1],
  [1, 1, 1, 2, 80, 0, 1],
];

/** Lengths and widths with other remainders. Where a kernel is compiled for every shape, it is the same one with other numbers in it. */
const MORE_ATTENTION_CASES: readonly AttentionCase[] = [
  [1, 197, 197, 1, 64, 0, 1],
  [2, 33, 33, 2, 12, 1, 2],
  [1, 50, 50, 1, 32, 0, 1],
  [2, 7, 7, 2, 8, 1, 1],
];

export function attentionPrograms(
  check: Check,
  keepsProbabilities: boolean,
  attentions: readonly AttentionCase[],
): void {
  for (const [sequences, queries, tokens, heads, size, causal, count] of attentions)
    check(`${sequences} × ${queries} of ${tokens} tokens, ${heads} × ${size}, causal ${causal}`, (d, draw) => {
      const live = Uint8Array.from({ length: count }, (_, g) => (g === 1 ? 0 : 1));
      const groups = { count, rowsPerGroup: (sequences / count) * queries, live };
      const shape = { sequences, queries, tokens, heads, causal: causal === 1, groups };
      const width = heads * size;
      const [q, dOut] = [draw.tensor(sequences * queries, width), draw.tensor(sequences * queries, width)];
      const [k, v] = [draw.tensor(sequences * tokens, width), draw.tensor(sequences * tokens, width)];
      const { out, softmax } = d.attention(q, k, v, shape, true);
      if (!softmax) throw new Error('probabilities were asked for');
      const { dq, dk, dv } = d.attentionGradient(dOut, q, k, v, softmax, shape);
      const kept = keepsProbabilities ? [softmax] : [];
      return [out, ...kept, d.attention(q, k, v, shape, false).out, ...(tokens === 1 ? [dv] : [dq, dk, dv])];
    });
  // Rounding scores of 130 moves their exponentials by 10⁻⁵. Of shapes as above.
  for (const score of [130, -130])
    for (const [causal, tokens, size] of [
      [false, 17, 16],
      [true, 37, 20],
    ] as const)
      check(`scores of ${score}, causal ${causal}`, farScores(score, tokens, size, causal), 1e-3);
}

/** Queries and keys whose scores are all about `score`: their exponentials are zero or overflow unless the largest of a row is taken off first. */
export const farScores =
  (score: number, tokens: number, size: number, causal: boolean): TestProgram =>
  (d, draw) => {
    const groups = allLive(1, tokens);
    const shape = { sequences: 1, queries: tokens, tokens, heads: 1, causal, groups };
    const near = (mean: number) =>
      d.upload(
        draw.values(tokens * size, 0.3).map((value) => mean + value),
        tokens,
        size,
      );
    const mean = Math.sqrt(Math.abs(score) / Math.sqrt(size));
    const [q, k] = [near(mean), near(Math.sign(score) * mean)];
    const [v, dOut] = [draw.tensor(tokens, size), draw.tensor(tokens, size)];
    const { out, softmax } = d.attention(q, k, v, shape, true);
    if (!softmax) throw new Error('probabilities were asked for');
    const { dq, dk, dv } = d.attentionGradient(dOut, q, k, v, softmax, shape);
    return [out, d.attention(q, k, v, shape, false).out, dq, dk, dv];
  };

export function gatherPrograms(check: Check): void {
  for (const cols of [1, 6, 64])
    check(`rows of ${cols} and slots`, (d, draw) => {
      const x = draw.tensor(12, cols);
      const gradients = draw.tensor(2, 40 * cols);
      const dy = draw.tensor(10, cols);
      d.addToSlots(dy, gradients, 2, Int32Array.of(1, 0));
      const positions = draw.tensor(4, cols);
      return [
        d.gatherRows(x, draw.integers(9, 12)),
        d.scatterRows(x, draw.integers(12, 7), 8),
        d.gatherGroups(x, Int32Array.of(3, 0, 0, 2, 1), 3),
        d.assembleTokens(x, draw.tensor(1, cols), positions),
        d.embedTokens(draw.integers(12, 12), x, positions),
        d.sliceSlots(gradients, 5, 3, cols, Int32Array.of(1, 0, 1)),
        gradients,
      ];
    });
}

export function objectivePrograms(check: Check): void {
  for (const [groups, perGroup, classes, features, shared] of [
    [2, 9, 9, 64, 0],
    [3, 1, 2, 5, 0],
    [2, 4, 5, 33, 1],
    [1, 7, 1, 8, 1],
  ])
    check(`${groups} × ${perGroup} rows, ${classes} classes, ${features} features, shared ${shared}`, (d, draw) => {
      const rows = groups * perGroup;
      const wGroups = shared ? 1 : groups;
      const x = draw.tensor(rows, features);
      const w = draw.tensor(wGroups * classes, features);
      const bias = draw.tensor(shared ? 1 : groups, classes);
      const scores = d.groupScores(x, w, bias, 0.7, groups, wGroups);
      const labels = draw.integers(rows, classes);
      const { loss, predicted, dScores } = d.crossEntropy(scores, labels, 0.25);
      const given = draw.tensor(rows, classes);
      return [
        scores,
        d.groupScores(x, w, null, 2, groups, wGroups),
        d.crossEntropy(given, labels, null).loss,
        predicted,
        d.groupScoresInputGradient(given, w, 0.7, groups, wGroups),
        d.groupScoresWeightGradient(given, x, 0.7, groups, wGroups),
        ...(classes > 1 && dScores ? [loss, dScores] : []),
      ];
    });

  check('cross-entropy of scores far from zero, some of them equal', (d, draw) => {
    const [rows, classes] = [9, 11];
    return [-300, 300].flatMap((mean) => {
      const values = draw.values(rows * classes, 20).map((value) => mean + value);
      // In two rows the largest score stands twice.
      for (const at of [2, 9, classes + 4, classes + 5]) values[at] = mean + 200;
      const scores = d.upload(values, rows, classes);
      const { loss, predicted, dScores } = d.crossEntropy(scores, draw.integers(rows, classes), 0.25);
      return [loss, predicted, ...(dScores ? [dScores] : [])];
    });
  });

  check('adamw', (d, draw) => {
    const [params, gradients, m] = [draw.tensor(3, 50), draw.tensor(3, 50), draw.tensor(3, 50)];
    const v = d.upload(draw.values(150).map(Math.abs), 3, 50);
    const segments = [
      { offset: 1, length: 7 },
      { offset: 8, length: 32 },
      { offset: 41, length: 1 },
    ];
    const coefficients = Float32Array.from({ length: 36 }, (_, i) => [i % 8 === 0 ? 0 : 1, 0.01, 1.5, 2][i % 4]);
    const decay = Float32Array.of(1, 0, 0.5);
    const options = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.1, decay };
    for (let step = 0; step < 3; step++) d.adamw(params, gradients, m, v, segments, coefficients, options);
    return [params, m, v];
  });
  check('adamw without any gradient so far', (d, draw) => {
    const params = draw.tensor(1, 9);
    const [gradients, m, v] = [d.zeros(1, 9), d.zeros(1, 9), d.zeros(1, 9)];
    const options = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.1, decay: Float32Array.of(1) };
    d.adamw(params, gradients, m, v, [{ offset: 0, length: 9 }], Float32Array.of(1, 0.01, 1.5, 2), options);
    return [params, m, v];
  });
  check('factors of segments', (d, draw) => {
    const x = draw.tensor(3, 50);
    const segments = [
      { offset: 1, length: 7 },
      { offset: 8, length: 32 },
      { offset: 41, length: 1 },
    ];
    d.scaleSegments(x, segments, Float32Array.of(1, 12, 0.5, 1, 1, 1, -2, 0, 3));
    return [x];
  });
}
