/** What a step keeps for its backward as halves: written as the host rounds, and read as float32 of the same numbers is. */
import { describe, expect, it } from 'vitest';
import { gradientTolerance, relativeError } from '../../../trust/agreement.ts';
import type { Device } from '../../../device.ts';
import type { Groups, LoraUse } from '../../../operands.ts';
import { createTrainer } from '../../../passes/trainer.ts';
import { testPopulation, testVit } from '../../../passes/test-models.ts';
import { uploadBackbone } from '../../../passes/weights.ts';
import { asHalves, type Precision } from '../../../precision.ts';
import { activationDerivative } from '../../reference/activation.ts';
import { createReferenceDevice } from '../../reference/reference-device.ts';
import { Draw } from '../../test-programs.ts';
import type { GpuTensor } from '../gpu-tensor.ts';
import { defineKernel, kernelOf } from '../kernel.ts';
import { eachElement, ELEMENTS } from '../kernels/elements.ts';
import { PACK_HALVES } from '../kernels/halves.ts';
import type { WebgpuDevice } from '../webgpu-device.ts';
import { grid } from '../workgroups.ts';
import { withAllTiles } from '../../../../../tests/support/webgpu-devices.ts';

const devices = withAllTiles();

/** A pipeline takes a software adapter a second to compile when its cache is cold. */
const TIMEOUT = 240_000;
const [ROWS, WIDTH, HIDDEN, RANK] = [37, 20, 52, 3];
const GROUPS: Groups = { count: 2, rowsPerGroup: ROWS };

/** fc1 and fc2 with half weights, LoRA behind fc2, and what fc1 keeps of x [2 · ROWS, WIDTH]. */
function mlp(device: WebgpuDevice, drops: boolean) {
  const draw = new Draw(device, 9);
  const map = (inFeatures: number, outFeatures: number) =>
    device.linear(
      { weight: draw.values(inFeatures * outFeatures), bias: draw.values(outFeatures), inFeatures, outFeatures },
      'f16',
    );
  const [fc1, fc2] = [map(WIDTH, HIDDEN), map(HIDDEN, WIDTH)];
  const x = draw.tensor(2 * ROWS, WIDTH);
  const lora: LoraUse<GpuTensor> = {
    params: draw.tensor(2, RANK * (HIDDEN + WIDTH), 0.3),
    aOffset: 0,
    bOffset: RANK * HIDDEN,
    rank: RANK,
    scale: 0.5,
    slotOfGroup: Int32Array.of(1, 0),
    dropout: drops ? { rates: Float32Array.of(0.25, 0), keys: Uint32Array.of(3, 4) } : null,
  };
  const apply = (keep: boolean) =>
    device.fused.applyLinearActivated(x, { map: fc1, lora: null }, 'quick_gelu', GROUPS, keep);
  const { hidden, activated } = apply(true);
  if (!hidden) throw new Error('Nothing was kept.');
  return { draw, x, fc1, fc2, lora, hidden, activated, whole: apply(false).activated };
}

describe.each([
  ['lanes', false],
  ['staged', true],
  ['direct', false],
])('activations kept as halves, products on %s tiles, dropout %s', (tile, drops) => {
  it(
    'are what the host rounds to: the outputs of fc1, and the derivative of their activation',
    async () => {
      const device = devices[tile];
      const { x, fc1, hidden, activated, whole } = mlp(device, false);
      expect([hidden, activated, whole].map(({ valueBytes }) => valueBytes)).toEqual([2, 2, 4]);
      const sums = device.applyLinear(x, fc1, GROUPS, null, null);
      const [f, y, exact, z] = await device.readAll([hidden, activated, whole, sums]);
      expect(y.map((value) => value + 0)).toEqual(asHalves(exact));
      z.forEach((value, i) => expect(Math.abs(f[i] - activationDerivative(value, 'quick_gelu'))).toBeLessThan(6e-4));
    },
    TIMEOUT,
  );

  it(
    'are read as float32 of the same numbers, bit for bit',
    async () => {
      const device = devices[tile];
      const { draw, fc2, lora, hidden, activated } = mlp(device, drops);
      const [f, y] = await device.readAll([hidden, activated]);
      const unpacked = device.upload(y, 2 * ROWS, HIDDEN);
      const dy = draw.tensor(2 * ROWS, WIDTH);
      const from = (input: GpuTensor) => {
        const gradients = device.zeros(lora.params.rows, lora.params.cols);
        const terms = [{ map: fc2, lora, dy }];
        const output = device.applyLinear(input, fc2, GROUPS, lora, null);
        const activation = { hidden, kind: 'quick_gelu' as const };
        const backward = (wanted: typeof activation | null) => {
          const dx = device.fused.linearsBackward(terms, GROUPS, {
            x: input,
            gradients,
            input: { accumulate: null, activation: wanted },
          });
          if (!dx) throw new Error('dx was asked for.');
          return dx;
        };
        return device.readAll([output, gradients, backward(activation), backward(null)]);
      };
      const [kept, expected] = [await from(activated), await from(unpacked)];
      expect(kept).toEqual(expected);
      const [, , dHidden, dx] = kept;
      expect(dHidden).toEqual(dx.map((value, i) => value * f[i]));
    },
    TIMEOUT,
  );
});

