/** The exported script trains a plain CLIP with torch alone, in one process and in two, as this project trains it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resultIn } from '../../scripts/compare/result-file.ts';
import { agreementOf } from '../../scripts/compare/same-study.ts';
import { folderReader } from '../../scripts/headless.ts';
import { promptOf } from '../../src/data/bundled/tasks.ts';
import { taskFromDropped } from '../../src/data/dataset/dropped.ts';
import { openNodeEngine } from '../../src/engine/node.ts';
import { loadBackbone, type LoadedBackbone } from '../../src/model/load-backbone.ts';
import type { PromptTokenizer } from '../../src/model/tokenizer.ts';
import { decodeTape } from '../../src/state/summary/tape.ts';
import { VALIDATION_IMAGES } from '../../src/study/run/training/validation.ts';
import { enlargedTask } from '../support/enlarged-task.ts';
import { ownImagesOf } from '../support/own-images.ts';
import { hasModules, pythonFile, sayUnchecked } from '../support/python.ts';
import { studiesInTorch } from '../support/study-in-torch.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import { inputsOf, record, tinyArm, tinyConfig, tinyTask, trainingOnly } from '../support/tiny-study.ts';

const hasTorch = hasModules('torch');
if (!hasTorch) sayUnchecked('a study of the exported script on a plain CLIP (torch)');

const GOLDEN = 'tests/golden/clip';
const folder = mkdtempSync(path.join(tmpdir(), 'python-study-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Prompts as the golden CLIP knows them: a start, one id per word, and ends. */
const tokenizer: PromptTokenizer = {
  encodePrompts: (prompts, context, end) =>
    Int32Array.from(
      prompts.flatMap((prompt) => {
        const words = prompt.split(' ').map((word) => 2 + ((word.length * 7 + word.charCodeAt(0)) % 100));
        return [end - 1, ...words, ...Array<number>(context).fill(end)].slice(0, context);
      }),
    ),
  unknownWords: () => [],
};

describe.skipIf(!hasTorch)('a study by the exported script with torch alone', () => {
  const tiny = enlargedTask({ ...tinyTask(24), validation: tinyTask(VALIDATION_IMAGES + 4).train }, 32);
  // Files class by class, of which the script has to make the order of the page.
  const files = ownImagesOf(tiny);
  const task = taskFromDropped(files, { shots: 7 });
  const { analyses, training, ...rest } = tinyConfig();
  const { landscape, shapley, pruning } = analyses;
  const config = {
    ...rest,
    task: 'dropped',
    shots: 7,
    arms: [tinyArm('copra', 'copra', { learningRate: 0.01, loraPlusRatio: 2, weightDecay: 0.1 })],
    training: { ...training, steps: 6, augment: false, validateEvery: 100 },
    analyses: {
      ...analyses,
      testImages: 30,
      landscape: { ...landscape, points: 3 },
      shapley: { ...shapley, enabled: false },
      pruning: { ...pruning, enabled: false },
    },
  };
  /** Its only step is the last. */
  const wild = trainingOnly({ arms: [tinyArm('lora', 'wild', { learningRate: 1e30 })] });
  const diverging = { ...wild, seeds: [4], training: { ...wild.training, steps: 1, augment: false } };

  let model: LoadedBackbone;
  /** Two arms, of which an analysis may have the first already. */
  const twoArms = trainingOnly({ arms: ['one', 'other'].map((id) => tinyArm('copra', id, { learningRate: 0.01 })) });
  const both = { ...twoArms, seeds: [4], training: { ...twoArms.training, steps: 2, augment: false } };

  let [inOne, inTwo, diverged, resumed] = ['', '', '', ''];
  beforeAll(async () => {
    model = { ...(await loadBackbone(folderReader(GOLDEN))), tokenizer };
    const weights = `${GOLDEN}/model.safetensors`;
    const apart = mkdtempSync(path.join(folder, 'diverged-'));
    const again = mkdtempSync(path.join(folder, 'resumed-'));
    [inOne, inTwo, diverged, resumed] = studiesInTorch([
      [config, model, task, { weights, folder, processes: 1, files }],
      [config, model, task, { weights, folder, processes: 2, files }],
      [diverging, model, enlargedTask(tinyTask(24), 32), { weights, folder: apart, processes: 1 }],
      [both, model, enlargedTask(tinyTask(24), 32), { weights, folder: again, processes: 1 }],
    ]);
  }, 400_000);

  it('has our gates, losses, answers and paths, in one process and in two', { timeout: 400_000 }, async () => {
    const engine = await openNodeEngine('wasm', { threads: 1 });
    const { result } = await record(inputsOf(engine, config, { model, task }));
    engine.dispose();
    const [first] = result.runs;
    expect(Math.abs((first.losses.at(-1) ?? 0) - first.losses[0])).toBeGreaterThan(0.005);
    for (const [processes, file] of [
      [1, inOne],
      [2, inTwo],
    ] as const) {
      const theirs = await resultIn(file);
      const { train, validation, test, labels } = result.task;
      expect(test).toBe(30);
      expect(theirs.task).toMatchObject({ train, validation, test, labels });
      const found = agreementOf(result, theirs);
      expect(found).toMatchObject({ otherImages: null, missing: [], runs: 2, gates: { equal: 2, of: 2 } });
      expect(found.answers).toEqual({ other: [], of: 60 });
      expect(found.testLoss).toBeLessThan(1e-3);
      expect(found.trainingLoss).toBeLessThan(1e-3);
      expect(found.paths).toBe(0);
      for (const { arm, seed, gates, steps, test: tested } of theirs.runs) {
        const origin = path.join(folder, String(processes), `${arm}-${seed}`, 'copra.json');
        const copra = JSON.parse(readFileSync(origin, 'utf8')) as Record<string, unknown>;
        const { backbone, shots, training: trained } = config;
        const { classes } = task;
        expect(copra).toMatchObject({ kind: 'run', arm: config.arms[0], seed, backbone, classes, shots });
        expect(copra).toMatchObject({ prompts: classes.map((name) => [promptOf(name)]), training: trained });
        expect(copra.test_accuracy).toBe(tested?.accuracy);
        const tape = decodeTape(gates ?? '', steps, 3);
        const layers = [0, 1, 2].map((layer) => ({
          tower: 'vision',
          layer,
          active_steps: Array.from({ length: steps }, (_, step) => tape?.cells[3 * step + layer] ?? NaN).reduce(
            (a, b) => a + b,
          ),
        }));
        expect(copra.gates).toEqual({ steps, layers });
      }
    }
  });

  it('goes on with an analysis that was stopped, and takes of it what was analysed from the same', () => {
    const out = path.dirname(resumed);
    const of = {
      script: path.join(out, 'train_copra.py'),
      model: `${GOLDEN}/model.safetensors`,
      data: path.join(out, 'data.json'),
      out,
    };
    // Each time the second arm, if it is reached, stops the analysis: what was analysed, and whether the result is the one of an analysis without a stop.
    expect(JSON.parse(pythonFile('resumed_in_torch.py', JSON.stringify(of)))).toEqual({
      stopped: ['one'],
      goneOn: ['other'],
      same: true,
      left: false,
      otherAdapter: ['one', 'other'],
      otherImages: ['one', 'other'],
      otherSettings: ['one', 'other'],
      halfFile: ['one', 'other'],
    });
  });

  it('says that the last update diverged, which no loss covers', () => {
    const { runs } = JSON.parse(readFileSync(diverged, 'utf8')) as StudyResult;
    expect(runs.map(({ losses, diverged: at, test }) => [losses.length, at, test])).toEqual([[1, 1, null]]);
  });
});
