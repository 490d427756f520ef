/** Gradients of the explicit backward against central differences, all in float64. */
import { describe, expect, it } from 'vitest';
import type { AdapterLayout } from '../../core/adapter-layout.ts';
import { stream } from '../../core/rng.ts';
import type { Backbone } from '../../model/backbone.ts';
import {
  aloneBatch,
  aloneSpec,
  exactPopulation,
  testClip,
  testPopulation,
  testVit,
  type PopulationOptions,
} from './test-models.ts';

interface Factor {
  readonly name: string;
  readonly from: number;
  readonly length: number;
  /** Index of its pair; null = the head, which is never gated. */
  readonly pair: number | null;
}

function factorsOf({ pairs, rank, head, size }: AdapterLayout): Factor[] {
  const factors = pairs.flatMap((p, pair): Factor[] => {
    const name = `${p.tower} ${p.layer} ${p.projection}`;
    return [
      { name: `${name} A`, from: p.aOffset, length: rank * p.inFeatures, pair },
      { name: `${name} B`, from: p.bOffset, length: rank * p.outFeatures, pair },
      ...(p.magnitudeOffset === null
        ? []
        : [{ name: `${name} magnitudes`, from: p.magnitudeOffset, length: p.outFeatures, pair }]),
    ];
  });
  if (!head) return factors;
  return [
    ...factors,
    { name: 'head weight', from: head.weightOffset, length: head.biasOffset - head.weightOffset, pair: null },
    { name: 'head bias', from: head.biasOffset, length: size - head.biasOffset, pair: null },
  ];
}

/**
 * Compares the slope along one random direction per factor: a direction has a share in every entry, so one wrong entry shows. All runs are
 * moved at once; as each has a loss of its own, a gradient that leaks from one run to another shows too.
 */
async function expectGradients(backbone: Backbone, options: PopulationOptions): Promise<number> {
  const population = testPopulation(backbone, options);
  const { spec, layout } = population;
  const batch = population.batch(0);
  const exact = await exactPopulation(backbone, spec, batch);
  const { gradients } = await exact.measure(batch);
  const runs = spec.initial.length;
  const rng = stream(7, 'analysis');
  const h = 2e-6;
  let largest = 0;
  for (const { name, from, length, pair } of factorsOf(layout)) {
    const direction = Float64Array.from({ length }, () => rng.normal());
    const moved = (sign: number) =>
      exact.measure(batch, (params, size) => {
        for (let run = 0; run < runs; run++)
          direction.forEach((d, i) => (params[run * size + from + i] += sign * h * d));
      });
    const [plus, minus] = [await moved(1), await moved(-1)];
    for (let run = 0; run < runs; run++) {
      const slope = (plus.losses[run] - minus.losses[run]) / (2 * h);
      const gradient = gradients[run].subarray(from, from + length);
      const expected = gradient.reduce((sum, g, i) => sum + g * direction[i], 0);
      expect(Math.abs(slope - expected), `${name} of run ${run}: slope ${slope}, gradient ${expected}`).toBeLessThan(
        2e-8,
      );
      const active = pair === null || batch.gates[run * layout.pairs.length + pair] === 1;
      if (!active)
        expect(
          gradient.every((g) => g === 0),
          `${name} of run ${run} is inactive`,
        ).toBe(true);
      largest = Math.max(largest, Math.abs(slope));
    }
  }
  return largest;
}

/** Gates that are open where `open` says so. */
function gatesWhere(
  backbone: Backbone,
  runs: number,
  open: (run: number, pair: AdapterLayout['pairs'][number]) => boolean,
) {
  const { layout } = testPopulation(backbone);
  return Uint8Array.from({ length: runs * layout.pairs.length }, (_, i) =>
    open(Math.floor(i / layout.pairs.length), layout.pairs[i % layout.pairs.length]) ? 1 : 0,
  );
}

/** Factors from 0.5 to 3.3, of every run and pair another. */
function factorsFor(backbone: Backbone, runs: number): Float32Array {
  const { layout } = testPopulation(backbone);
  return Float32Array.from({ length: runs * layout.pairs.length }, (_, i) => 0.5 + ((i * 7) % 15) / 5);
}

const clip = testClip();
const vit = testVit();

const CASES: [string, Backbone, PopulationOptions][] = [
  ['CLIP, everything active', clip, { scale: 0.7 }],
  [
    'CLIP, erf GELU, random gates, two sources',
    testClip('gelu'),
    { runs: 3, probability: 0.4, sources: [1, 0, 1], scale: 1.3 },
  ],
  ['CLIP, tanh GELU, input dropout', testClip('gelu_tanh'), { dropout: [0.3, 0], probability: 0.7, scale: 2 }],
  [
    'CLIP, branches with factors, random gates',
    clip,
    { runs: 3, probability: 0.5, scale: 0.7, branchFactors: factorsFor(clip, 3) },
  ],
  ['ViT, branches with factors, dropout', vit, { dropout: [0.3, 0], branchFactors: factorsFor(vit, 2) }],
  ['CLIP, rank 1, q and v', clip, { targets: { rank: 1, projections: ['q', 'v'] } }],
  ['CLIP, text closed', clip, { gates: gatesWhere(clip, 2, (_, { tower }) => tower === 'vision') }],
  ['CLIP, vision closed', clip, { gates: gatesWhere(clip, 2, (_, { tower }) => tower === 'text') }],
  [
    'CLIP, one run per tower',
    clip,
    { gates: gatesWhere(clip, 2, (run, { tower }) => (run === 0) === (tower === 'text')) },
  ],
  ['CLIP, last layers only', clip, { gates: gatesWhere(clip, 2, (run, { layer }) => layer === 1 || run === 0) }],
  ['CLIP, DoRA', clip, { scale: 0.7, targets: { dora: true } }],
  [
    'CLIP, DoRA, tanh GELU, random gates, two sources, dropout',
    testClip('gelu_tanh'),
    { runs: 3, probability: 0.6, sources: [1, 0, 1], dropout: [0.3, 0, 0], targets: { dora: true } },
  ],
  [
    'ViT, DoRA, branches with factors, random gates',
    vit,
    { runs: 3, probability: 0.6, branchFactors: factorsFor(vit, 3), targets: { dora: true } },
  ],
  ['CLIP, DoRA, q and fc2', clip, { targets: { dora: true, projections: ['q', 'fc2'] } }],
  ['ViT with a linear head', vit, { scale: 0.7 }],
  ['ViT, random gates, dropout', testVit('quick_gelu'), { runs: 3, probability: 0.4, dropout: [0, 0.5, 0.2] }],
  ['ViT, head alone', vit, { gates: gatesWhere(vit, 2, () => false) }],
  ...(['q', 'k', 'v', 'o', 'fc1', 'fc2'] as const).map((only): [string, Backbone, PopulationOptions] => [
    `CLIP, only ${only} in the last layer of each tower`,
    clip,
    { runs: 1, gates: gatesWhere(clip, 1, (_, { layer, projection }) => layer === 1 && projection === only) },
  ]),
];

