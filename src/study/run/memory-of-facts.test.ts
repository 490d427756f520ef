import { expect, test } from 'vitest';
import { createReferenceDevice } from '../../engine/devices/reference/reference-device.ts';
import { createDeviceEngine } from '../../engine/passes/device-engine.ts';
import type { Engine, TrainerSpec } from '../../engine/engine.ts';
import type { AdapterLayout } from '../../core/adapter-layout.ts';
import type { ModelFacts } from '../../model/model-facts.ts';
import { tinyArm, tinyModel, tinyTask, trainingOnly } from '../../../tests/support/tiny-study.ts';
import type { ArmConfig } from '../config/config.ts';
import { memoryOfFacts } from './memory-of-facts.ts';
import { planPopulations } from './training/populations.ts';
import { trainerSpec } from './training/trainer-spec.ts';

const engine = createDeviceEngine(createReferenceDevice(), { rows: 1, tensorBytes: 1, adapterBytes: 1 }, 64 * 2 ** 30);
const VISION = { layers: 12, width: 768, mlpWidth: 3072, heads: 12, tokens: 50, imageSize: 224, patchSize: 32 };
const TEXT = { layers: 12, width: 512, mlpWidth: 2048, heads: 8, tokens: 77 };
const VIT_B: ModelFacts = { family: 'CLIP', vision: VISION, text: TEXT, parameters: 151_277_313 };

const withArm = (changes: Partial<ArmConfig>, method: ArmConfig['method'] = 'lora') =>
  trainingOnly({ arms: [tinyArm(method, 'arm', changes)], seeds: [0] });
const bytesOf = (changes: Partial<ArmConfig>, facts = VIT_B): number =>
  memoryOfFacts(engine, facts, withArm(changes), undefined, 'f32')?.bytes ?? NaN;

const targetsOf = ({ rank, dora, pairs }: AdapterLayout) => ({
  rank,
  dora,
  maps: [...new Set(pairs.map(({ tower, projection }) => `${tower} ${projection}`))],
});

test('weights and activations are counted, and a frozen text tower is not on the device', () => {
  const vision = bytesOf({ towers: ['vision'] });
  const both = bytesOf({ towers: ['vision', 'text'] });
  const visionParameters = 12 * 12 * 768 ** 2;
  expect(vision).toBeGreaterThan(4 * visionParameters);
  expect(both - vision).toBeGreaterThan(4 * (VIT_B.parameters - visionParameters) * 0.9);
  expect(bytesOf({ samRadius: 0.1, towers: ['vision'] })).toBeGreaterThan(vision);
  // More tokens of the same weights.
  const finer = { ...VIT_B, vision: { ...VISION, tokens: 197, patchSize: 16 } };
  expect(bytesOf({ towers: ['vision'] }, finer)).toBeGreaterThan(vision);
});

test('a bound cuts the step; a ViT needs no prompts; what an arm cannot adapt needs nothing', () => {
  const whole = bytesOf({ towers: ['vision'] });
  const note = memoryOfFacts(engine, VIT_B, withArm({ towers: ['vision'] }), 0.9 * whole, 'f32');
  expect(note?.bytes).toBeLessThanOrEqual(0.9 * whole);
  expect(note?.uncut).toBe(whole);
  expect(bytesOf({ towers: ['vision'] }, { ...VIT_B, text: null })).toBeGreaterThan(0);
  expect(memoryOfFacts(engine, { ...VIT_B, text: null }, withArm({ towers: ['text'] }), undefined, 'f32')).toBeNull();
});

test('what is planned is what is trained: every setting of an arm counts', () => {
  const config = withArm(
    {
      weightDecay: 0.25,
      samRadius: 0.1,
      loraPlusRatio: 4,
      inputDropout: 0.3,
      dora: true,
      rank: 3,
      projections: ['k', 'fc1'],
      towers: ['vision'],
    },
    'lora-dropout',
  );
  const planned: TrainerSpec[] = [];
  const noting: Pick<Engine, 'planMemory'> = {
    planMemory(spec, ...rest) {
      planned.push(spec);
      return engine.planMemory(spec, ...rest);
    },
  };
  memoryOfFacts(noting, VIT_B, config, undefined, 'f32');
  const [spec] = planned;
  const [plan] = planPopulations(config, tinyModel(), tinyTask());
  // Only the backbone and the seeds are others.
  const { layout, initial, dropoutSeeds } = spec;
  const trained = { ...trainerSpec(spec.objective, plan), layout, initial, dropoutSeeds };
  expect(spec).toEqual(trained);
  expect(Object.keys(spec).toSorted()).toEqual(Object.keys(trained).toSorted());
  expect(spec.inputDropout).toEqual([0.3]);
  expect(targetsOf(layout)).toEqual(targetsOf(plan.layout));
});