it(
  'every float32 becomes the half that the host makes of it; what no half can hold becomes infinite',
  async () => {
    const { runtime, upload, readAll } = devices.lanes;
    const draw = new Draw(devices.lanes, 5);
    const spread = draw.values(4096).map((value, i) => value * 2 ** ((i % 44) - 31));
    const edges = [0, 65504, 65519.996, 2 ** -14, 2 ** -15, 2 ** -15 * (1 + 2 ** -10), 2 ** -15 * (1 + 2 ** -9), 6e-5];
    const ties = Array.from({ length: 64 }, (_, i) => (1024 + i + 0.5) * 2 ** ((i % 8) - 12));
    const values = Float32Array.from([...spread, ...edges, ...ties].flatMap((value) => [value, -value]));
    const beyond = Float32Array.of(65520, -65520, 3e38, Infinity, -Infinity, NaN, 65536, 1e9);
    const x = upload(Float32Array.from([...values, ...beyond]), 1, values.length + beyond.length);
    const y = runtime.tensor(1, x.cols, true);
    const kernel = kernelOf('pack halves, in a test', (key) =>
      defineKernel({
        key,
        kind: 'activation',
        fields: [['count', 'u32']],
        tensors: [
          { name: 'x', access: 'read', element: 'vec4<f32>' },
          { name: 'y', access: 'read_write', element: 'vec2<u32>', halves: true },
        ],
        body: `${PACK_HALVES}${eachElement('  y[i] = packed(x[i]);')}`,
      }),
    );
    const count = x.cols / 4;
    runtime.dispatch(kernel, [x, y], [count], grid(Math.ceil(count / ELEMENTS)), { flops: 0, bytes: 0 });
    const [halves] = await readAll([y]);
    expect(halves.subarray(0, values.length).map((value) => value + 0)).toEqual(asHalves(values));
    const [inf, nan] = [Infinity, NaN];
    expect([...halves.subarray(values.length)]).toEqual([inf, -inf, inf, inf, -inf, nan, inf, inf]);
  },
  TIMEOUT,
);

it(
  'a value that no half can hold shows in what follows from it',
  async () => {
    const device = devices.lanes;
    const { x, fc1, fc2 } = mlp(device, false);
    const grown = device.upload(
      (await device.read(x)).map((value) => 1e6 * value),
      2 * ROWS,
      WIDTH,
    );
    const term = { map: fc1, lora: null };
    const { activated } = device.fused.applyLinearActivated(grown, term, 'quick_gelu', GROUPS, true);
    const [kept, y] = await device.readAll([activated, device.applyLinear(activated, fc2, GROUPS, null, null)]);
    expect(kept).toContain(Infinity);
    expect(y.every(Number.isFinite)).toBe(false);
  },
  TIMEOUT,
);

/** Losses, gradient norms and trained adapters of two steps in which every gate is open. */
async function trained<T>(device: Device<T>, precision: Precision, recomputeBelow: number) {
  const backbone = testVit('quick_gelu');
  const onDevice = uploadBackbone(device, backbone, precision);
  const { spec, batch, layout } = testPopulation(backbone, { runs: 2 });
  const plan = { runs: 2, images: 3, recomputeBelow: { vision: recomputeBelow, text: 0 } };
  const trainer = createTrainer(device, onDevice, { ...spec, plan });
  const gates = new Uint8Array(2 * layout.pairs.length).fill(1);
  const steps = [];
  for (let step = 0; step < 2; step++) steps.push(await trainer.step(batch(step, { gates })));
  const { firstMoments } = await trainer.save();
  const adapters = await trainer.adapters();
  trainer.dispose();
  onDevice.free();
  return { steps, firstMoments, adapters };
}

it(
  'a training in half precision is near that of float64 over the same weights, and blocks computed again give the same bits',
  async () => {
    const half = await trained(devices.lanes, 'f16', 0);
    expect(await trained(devices.lanes, 'f16', 2)).toEqual(half);
    const expected = await trained(createReferenceDevice(), 'f16', 0);
    half.steps.forEach(({ loss, gradientNorm }, step) => {
      expect(relativeError(loss, expected.steps[step].loss)).toBeLessThan(1e-3);
      expect(relativeError(gradientNorm, expected.steps[step].gradientNorm)).toBeLessThan(2e-3);
    });
    half.firstMoments.forEach((moments, run) =>
      expect(relativeError(moments, expected.firstMoments[run])).toBeLessThan(gradientTolerance('f16')),
    );
    // What is kept is rounded: in float32 the same training has other bits.
    const whole = await trained(devices.lanes, 'f32', 0);
    expect(whole.steps).not.toEqual(half.steps);
  },
  TIMEOUT,
);

it('nothing else takes halves for float32', () => {
  const device = devices.lanes;
  const halves = device.runtime.tensor(4, 8, true);
  expect(() => device.activation(halves, 'gelu', { count: 1, rowsPerGroup: 4 })).toThrow('half precision');
  expect(() => device.gatherRows(halves, Int32Array.of(0))).toThrow('takes no halves');
  expect(() => device.write(halves, new Float32Array(32))).toThrow('half precision');
});
