/** A run that diverges ends alone, and everything else is as if it had not been there. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { trainingCsv } from '../../src/share/csv/training-csv.ts';
import { decodeResultLink, encodeResultLink } from '../../src/share/link/result-link.ts';
import { USUAL_FEDERATED } from '../../src/study/analyses/federated/settings.ts';
import type { StudyContext } from '../../src/study/run/context.ts';
import { LiveRun } from '../../src/study/run/training/live-run.ts';
import type { PlannedRun } from '../../src/study/run/training/populations.ts';
import type { StudyCheckpoint } from '../../src/study/checkpoint/checkpoint.ts';
import type { StudyEvent } from '../../src/study/result/events.ts';
import { StepsInFlight } from '../../src/study/run/training/steps-in-flight.ts';
import { federatedCaption } from '../../src/ui/analyses/federated/federated-caption.ts';
import { trainingCaption } from '../../src/ui/live/training-caption.ts';
import {
  adaptersOf,
  inputsOf,
  noticesOf,
  record,
  tinyArm,
  tinyConfig,
  tinyVitModel,
  trainingOnly,
} from '../support/tiny-study.ts';
import { withSlowNews } from '../support/slow-news.ts';
import { withWasmEngine } from '../support/wasm-engine.ts';

let engine: Engine;
withWasmEngine((opened) => void (engine = opened));

const calm = tinyArm('lora', 'calm', { weightDecay: 1 });
/** B becomes −999 times itself in every step: within two dozen steps nothing of it is a number. Trained in one batch with the calm arm. */
const wild = { ...calm, id: 'wild', name: 'wild', learningRate: 1, loraPlusRatio: 1000 };
const training = { ...tinyConfig().training, steps: 24 };
const analyses = {
  ...tinyConfig().analyses,
  merging: { enabled: true, scales: [0.5, 1], density: 0.5 },
  plane: { enabled: true, grid: 3 },
  geometry: { enabled: true },
};
const both = tinyConfig({ arms: [calm, wild], training, analyses });
const alone = { ...both, arms: [calm] };

