import { describe, expect, it } from 'vitest';
import { stream } from '../../../src/core/rng.ts';
import { createTrainableReference } from './trainable-reference.ts';
import type { TrainableDevice } from '../../../scripts/pretrain/all-weights/trainable-device.ts';
import { openTrainableWasm } from '../../../scripts/pretrain/all-weights/trainable-wasm.ts';
import { captionBuckets } from '../../../scripts/pretrain/all-weights/caption-buckets.ts';
import { clipLayout, flattenClip, unflattenClip } from '../../../scripts/pretrain/all-weights/clip-parameters.ts';
import {
  createContrastiveTrainer,
  type ContrastiveState,
} from '../../../scripts/pretrain/all-weights/contrastive-trainer.ts';
import { tinyBatch, tinyClip } from './tiny-clip.ts';

const OPTIONS = {
  optimizer: { beta1: 0.9, beta2: 0.98, epsilon: 1e-8, weightDecay: 0.05 },
  gradientClip: 1,
  sizes: { imagesPerChunk: 3, textBuckets: 2 },
};

const trainer = (device: TrainableDevice<unknown>) => createContrastiveTrainer(device, tinyClip(1), OPTIONS);
const batchOf = (step: number) => tinyBatch(stream(7, 'augment', step));

async function run(device: TrainableDevice<unknown>, from: ContrastiveState | null, to: number) {
  const training = trainer(device);
  if (from) training.restore(from);
  const losses: number[] = [];
  for (let step = from?.step ?? 0; step < to; step++) losses.push((await training.step(batchOf(step), 0.01)).loss);
  const state = await training.save();
  training.dispose();
  expect(device.memoryBytes()).toBe(0);
  device.dispose();
  return { losses, state };
}

describe('contrastive trainer', () => {
  it('learns a batch by heart', async () => {
    const training = trainer(createTrainableReference());
    const first = await training.step(batchOf(0), 0.02);
    let last = first;
    for (let i = 0; i < 40; i++) last = await training.step(batchOf(0), 0.02);
    // The best loss has a remainder: two images share a caption, which costs (2 ln 2) / 4.
    expect(first.loss).toBeGreaterThan(0.8);
    expect(last.loss).toBeLessThan(0.4);
  });

  it('continues bit for bit', async () => {
    const open = () => openTrainableWasm({ threads: 2 });
    const whole = await run(await open(), null, 6);
    const half = await run(await open(), null, 3);
    const rest = await run(await open(), half.state, 6);
    expect([...half.losses, ...rest.losses]).toEqual(whole.losses);
    expect(rest.state).toEqual(whole.state);
  });

  it('is the same on the fast device', async () => {
    const reference = await run(createTrainableReference(), null, 2);
    const wasm = await run(await openTrainableWasm({ threads: 2 }), null, 2);
    wasm.losses.forEach((loss, i) => expect(loss).toBeCloseTo(reference.losses[i], 4));
    wasm.state.firstMoments.forEach((value, i) => {
      expect(Math.abs(value - reference.state.firstMoments[i])).toBeLessThan(1e-4);
    });
  });

  it('keeps the temperature at or below 100', async () => {
    const training = createContrastiveTrainer(createTrainableReference(), { ...tinyClip(1), logitScale: 6 }, OPTIONS);
    expect((await training.step(batchOf(0), 0)).logitScale).toBeCloseTo(Math.log(100), 6);
    expect((await training.weights()).logitScale).toBeLessThanOrEqual(Math.log(100) + 1e-6);
  });
});

describe('flat weights', () => {
  it('come back as they were', () => {
    const clip = tinyClip(2);
    const layout = clipLayout(clip);
    expect(unflattenClip(flattenClip(clip, layout), layout, tinyClip(5))).toEqual({
      ...clip,
      logitScale: Math.fround(clip.logitScale),
    });
  });
});

describe('caption buckets', () => {
  it('hold every caption once and cut the padding', () => {
    const lengths = Array.from({ length: 90 }, (_, i) => 3 + ((i * 7) % 15));
    const buckets = captionBuckets(lengths, 3);
    expect(buckets).toHaveLength(3);
    expect(buckets.flatMap((bucket) => [...bucket]).sort((a, b) => a - b)).toEqual(lengths.map((_, i) => i));
    const rows = buckets.map((bucket) => bucket.length * Math.max(...Array.from(bucket, (i) => lengths[i])));
    expect(rows.reduce((a, b) => a + b)).toBeLessThan(0.8 * 90 * 17);
  });
});
