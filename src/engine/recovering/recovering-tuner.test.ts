/** Which forms of kernels and which pace hold on the device that goes on. */
import { expect, test, vi } from 'vitest';
import type { Engine, KernelTuner, TrainingImages } from '../engine.ts';
import { DeviceLostError } from '../errors.ts';
import { RecoveringEngine } from './recovering-engine.ts';
import {
  absentFor,
  BACKBONE,
  BATCH,
  batch,
  frailEngine,
  holdingEngine,
  losses,
  recovering,
  solid,
  spec,
} from './test-frail-engine.ts';

test.each([
  ['of another name', { device: 'another card' }, false],
  ['that is only emulated', { device: 'SwiftShader', software: true }, true],
])('a device %s that goes on is named, and gets the usual forms of kernels', async (_, change, isEmulated) => {
  const choose = vi.fn<KernelTuner['choose']>();
  const other = {
    ...solid(),
    tuner: {
      key: 'other',
      choose,
      chosen: {},
      bySize: [],
      prove: vi.fn<KernelTuner['prove']>(),
      tune: vi.fn<KernelTuner['tune']>(),
    },
  };
  const { engine, messages } = absentFor(0, () => ({ ...other, info: { ...other.info, ...change } }));
  engine.engine = { ...engine.engine, tuner: { ...other.tuner, choose: () => {} } };
  engine.tuner?.choose({ site: 'form' });
  const { device } = engine.info;
  await engine.createTrainer(spec()).step(batch(0));
  expect(messages).toEqual([expect.stringContaining(`${change.device} instead of ${device}`)]);
  expect(messages[0].includes('only emulated')).toBe(isEmulated);
  expect(choose.mock.calls).toEqual([[{}]]);
  expect(engine.info.device).toBe(change.device);
});

test('a new device knows the pace of the lost one, and has the usual forms of kernels after a second loss with others', async () => {
  const chosen: unknown[] = [];
  const followed: number[] = [];
  const messages: string[] = [];
  let opened = 0;
  const open = (dieAt: number): Engine => {
    const losses = opened++;
    return {
      ...frailEngine(dieAt),
      pace: {
        learned: { perMillisecond: 1e6, losses },
        beginAfterLoss: (lost) => followed.push(lost.losses),
        forgive: () => {},
      },
      tuner: {
        key: 'a card',
        choose: (choice) => chosen.push(choice),
        chosen: {},
        bySize: [],
        prove: vi.fn<KernelTuner['prove']>(),
        tune: vi.fn<KernelTuner['tune']>(),
      },
    };
  };
  const engine = new RecoveringEngine(
    open(4),
    () => Promise.resolve(open(opened === 1 ? 8 : Infinity)),
    (message) => messages.push(message),
  );
  engine.tuner?.choose({ site: 'form' });
  engine.load(BACKBONE);
  await losses(engine.createTrainer(spec()), 12, 1);
  expect(followed).toEqual([0, 1]);
  expect(chosen).toEqual([{ site: 'form' }, { site: 'form' }, {}]);
  expect(messages.map((message) => message.includes('usual forms'))).toEqual([false, false, true]);
});

test('forms that are compared when the device is lost are compared again, on the new one those that it has', async () => {
  const steps = [{ spec: spec(), batchSize: 2, examples: [] }];
  const right = { choice: { site: 'form' }, refused: [], faults: {} };
  const prove = vi
    .fn<KernelTuner['prove']>()
    .mockRejectedValueOnce(new DeviceLostError('gone'))
    .mockResolvedValue(right);
  const tuner = { key: 'a card', choose: () => {}, chosen: {}, bySize: [], prove, tune: vi.fn<KernelTuner['tune']>() };
  const engine = recovering({ ...solid(), tuner }, () => ({ ...solid(), tuner }));
  engine.load(BACKBONE);
  const later = () => Promise.resolve();
  const watch = { onFirst: later, onReturn: later, onUncompiled: later };
  expect(await engine.tuner?.prove(steps, watch)).toEqual(right);
  expect(prove.mock.calls).toEqual([
    [steps, watch],
    [steps, watch],
  ]);
});

test('kernels are tuned on the images that lie on the present device', () => {
  const tune = vi.fn<KernelTuner['tune']>(() => ({
    slice: () => Promise.resolve(true),
    isWaiting: false,
    end: () => {},
  }));
  const inner = holdingEngine(Infinity);
  const engine = new RecoveringEngine(
    {
      ...inner,
      tuner: { key: 'a card', choose: () => {}, chosen: {}, bySize: [], prove: vi.fn<KernelTuner['prove']>(), tune },
    },
    () => Promise.resolve(solid()),
    () => {},
  );
  engine.load(BACKBONE);
  const taken: TrainingImages = { count: 0, dispose: () => {} };
  vi.spyOn(engine.engine, 'trainingImages').mockReturnValue(taken);
  const preprocessing = { imageSize: 8, filter: 'bicubic', rescale: 1, mean: [0, 0, 0], std: [1, 1, 1] } as const;
  const images = engine.trainingImages({
    pixels: new Uint8Array(),
    count: 0,
    size: 8,
    borders: new Uint8Array(),
    preprocessing,
  });
  if (!images) throw new Error('The images were not taken.');
  const drawn = { images, index: Int32Array.of(0), augmentation: null };
  const steps = { spec: spec(), batchSize: BATCH, example: {} };
  engine.tuner?.tune({ ...steps, images: drawn }, null, () => Promise.resolve());
  engine.tuner?.tune(steps, null, () => Promise.resolve());
  expect(tune.mock.calls.map(([{ images: seen }]) => seen?.images)).toEqual([taken, undefined]);
});
