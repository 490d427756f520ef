/** Arms that are taken with another adapter than their last, against trainings that end where they are taken. */
import { expect, it, describe } from 'vitest';
import { unpackBits } from '../../src/platform/bits.ts';
import type { Engine } from '../../src/engine/engine.ts';
import type { ArmConfig, StudyConfig } from '../../src/study/config/config.ts';
import type { StudyCheckpoint } from '../../src/study/checkpoint/checkpoint.ts';
import { createCheckpointStore } from '../../src/study/checkpoint/checkpoint-store.ts';
import { FORMATS_AT_HAND } from '../../src/study/checkpoint/formats-at-hand.ts';
import { memoryLocks } from '../../src/platform/test-locks.ts';
import { memoryFiles } from '../../src/study/checkpoint/test-checkpoint-files.ts';
import { validationOfTested } from '../../src/study/result/measures/validation.ts';
import { planPopulations } from '../../src/study/run/training/populations.ts';
import { trainingSource } from '../../src/study/run/run-source.ts';
import { studyOf } from '../../src/study/run/run-study.ts';
import {
  adaptersOf,
  inputsOf,
  record,
  recordEvents,
  tinyArm,
  trainingOnly,
  type RecordedStudy,
} from '../support/tiny-study.ts';
import { withWasmEngine } from '../support/wasm-engine.ts';
import { runOf } from '../../src/study/result/run-names.ts';

let engine: Engine;
withWasmEngine((opened) => void (engine = opened));

const STEPS = 12;

/** At a constant rate, plain LoRA of t steps is LoRA of more steps as it is after t. */
function study(arms: readonly ArmConfig[], steps = STEPS): StudyConfig {
  const config = trainingOnly({ arms: [...arms] });
  return { ...config, training: { ...config.training, steps, learningRateSchedule: 'constant', warmupSteps: 0 } };
}

const adapterOf = (study: RecordedStudy, arm: string, seed: number) => runOf(adaptersOf(study), arm, seed)!;
const runIn = ({ result }: RecordedStudy, arm: string, seed: number) => runOf(result.runs, arm, seed)!;
const loraAfter = async (steps: number, seed: number) =>
  adapterOf(await record(inputsOf(engine, study([tinyArm('lora')], steps))), 'lora', seed).values;

const ARMS = [
  tinyArm('lora'),
  tinyArm('copra'),
  tinyArm('lora', 'averaged', { take: 'average', averageShare: 0.25 }),
  tinyArm('lora', 'updates', { take: 'updates' }),
  tinyArm('lora', 'loss', { take: 'loss' }),
];

