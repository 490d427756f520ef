/** A study does not begin on a device that computes its backbone wrongly. */
import { describe, expect, it, vi } from 'vitest';
import { loadBundledBackbone, openEngine, readAtlasFile } from '../../scripts/headless.ts';
import { computeAnswers } from '../../scripts/known-answers/compute.ts';
import { loadBundledTask } from '../../src/data/bundled/bundled.ts';
import { evaluationBudget } from '../../src/engine/budget.ts';
import { installDawn } from '../../src/engine/dawn-node.ts';
import { openAsCard } from '../../src/engine/devices/webgpu/test-card.ts';
import type { Engine, Evaluation } from '../../src/engine/engine.ts';
import { openNodeEngine } from '../../src/engine/node.ts';
import { createDeviceEngine } from '../../src/engine/passes/device-engine.ts';
import { selfTest } from '../../src/engine/trust/self-test.ts';
import answers from '../../src/study/run/known-answers.json';
import { full } from '../../src/study/presets/full.ts';
import { unpackBits } from '../../src/platform/bits.ts';
import { inputsOf, record, tinyConfig, tinyModel, tinyVitModel, trainingOnly } from '../support/tiny-study.ts';

/** Milliseconds: an emulated adapter compiles for minutes on a busy machine that has never seen its kernels. */
const COMPILING = 900_000;

/** An engine whose evaluations come out changed. */
function changed(engine: Engine, change: (evaluation: Evaluation) => Evaluation): Engine {
  return Object.assign(Object.create(engine) as Engine, {
    createEvaluator: (spec: Parameters<Engine['createEvaluator']>[0]) => {
      const evaluator = engine.createEvaluator(spec);
      const evaluate: typeof evaluator.evaluate = async (...args) => change(await evaluator.evaluate(...args));
      return Object.assign(Object.create(evaluator) as typeof evaluator, { evaluate });
    },
  });
}

describe('what bundled backbones answer without training', () => {
  it.each(
    Object.entries(answers).flatMap(([backbone, tasks]) =>
      (['groups9-negative', 'animals'] as const).map((task) => [backbone, task, tasks[task]] as const),
    ),
  )('is written down as it is: %s on %s', async (backbone, task, { images, correct }) => {
    const engine = await openEngine('auto');
    const found = await computeAnswers(engine, backbone, task);
    const known = unpackBits(correct, images, 'The list of known answers');
    expect(found.length).toBe(images);
    expect(found.filter((right, i) => right !== known[i]).length).toBeLessThan(3);
    engine.dispose();
  });

  it('is held against what a device answers when a study starts', async () => {
    const engine = await openEngine('auto');
    const config = {
      ...trainingOnly({ backbone: full.config.backbone, task: full.config.task, seeds: [1] }),
      arms: full.config.arms.slice(0, 1),
    };
    const model = await loadBundledBackbone(config.backbone);
    const task = await loadBundledTask(config.task, { shots: 2 }, readAtlasFile);
    const study = { config, model, task };
    // Right on its own model of the same shapes, wrong in every tenth answer.
    const wrong = changed(engine, (evaluation) => ({
      ...evaluation,
      predicted: evaluation.predicted.map((answer, i) => (i % 10 === 0 ? 8 - answer : answer)),
    }));
    await expect(record(inputsOf(wrong, config, study))).rejects.toThrow(
      /computes this backbone wrongly: without training .* otherwise than is known of it \(35\.4 % are right\)/,
    );
    const { result } = await record(inputsOf(engine, config, study));
    expect(result.task.zeroShot?.accuracy).toBeCloseTo(0.354, 3);
    engine.dispose();
  });
});

describe('a card with a wrong kernel', () => {
  /** A card whose tile for large products computes nothing. Small ones have other tiles. */
  async function cardWithWrongTile(): Promise<Engine> {
    await installDawn();
    const device = await openAsCard();
    const { runtime } = device;
    const dispatch = runtime.dispatch.bind(runtime);
    vi.spyOn(runtime, 'dispatch').mockImplementation((kernel, ...rest) => {
      if (!kernel.key.startsWith('matmul 64×64 staged,')) dispatch(kernel, ...rest);
    });
    return createDeviceEngine(device, evaluationBudget(device.info));
  }

  it(
    'begins no study, also where the model is so small that its own test does without that kernel',
    async () => {
      const engine = await cardWithWrongTile();
      await selfTest(engine);
      // What is not written is what lay there before: it is wrong, or another each time.
      await expect(record(inputsOf(engine, tinyConfig()))).rejects.toThrow(
        /computes this backbone wrongly: in its shapes \(2 heads, width 8, 5 tokens\) the .* differ from the reference|gives other numbers when it computes the same again/,
      );
      engine.dispose();
    },
    COMPILING,
  );
});

describe('values that are no numbers before any training', () => {
  it('name the device, not the learning rate', async () => {
    const engine = await openNodeEngine('wasm');
    const broken = changed(engine, (evaluation) =>
      evaluation.logits ? evaluation : { ...evaluation, loss: evaluation.loss.map(() => NaN) },
    );
    await expect(record(inputsOf(broken, tinyConfig()))).rejects.toThrow(
      new RegExp(
        `^${engine.info.device.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')} computes this backbone wrongly: .* not numbers`,
      ),
    );
    engine.dispose();
  });

  it('name the weights where these are no numbers', async () => {
    const engine = await openNodeEngine('wasm');
    const model = tinyModel();
    const vit = tinyVitModel();
    for (const broken of [model, vit]) {
      broken.backbone.vision.blocks[1].fc1.weight[5] = NaN;
      await expect(record(inputsOf(engine, tinyConfig(), { model: broken }))).rejects.toThrow(
        /^The weights of the backbone hold values that are not numbers/,
      );
    }
    engine.dispose();
  });
});