describe('gradients equal finite differences', () => {
  it.each(CASES)('%s', async (_, backbone, options) => {
    expect(await expectGradients(backbone, options)).toBeGreaterThan(1e-3); // the comparison is not of zeros
  });
});

/** Losses at w + ρ g / ‖g‖ and on either side of it, by the definition, against the gradient with which the trainer updates. */
async function expectPerturbed(backbone: Backbone, options: PopulationOptions, radii: readonly number[]) {
  const runs = radii.length;
  const plain = testPopulation(backbone, { ...options, runs });
  const moving = testPopulation(backbone, { ...options, runs, radii });
  const batch = plain.batch(0);
  const at = await exactPopulation(backbone, plain.spec, batch);
  const { gradients } = await at.measure(batch);
  const sam = await exactPopulation(backbone, moving.spec, batch);
  const found = (await sam.measure(batch)).gradients;
  const rng = stream(9, 'analysis');
  const h = 4e-7;
  let difference = 0;
  for (let turn = 0; turn < 4; turn++) {
    const direction = Float64Array.from({ length: plain.layout.size }, () => rng.normal());
    const lossesAt = async (sign: number) => {
      const { losses } = await at.measure(batch, (params, size) => {
        for (let run = 0; run < runs; run++) {
          const length = Math.hypot(...gradients[run]);
          for (let i = 0; i < size; i++)
            params[run * size + i] += (radii[run] * gradients[run][i]) / length + sign * h * direction[i];
        }
      });
      return losses;
    };
    const [plus, minus] = [await lossesAt(1), await lossesAt(-1)];
    for (let run = 0; run < runs; run++) {
      const along = (vector: Float64Array) => vector.reduce((sum, g, i) => sum + g * direction[i], 0);
      expect(Math.abs((plus[run] - minus[run]) / (2 * h) - along(found[run]))).toBeLessThan(1e-7);
      if (radii[run] > 0) difference = Math.max(difference, Math.abs(along(found[run]) - along(gradients[run])));
      else expect(along(found[run])).toBe(along(gradients[run]));
    }
  }
  return difference;
}

describe('the gradient of sharpness-aware minimisation is that at the moved adapter', () => {
  it.each<[string, Backbone, PopulationOptions]>([
    ['CLIP, everything active', clip, { scale: 0.7 }],
    ['CLIP, random gates, dropout, two sources', clip, { probability: 0.5, dropout: [0.3, 0, 0], sources: [1, 0, 1] }],
    ['CLIP, branches with factors', clip, { probability: 0.6, branchFactors: factorsFor(clip, 3) }],
    ['ViT with a head', vit, { scale: 0.7, probability: 0.7 }],
  ])('%s', async (_, backbone, options) => {
    expect(await expectPerturbed(backbone, options, [0.25, 0, 1])).toBeGreaterThan(1e-3); // and another than without
  });
});

describe('a run in a population', () => {
  it.each<[string, Backbone, PopulationOptions]>([
    ['CLIP', clip, { runs: 3, probability: 0.4, sources: [0, 1, 0], dropout: [0, 0.3, 0.1] }],
    ['ViT', vit, { runs: 3, probability: 0.4, sources: [1, 0, 1], dropout: [0.2, 0, 0] }],
    ['CLIP, factors', clip, { runs: 3, probability: 0.6, branchFactors: factorsFor(clip, 3) }],
    ['CLIP, DoRA', clip, { runs: 3, probability: 0.6, dropout: [0, 0.3, 0], targets: { dora: true } }],
  ])('has the gradient it has alone: %s', async (_, backbone, options) => {
    const population = testPopulation(backbone, options);
    const { spec } = population;
    const together = population.batch(3);
    const { losses, gradients } = await (await exactPopulation(backbone, spec, together)).measure(together);
    for (let run = 0; run < 3; run++) {
      const own = aloneBatch(together, run, 3);
      const alone = await (await exactPopulation(backbone, aloneSpec(spec, run), own)).measure(own);
      expect(alone.losses[0]).toBeCloseTo(losses[run], 13);
      const error = alone.gradients[0]
        .map((g, i) => Math.abs(g - gradients[run][i]))
        .reduce((a, b) => Math.max(a, b), 0);
      expect(error).toBeLessThan(1e-13);
    }
  });
});
