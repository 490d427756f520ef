import { expect, test, vi } from 'vitest';
import { tinyArm, tinyConfig, tinyModel, tinyTask, tinyVitModel } from '../../../tests/support/tiny-study.ts';
import type { ClipBackbone } from '../../model/backbone.ts';
import { createReferenceDevice } from '../../engine/devices/reference/reference-device.ts';
import { createDeviceEngine } from '../../engine/passes/device-engine.ts';
import type { Engine } from '../../engine/engine.ts';
import { allGates, createAdapterLayout } from '../../core/adapter-layout.ts';
import { towerShapes } from '../../model/backbone.ts';
import { patchifyImages } from './images.ts';
import { classesAlike, longestPrompt, prepareObjective, tokenised } from './objective.ts';
import { promptsOf } from '../config/prompts.ts';

const BUDGET = { rows: 1024, tensorBytes: 2 ** 30, adapterBytes: 2 ** 20 };
const engine = createDeviceEngine(createReferenceDevice(), BUDGET);
const task = tinyTask();
const model = tinyModel();
const { visionProjection } = model.backbone as ClipBackbone;
const features = async (prompts: ReturnType<typeof tinyConfig>['prompts'], used: Engine = engine) => {
  const objective = await prepareObjective(tinyConfig({ prompts }), used, model, task, 'f32');
  if (objective.kind !== 'features') throw new Error('The text tower is frozen here.');
  return objective.features;
};
const withTemplates = (...templates: string[]) => ({ templates, perClass: {} });

test('prompts of classes', () => {
  const classes = ['cat', 'dog'];
  const own = { classes, prompts: ['my cat', 'my dog'] };
  expect(promptsOf({}, own)).toEqual([['my cat'], ['my dog']]);
  const prompts = { templates: ['a {}.', 'the {} and {}'], perClass: { dog: 'a hound' } };
  expect(promptsOf({ prompts }, own)).toEqual([['a cat.', 'the cat and cat'], ['a hound']]);
});

test('fixed features give what the prompts themselves give, and the text tower is gone', async () => {
  const layout = createAdapterLayout(towerShapes(model.backbone), tinyArm('lora'));
  const variant = { adapter: new Float32Array(layout.size), gates: allGates(layout) };
  const { patches, labels } = patchifyImages(task.test, model, 5);
  const logits = async (objective: Awaited<ReturnType<typeof prepareObjective>>) => {
    const evaluator = engine.createEvaluator({ objective, layout, scale: 1 });
    const set = evaluator.imageSet(patches, labels);
    const result = await evaluator.evaluate([variant], set, { logits: true });
    set.dispose();
    evaluator.dispose();
    return result.logits!;
  };
  const config = tinyConfig();
  const arms = [tinyArm('lora', 'both', { towers: ['vision', 'text'] })];
  const encoded = await prepareObjective({ ...config, arms }, engine, model, task, 'f32');
  expect(encoded.kind).toBe('clip');
  const whole = engine.memoryBytes();
  const expected = await logits(encoded);
  const fixed = await prepareObjective(config, engine, model, task, 'f32');
  expect(engine.memoryBytes()).toBeLessThan(whole);
  (await logits(fixed)).forEach((value, i) => expect(value).toBeCloseTo(expected[i], 5));
});

test('several templates are averaged', async () => {
  const one = await features(withTemplates('a {}'));
  const same = await features(withTemplates('a {}', 'the {}', '{}'));
  const width = visionProjection.outFeatures;
  // The tiny tokenizer gives the i-th prompt the i-th tokens, so templates differ here.
  expect(same).not.toEqual(one);
  for (let c = 0; c < 3; c++) expect(Math.hypot(...same.subarray(c * width, (c + 1) * width))).toBeCloseTo(1, 6);
});

test('what does not go together', async () => {
  const arms = [tinyArm('lora', 'words', { towers: ['text'] })];
  const prompts = withTemplates('a {}', 'the {}');
  await expect(prepareObjective({ arms, prompts }, engine, model, task, 'f32')).rejects.toThrow(
    /averaged only while the text tower is frozen, and the arm “words”/,
  );
  await expect(prepareObjective(tinyConfig(), engine, { ...model, tokenizer: null }, task, 'f32')).rejects.toThrow(
    'no tokenizer.json',
  );
  engine.load(tinyVitModel().backbone);
  await expect(engine.textFeatures(new Int32Array(6), 1)).rejects.toThrow('no text tower');
  const vit = await prepareObjective(tinyConfig({ prompts }), engine, tinyVitModel(), task, 'f32');
  expect(vit).toEqual({ kind: 'linear', classes: 3 });
});

test('the longest prompt is counted with its end', () => {
  const { backbone } = tinyModel();
  if (backbone.kind !== 'clip') throw new Error('The tiny model reads prompts.');
  const { endToken: end } = backbone.text.config;
  // Two prompts of a context of five.
  const objective = { kind: 'clip' as const, classes: 2, tokens: Int32Array.of(1, end, 0, 0, 0, 1, 1, 1, end, 0) };
  expect(longestPrompt(objective, backbone)).toBe(4);
  expect(longestPrompt({ kind: 'linear', classes: 2 }, backbone)).toBeNull();
});

test('nothing is trained before given adapters are evaluated, not even for the test of the device', async () => {
  const fresh = createDeviceEngine(createReferenceDevice(), BUDGET);
  const createTrainer = vi.spyOn(fresh, 'createTrainer');
  const evaluated = { untold: [], beyond: [] };
  await prepareObjective({ ...tinyConfig(), evaluated }, fresh, model, task, 'f32');
  expect(createTrainer).not.toHaveBeenCalled();
  await prepareObjective(tinyConfig(), fresh, model, task, 'f32');
  expect(createTrainer).toHaveBeenCalledOnce();
});

test('classes whose words the backbone does not know are one to it', () => {
  const known = ['a', 'red', 'green'];
  const { backbone } = tinyModel();
  const textContext = backbone.kind === 'clip' ? backbone.text.config.tokens : 0;
  const tokenizer = {
    encodePrompts: (prompts: readonly string[]) =>
      // [prompts, context], as a real tokenizer fills it up
      Int32Array.from(
        prompts.flatMap((prompt) => {
          const words = prompt.split(' ').map((word) => 1 + known.indexOf(word));
          return Array.from({ length: textContext }, (_, i) => words[i] ?? 0);
        }),
      ),
    unknownWords: () => [],
  };
  const of = (classes: readonly string[], model = { ...tinyModel(), tokenizer }) => {
    const encoded = tokenised(tinyConfig(), model, { classes, prompts: classes.map((name) => `a ${name}`) });
    return encoded && classesAlike(encoded);
  };
  expect(of(['limes', 'red', 'plums', 'green'])).toEqual([['limes', 'plums']]);
  expect(of(['red', 'green'])).toEqual([]);
  expect(of(['limes', 'plums'], { ...tinyVitModel(), tokenizer })).toBeNull();
});