describe('a run that diverges', () => {
  it('ends and is marked; the other arm is, to the last bit, as if it had been trained alone', async () => {
    const [study, without] = [await record(inputsOf(engine, both)), await record(inputsOf(engine, alone))];
    const { runs, ...found } = study.result;
    const ended = runs.filter(({ arm }) => arm === 'wild');
    expect(ended).toHaveLength(2);
    for (const run of ended) {
      expect(run.test).toBeNull();
      expect(run.diverged).toBeGreaterThan(1);
      expect(run.diverged).toBeLessThanOrEqual(24);
      expect(run.losses.length).toBeLessThan(24);
      expect([...run.losses, ...run.validation.map(({ loss }) => loss)].every(Number.isFinite)).toBe(true);
    }
    expect(runs.filter(({ arm }) => arm === 'calm')).toEqual(without.result.runs);
    expect(adaptersOf(study)).toEqual(adaptersOf(without));
    for (const part of ['landscape', 'shapley', 'pruning', 'merging', 'planes', 'geometry'] as const)
      expect(found[part]).toEqual(without.result[part]);
    expect(study.result.status).toBe('complete');
    expect(noticesOf(study).filter((message) => /^wild, seed \d, diverged at step \d+:/.test(message))).toHaveLength(2);
  });

  it('is said in the caption, the CSV and the link', async () => {
    const { result } = await record(inputsOf(engine, both));
    expect(trainingCaption(result)).toMatch(
      /all of 2 runs of wild diverged \(seed 4 at step \d+, seed 7 at step \d+\)/,
    );
    const [run] = result.runs.filter(({ arm }) => arm === 'wild');
    expect(trainingCsv(result)).toContain(`wild,${run.seed},diverged,${run.diverged},,\r\n`);
    const { fragment } = encodeResultLink(result);
    const decoded = decodeResultLink(fragment);
    if (!decoded.ok) throw new Error(decoded.message());
    expect(decoded.result.runs.map(({ arm, diverged }) => [arm, diverged])).toEqual(
      result.runs.map(({ arm, diverged }) => [arm, diverged]),
    );
  });

  it('stays so after an interruption, and when seeds are added', async () => {
    const config = trainingOnly({ arms: [calm, wild], training });
    const kept: StudyCheckpoint[] = [];
    const keep = (checkpoint: StudyCheckpoint) => Promise.resolve(void kept.push(structuredClone(checkpoint)));
    const study = await record(inputsOf(engine, config, { keep, keepEvery: 0 }));
    const again = await record(inputsOf(engine, config, { resume: kept[22] }));
    expect(again.result.runs).toEqual(study.result.runs);
    const more = { ...config, seeds: [4, 7, 9] };
    const known = { result: study.result, adapters: adaptersOf(study) };
    const after = await record(inputsOf(engine, more, { known }));
    const at = await record(inputsOf(engine, more));
    expect(after.result.runs).toEqual(at.result.runs);
  });

  it('where all do, training stops, and the study ends and says so', async () => {
    const study = await record(inputsOf(engine, tinyConfig({ arms: [wild], training })));
    expect(study.result.status).toBe('complete');
    expect(study.result.landscape).toEqual([]);
    // However many steps were in flight: the last run to diverge ends them all.
    const last = Math.max(...study.result.runs.map(({ diverged = 0 }) => diverged));
    expect(last).toBeLessThan(24);
    expect(study.result.runs.map(({ steps }) => steps)).toEqual([last, last]);
    expect(noticesOf(study).at(-1)).toMatch(/No run is left to analyse/);
  });

  it('at a validation, as the last one, ends the training there, interrupted or not', async () => {
    const config = trainingOnly({ arms: [wild], training: { ...training, validateEvery: 1 } });
    const kept: StudyCheckpoint[] = [];
    const keep = (checkpoint: StudyCheckpoint) => Promise.resolve(void kept.push(structuredClone(checkpoint)));
    const { result } = await record(inputsOf(engine, config, { keep, keepEvery: 0 }));
    const last = Math.max(...result.runs.map(({ diverged = 0 }) => diverged));
    // The losses of all steps are finite: the validation after the last one is not.
    expect(result.runs.find(({ diverged }) => diverged === last)?.lossSteps).toHaveLength(last);
    expect(result.runs.map(({ steps }) => steps)).toEqual([last, last]);
    const again = await record(inputsOf(engine, config, { resume: kept.at(-1) }));
    expect(again.result.runs).toEqual(result.runs);
  });

  describe('where the news of several steps comes at once', () => {
    const long = { ...training, steps: 60, validateEvery: 30, learningRateSchedule: 'constant' as const };
    const slowly = { ...wild, loraPlusRatio: 20 };
    const newsOf = () => withSlowNews(engine, 5);
    // What a slow card leads to, whatever this machine is busy with.
    beforeAll(() => {
      vi.spyOn(StepsInFlight.prototype, 'together', 'get').mockReturnValue(4);
      vi.spyOn(StepsInFlight.prototype, 'limit', 'get').mockReturnValue(12);
    });
    afterAll(() => void vi.restoreAllMocks());

    it('ends at the same step, with the same losses, and a checkpoint on the way continues as ever', async () => {
      const config = trainingOnly({ arms: [calm, slowly], training: long });
      const { result } = await record(inputsOf(engine, config));
      const kept: StudyCheckpoint[] = [];
      const keep = (checkpoint: StudyCheckpoint) => Promise.resolve(void kept.push(structuredClone(checkpoint)));
      const { engine: slow, told } = newsOf();
      const study = await record(inputsOf(slow, config, { keep, keepEvery: 0.3 }));
      expect(Math.max(...told)).toBeGreaterThan(1);
      expect(study.result.runs).toEqual(result.runs);
      const again = await record(inputsOf(newsOf().engine, config, { resume: kept[0] }));
      expect(again.result.runs).toEqual(result.runs);
    });

    it('ends the training at the same step where it was the last', async () => {
      const config = trainingOnly({ arms: [slowly], training: long });
      const { result } = await record(inputsOf(engine, config));
      const { engine: slow, told } = newsOf();
      const study = await record(inputsOf(slow, config));
      const last = Math.max(...study.result.runs.map(({ diverged = 0 }) => diverged));
      expect(last).toBeGreaterThan(8); // when steps come together
      expect(last).toBeLessThan(long.steps);
      expect(Math.max(...told)).toBeGreaterThan(1);
      expect(study.result.runs).toEqual(result.runs);
    });
  });

  it('ends alone with a trained head, too', async () => {
    const inputs = { model: tinyVitModel() };
    const study = await record(inputsOf(engine, trainingOnly({ arms: [calm, wild], training }), inputs));
    expect(study.result.runs.map(({ arm, test }) => [arm, test !== null])).toEqual([
      ['calm', true],
      ['calm', true],
      ['wild', false],
      ['wild', false],
    ]);
  });

  it('ends its federation alone', async () => {
    const federated = {
      ...USUAL_FEDERATED,
      clients: 3,
      rounds: 3,
      localSteps: 8,
      rules: ['fedit', 'flexlora'] as const,
    };
    const config = trainingOnly({ arms: [calm, wild], training, seeds: [4] });
    const study = await record(
      inputsOf(engine, {
        ...config,
        analyses: { ...config.analyses, federated: { ...federated, rules: [...federated.rules] } },
      }),
    );
    const rounds = study.result.federated?.runs.map(({ arm, accuracy }) => [arm, accuracy.length === 3]) ?? [];
    expect(rounds.filter(([arm]) => arm === 'calm')).toEqual([
      ['calm', true],
      ['calm', true],
    ]);
    expect(rounds.filter(([arm, all]) => arm === 'wild' && all)).toEqual([]);
    const diverged = study.result.federated?.runs.map((run) => [run.arm, run.accuracy.length, run.diverged]);
    expect(diverged).toEqual([
      ['calm', 3, null],
      ['calm', 3, null],
      ['wild', diverged?.[2][1], Number(diverged?.[2][1]) + 1],
      ['wild', diverged?.[3][1], Number(diverged?.[3][1]) + 1],
    ]);
    expect(federatedCaption(study.result)).toContain('all of 2 federated trainings of wild diverged');
    const decoded = decodeResultLink(encodeResultLink(study.result).fragment);
    if (!decoded.ok) throw new Error(decoded.message());
    expect(decoded.result.federated?.runs.map((run) => [run.arm, run.accuracy.length, run.diverged])).toEqual(diverged);
    expect(noticesOf(study).some((message) => /^wild, seed 4, diverged in round \d under /.test(message))).toBe(true);
  });
});

it('a validation that is not finite ends a run as a loss does, and is not kept', () => {
  const events: StudyEvent[] = [];
  const context = { config: trainingOnly(), emit: (event: StudyEvent) => events.push(event) };
  const planned = { arm: tinyArm('lora'), seed: 0 };
  const run = new LiveRun(planned as PlannedRun, context as unknown as StudyContext, 1);
  run.record(1, Uint8Array.of(1));
  run.addValidation(0.5, 1);
  run.addValidation(0.1, NaN);
  expect(run.hasDiverged).toBe(true);
  expect(run.save().validation).toEqual([{ step: 1, accuracy: 0.5, loss: 1 }]);
});