describe('an arm that is taken', () => {
  it('as a mean has that of the adapters of the last quarter of the steps', async () => {
    const whole = await record(inputsOf(engine, study(ARMS)));
    for (const seed of [4, 7]) {
      const each = [await loraAfter(10, seed), await loraAfter(11, seed), await loraAfter(12, seed)];
      const { values, gates } = adapterOf(whole, 'averaged', seed);
      values.forEach((value, i) => expect(value).toBeCloseTo((each[0][i] + each[1][i] + each[2][i]) / 3, 6));
      expect(gates.steps).toBe(STEPS);
      expect(runIn(whole, 'averaged', seed).takenAt).toBeUndefined();
      expect(runIn(whole, 'averaged', seed).test).not.toEqual(runIn(whole, 'lora', seed).test);
    }
  });

  it('has a validation of its own, of the adapter that is tested', async () => {
    const config = study(ARMS);
    const inputs = inputsOf(engine, { ...config, training: { ...config.training, validateEvery: 2 } });
    const { result } = await record(inputs);
    const testedOnValidation = await record({ ...inputs, task: { ...inputs.task, test: inputs.task.validation } });
    for (const run of result.runs) {
      const known = validationOfTested(result.config, run);
      const other = runIn(testedOnValidation, run.arm, run.seed);
      expect([run.arm, known]).toEqual([run.arm, other.test?.accuracy]);
      const isOnCurve = run.arm !== 'averaged' && (run.takenAt ?? STEPS) % 2 === 0;
      expect([run.arm, run.testedValidation !== undefined]).toEqual([run.arm, !isOnCurve]);
    }
  });

  it('at equal updates or loss is the run as it was when it first had them', async () => {
    const whole = await record(inputsOf(engine, study(ARMS)));
    for (const seed of [4, 7]) {
      const copra = runIn(whole, 'copra', seed);
      const lora = runIn(whole, 'lora', seed);
      const { players } = adapterOf(whole, 'copra', seed).layout;
      const on = unpackBits(copra.gates!, STEPS * players.length, 'The tape').reduce((sum, gate) => sum + gate, 0);
      const equalUpdates = Math.ceil(on / players.length);
      // Twelve steps have a window each, and a candidate.
      const below = lora.losses.findIndex((loss) => loss <= copra.losses[STEPS - 1]);
      const equalLoss = below < 0 ? STEPS : below + 1;
      for (const [arm, step] of [
        ['updates', equalUpdates],
        ['loss', equalLoss],
      ] as const) {
        expect(runIn(whole, arm, seed).takenAt ?? STEPS).toBe(step);
        expect(adapterOf(whole, arm, seed).values).toEqual(await loraAfter(step, seed));
        expect(runIn(whole, arm, seed).losses).toEqual(lora.losses);
        expect(adapterOf(whole, arm, seed).gates).toEqual({ steps: step, activeSteps: players.map(() => step) });
      }
      expect(equalUpdates).toBeLessThan(STEPS);
    }
  });

  it('is taken alike after an interruption, to the last bit', async () => {
    const inputs = inputsOf(engine, study(ARMS));
    const store = createCheckpointStore(memoryFiles(), memoryLocks(), FORMATS_AT_HAND);
    const kept: StudyCheckpoint[] = [];
    const keep = async (checkpoint: StudyCheckpoint) => {
      await store.keep('a', checkpoint, null);
      kept.push((await store.load('a')).checkpoint);
    };
    const whole = await record({ ...inputs, keep, keepEvery: 0 });
    expect(kept.map(({ head }) => head.step)).toEqual(Array.from({ length: STEPS + 1 }, (_, step) => step));
    for (const step of [0, 5, 8, 11, 12]) {
      const again = await record({ ...inputsOf(engine, study(ARMS)), resume: kept[step] });
      expect(again.result.runs).toEqual(whole.result.runs);
      for (const { id } of ARMS) expect(adapterOf(again, id, 7)).toEqual(adapterOf(whole, id, 7));
    }
  });

  it('shares the training of the arms from which only that differs, to the last bit', async () => {
    const config = study(ARMS);
    const inputs = inputsOf(engine, config);
    const plan = (shares: boolean) => planPopulations(config, inputs.model, inputs.task, { shares });
    expect(plan(true).flatMap(({ trainings }) => trainings.map(({ arm, seed }) => [arm.id, seed]))).toEqual([
      ['lora', 4],
      ['lora', 7],
      ['copra', 4],
      ['copra', 7],
    ]);
    expect(plan(true).flatMap(({ runs }) => runs)).toHaveLength(10);
    const kept: StudyCheckpoint[] = [];
    const keep = async (checkpoint: StudyCheckpoint) => {
      kept.push(structuredClone(checkpoint));
      await Promise.resolve();
    };
    const apart = await recordEvents(
      studyOf({ ...inputs, keep, keepEvery: 0 }, () => trainingSource(config, plan(false), null)),
    );
    const shared = await record(inputsOf(engine, config));
    expect(shared.result.runs).toEqual(apart.result.runs);
    for (const { id } of ARMS) expect(adapterOf(shared, id, 7)).toEqual(adapterOf(apart, id, 7));
    // A checkpoint from when every run was trained on its own goes on so.
    expect(kept[5].trainers[0].adapters).toHaveLength(10);
    const resumed = await record({ ...inputsOf(engine, config), resume: kept[5] });
    expect(resumed.result.runs).toEqual(apart.result.runs);
  });

  it('where it equals another needs that other', async () => {
    const alone = study([tinyArm('lora'), tinyArm('lora', 'early', { take: 'updates' })]);
    await expect(record(inputsOf(engine, alone))).rejects.toThrow(/early is taken where it equals/);
  });
});
