/** The estimate that stands on the buttons that start a study. */
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { DeviceLostError } from '../../src/engine/errors.ts';
import { estimatedSeconds, measuredPace } from '../../src/study/run/estimate.ts';
import { inputsOf, record, tinyArm, tinyConfig, tinyModel, tinyTask, trainingOnly } from '../support/tiny-study.ts';
import { withWasmEngine } from '../support/wasm-engine.ts';

let engine: Engine;
withWasmEngine((opened) => void (engine = opened));

const never = new AbortController().signal;
const estimate = (config = tinyConfig(), pace = 1e-3): number =>
  estimatedSeconds(config, tinyModel(), tinyTask(), pace);
/** What an estimate adds to the work itself. */
const START = estimate(trainingOnly(), 0);

describe('an estimate', () => {
  it('is a multiple of the pace, and grows with steps, seeds and analyses', () => {
    expect(estimate(trainingOnly(), 2e-3) - START).toBeCloseTo(2 * (estimate(trainingOnly(), 1e-3) - START), 9);
    const { training } = tinyConfig();
    expect(estimate(tinyConfig({ training: { ...training, steps: 24 } }))).toBeGreaterThan(estimate());
    expect(estimate(tinyConfig({ seeds: [4, 7, 9] }))).toBeGreaterThan(estimate());
    expect(estimate()).toBeGreaterThan(estimate(trainingOnly()));
  });

  it('counts the images of training and of its validations', () => {
    // 2 arms × 2 seeds; 12 steps of 8 images, three passes each; 6 validations of 9 images; the test of 4 runs and of the backbone on 40.
    const passes = 4 * 12 * 8 * 3 + 4 * 6 * 9 + 5 * 40;
    expect(estimate(trainingOnly(), 1) - START).toBeCloseTo(passes, 6);
  });
});

describe('the pace', () => {
  const config = trainingOnly({ training: { ...tinyConfig().training, steps: 4000 } });

  it('is measured by training for about a second, and says how long training takes', async () => {
    const from = performance.now();
    const pace = await measuredPace(inputsOf(engine, config), never);
    expect((performance.now() - from) / 1000).toBeLessThan(20);
    expect(pace).toBeGreaterThan(0);
    const short = trainingOnly({ training: { ...config.training, steps: 400 } });
    const { result } = await record(inputsOf(engine, short));
    // On a busy machine only the order of magnitude is certain.
    const expected = estimate(short, pace ?? NaN) - START;
    expect(result.provenance.seconds / expected).toBeGreaterThan(0.1);
    expect(result.provenance.seconds / expected).toBeLessThan(10);
  });

  it('waits for no lost device: the page asks for it by itself, as when a study was stopped that waited for one', async () => {
    let patience: AbortSignal | null = null;
    const lost: Engine = {
      ...engine,
      waitUntil: (signal) => (patience = signal),
      createTrainer: () => {
        throw new DeviceLostError('The device was lost.');
      },
    };
    await expect(measuredPace(inputsOf(lost, config), never)).rejects.toThrow('The device was lost.');
    expect(patience).toMatchObject({ aborted: true });
  });

  it('is measured by one run where a step of all of them would keep the worker for long', async () => {
    /** Runs of the trainer that was made last: before it, the device is tested with smaller ones. */
    const runsOn = async (info: Partial<Engine['info']>): Promise<number> => {
      let runs = 0;
      const watched: Engine = {
        ...engine,
        info: { ...engine.info, ...info },
        createTrainer: (spec) => {
          runs = spec.initial.length;
          return engine.createTrainer(spec);
        },
      };
      expect(await measuredPace(inputsOf(watched, config), never)).toBeGreaterThan(0);
      return runs;
    };
    expect(await runsOn({})).toBe(4);
    expect(await runsOn({ backend: 'tfjs-cpu' })).toBe(1);
    expect(await runsOn({ backend: 'webgpu', software: true })).toBe(1);
  });

  it('is measured of an arm that is held equal with another, too', async () => {
    const arms = [tinyArm('lora', 'early', { take: 'updates' }), tinyArm('copra')];
    const slow: Engine = { ...engine, info: { ...engine.info, backend: 'tfjs-cpu' } };
    expect(await measuredPace(inputsOf(slow, { ...config, arms }), never)).toBeGreaterThan(0);
  });

  it('is not measured to the end when something else is asked', async () => {
    const asked = new AbortController();
    const measuring = measuredPace(inputsOf(engine, config), asked.signal);
    asked.abort();
    expect(await measuring).toBeNull();
  });
});
