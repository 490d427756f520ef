/** Federated training in whole studies on a tiny model, on the WebAssembly device. */
import * as v from 'valibot';
import { beforeAll, describe, expect, it } from 'vitest';
import { weightedSum } from '../../src/core/flat.ts';
import { FEDERATED_RULE_IDS } from '../../src/copra/federated/rule-list.ts';
import type { Task } from '../../src/data/task.ts';
import type { Engine } from '../../src/engine/engine.ts';
import type { StudyConfig } from '../../src/study/config/config.ts';
import { StudyControl } from '../../src/study/run/control.ts';
import { applyEvent } from '../../src/study/result/events.ts';
import type { FederatedResult } from '../../src/study/analyses/federated/result.ts';
import { federatedArms } from '../../src/study/analyses/federated/arms.ts';
import { USUAL_FEDERATED, type FederatedSettings } from '../../src/study/analyses/federated/settings.ts';
import { StudyResultSchema } from '../../src/study/result/result.ts';
import {
  adaptersOf,
  inputsOf,
  noticesOf,
  record,
  tinyArm,
  tinyModel,
  tinyTask,
  tinyVitModel,
  trainingOnly,
  type RecordedStudy,
} from '../support/tiny-study.ts';
import { withWasmEngine } from '../support/wasm-engine.ts';
import { withTrainers } from '../support/with-trainers.ts';

let engine: Engine;
withWasmEngine((opened) => void (engine = opened), 1);

const ROUNDS = 3;
const SETTINGS: FederatedSettings = {
  ...USUAL_FEDERATED,
  clients: 3,
  rounds: ROUNDS,
  localSteps: 4,
  alpha: 1,
  rules: [...FEDERATED_RULE_IDS],
};

function configOf(federated: Partial<FederatedSettings> = {}, changes: Partial<StudyConfig> = {}): StudyConfig {
  const plain = trainingOnly(changes);
  return { ...plain, analyses: { ...plain.analyses, federated: { ...SETTINGS, ...federated } } };
}

const federated = ({ result }: RecordedStudy): FederatedResult => {
  if (!result.federated) throw new Error('There is no federation in the result.');
  return result.federated;
};
const withTask = (task: Task) => ({ task: { ...task, train: tinyTask(90).train } });

describe('a federation of every rule', () => {
  let study: RecordedStudy;
  let found: FederatedResult;
  beforeAll(async () => {
    study = await record(inputsOf(engine, configOf(), withTask(tinyTask())));
    found = federated(study);
  });

  it('yields every round of every arm and rule, and is valid', () => {
    expect(() => v.parse(v.strictObject(StudyResultSchema.entries), structuredClone(study.result))).not.toThrow();
    expect(found.runs.map(({ arm, rule }) => `${arm} ${rule}`).sort()).toEqual(
      ['lora', 'copra'].flatMap((arm) => FEDERATED_RULE_IDS.map((rule) => `${arm} ${rule}`)).sort(),
    );
    for (const { accuracy, loss, error, norms, drift, movement, players, up, down, seed } of found.runs) {
      expect(seed).toBe(4);
      for (const list of [accuracy, loss, error, drift, movement]) expect(list).toHaveLength(ROUNDS);
      expect(accuracy.every((value) => value >= 0 && value <= 1)).toBe(true);
      expect(error.every((row) => row.length === players.length)).toBe(true);
      for (const [round, shares] of error.entries()) {
        const share = norms!.error[round] / norms!.update[round];
        // Of all layers together: between the least and the most of them.
        expect(share).toBeGreaterThanOrEqual(Math.min(...shares) - 1e-9);
        expect(share).toBeLessThanOrEqual(Math.max(...shares) + 1e-9);
      }
      expect(drift.every((value, i) => value > 0 && movement[i] > 0)).toBe(true);
      expect(up > 0 && down > 0).toBe(true);
    }
  });

  it.each(FEDERATED_RULE_IDS)('finds of %s and of either arm what each finds alone', async (rule) => {
    for (const arm of trainingOnly().arms) {
      const alone = await record(inputsOf(engine, configOf({ rules: [rule] }, { arms: [arm] }), withTask(tinyTask())));
      const same = (run: FederatedResult['runs'][number]) => run.arm === arm.id && run.rule === rule;
      expect(federated(alone).runs).toEqual(found.runs.filter(same));
    }
  });

  it('counts every training image once in the partition', () => {
    const [{ counts, kinds }] = found.partitions;
    expect(kinds).toEqual(['red', 'green', 'blue']);
    expect(counts).toHaveLength(3);
    expect(counts.flat().reduce((a, b) => a + b)).toBe(90);
  });

  it('errs under averaged factors and not under exact rules', () => {
    const worst = (rule: string) =>
      Math.max(...found.runs.filter((run) => run.rule === rule).flatMap(({ error }) => error.flat()));
    for (const rule of ['ffa-lora', 'fedex-lora', 'stacking']) expect(worst(rule)).toBeLessThan(1e-4);
    for (const rule of ['fedit', 'flexlora']) expect(worst(rule)).toBeGreaterThan(1e-3);
  });

  it('learns', () => {
    for (const { arm, rule, loss } of found.runs.filter((run) => run.arm === 'lora'))
      expect(loss.at(-1), `${arm} ${rule}`).toBeLessThan(study.result.task.zeroShot?.loss ?? 0);
  });

  it('tells of every round as it is done, in patches that add up to the result', () => {
    const events = study.events.filter(
      (event) => event.type === 'found' && event.part === 'federated' && event.found.runs.length > 0,
    );
    expect(events).toHaveLength(2 * FEDERATED_RULE_IDS.length * ROUNDS);
    expect(structuredClone(events)).toEqual(events);
    const [started] = study.events;
    if (started.type !== 'started') throw new Error('no start');
    expect(study.events.slice(1, -1).reduce(applyEvent, started.result).federated).toEqual(found);
    const shares = study.events.flatMap((e) => (e.type === 'progress' && e.phase === 'federated' ? [e.done] : []));
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBeCloseTo(1, 12);
  });

  it('repeats bit for bit, and leaves the backbone of the engine as it was', async () => {
    const again = await record(inputsOf(engine, configOf(), withTask(tinyTask())));
    expect(federated(again)).toEqual(found);
    expect(again.result.runs).toEqual(study.result.runs);
  });

  it('keeps what is done when it is stopped, and nothing on the device', async () => {
    /** Weights prepared for a backward come and go with the backbone. */
    const bytes = () => {
      engine.load(tinyModel().backbone);
      return engine.memoryBytes();
    };
    const before = bytes();
    const control = new StudyControl();
    const stopped = await record(inputsOf(engine, configOf(), { ...withTask(tinyTask()), control }), (event) => {
      if (event.type !== 'found' || event.part !== 'federated') return;
      if (event.found.runs.some(({ accuracy }) => accuracy.length === 2)) control.stop();
    });
    expect(stopped.result.status).toBe('stopped');
    const { runs } = federated(stopped);
    expect(Math.max(...runs.map(({ accuracy }) => accuracy.length))).toBe(2);
    runs.forEach((run) => {
      const whole = found.runs.find(({ arm, rule }) => arm === run.arm && rule === run.rule);
      expect(run.accuracy).toEqual(whole?.accuracy.slice(0, run.accuracy.length));
    });
    expect(bytes()).toBe(before);
  });
});

describe('single settings', () => {
  it('one client with all images is plain training by stages: rules agree where they are exact', async () => {
    // With one client in a round nothing is averaged, so all exact rules but stacking and FFA-LoRA train alike.
    const study = await record(
      inputsOf(engine, configOf({ participation: 0.01, rules: ['fedit', 'fedex-lora'] }), withTask(tinyTask())),
    );
    const [lora, copra] = ['lora', 'copra'].map((arm) => federated(study).runs.filter((run) => run.arm === arm));
    for (const [one, two] of [lora, copra]) {
      expect(one.drift.every((value) => value < 1e-6)).toBe(true);
      one.loss.forEach((value, i) => expect(value).toBeCloseTo(two.loss[i], 3));
    }
  });

  it('clients with fewer images than a batch see them again', async () => {
    const study = await record(inputsOf(engine, configOf({ clients: 16, rules: ['fedit'], rounds: 1 })));
    const { partitions, runs } = federated(study);
    expect(partitions[0].short).toBe(true);
    expect(runs.every(({ accuracy }) => accuracy.length === 1)).toBe(true);
    expect(noticesOf(study).join()).toContain('fewer than 10 training images');
  });

  it('counts the traffic of clients that take part', async () => {
    const few = { clients: 24, alpha: 0.05, rules: ['fedit'], rounds: 1 } satisfies Partial<FederatedSettings>;
    const study = await record(inputsOf(engine, configOf(few)));
    const { partitions, runs } = federated(study);
    const taking = partitions[0].counts.filter((kinds) => kinds.some((count) => count > 0)).length;
    expect(taking).toBeLessThan(24);
    const { layout } = federatedArms({ config: configOf(few), model: tinyModel(), task: tinyTask() })[0];
    expect(runs[0].up).toBe(4 * taking * layout.size);
    expect(runs[0].down).toBe(4 * taking * layout.size);
  });

  it('arms of which another adapter is taken than the last are left out, and a notice says so', async () => {
    const arms = [tinyArm('lora', 'lora'), tinyArm('lora', 'early', { take: 'average', averageShare: 0.5 })];
    const study = await record(inputsOf(engine, configOf({ rules: ['fedit'], rounds: 1 }, { arms })));
    expect(federated(study).runs.map(({ arm }) => arm)).toEqual(['lora']);
    expect(noticesOf(study).join(' ')).toContain('early is left out of federated training');
  });

  it('clients by style hold one style each; without styles there is a clear refusal', async () => {
    const task = tinyTask(60);
    const styles = { names: ['flat', 'round'], train: Int32Array.from({ length: 60 }, (_, i) => Number(i > 40)) };
    const config = configOf({ partition: 'style', clients: 2, rules: ['fedit'], rounds: 1 });
    const study = await record(inputsOf(engine, config, { task: { ...task, styles } }));
    expect(federated(study).partitions[0]).toMatchObject({
      kinds: ['flat', 'round'],
      counts: [
        [41, 0],
        [0, 19],
      ],
    });
    await expect(record(inputsOf(engine, config))).rejects.toThrow(/styles of the images of “Colours” are not known/);
  });

  it('clients count by their images, and all of a round begin where the last one ended', async () => {
    const task = tinyTask(60);
    const styles = { names: ['flat', 'round'], train: Int32Array.from({ length: 60 }, (_, i) => Number(i > 40)) };
    const arms = [tinyArm('lora')];
    const config = configOf({ partition: 'style', clients: 2, rules: ['fedit'], rounds: 2 }, { arms });
    const trained: (readonly Float32Array[])[] = [];
    const begun: (readonly Float32Array[])[] = [];
    const watching = withTrainers(engine, (trainer, { frozenA, initial }) => {
      if (frozenA === undefined) return {};
      begun.push(initial);
      const adapters = async () => {
        const own = await trainer.adapters();
        trained.push(own);
        return own;
      };
      return { adapters };
    });
    await record(inputsOf(watching, config, { task: { ...task, styles } }));
    expect(trained.map((adapters) => adapters.length)).toEqual([2, 2]);
    const average = weightedSum([...trained[0]], [41 / 60, 19 / 60]);
    for (const start of begun[1]) start.forEach((value, i) => expect(value).toBeCloseTo(average[i], 6));
  });

  it('a course that was stopped before its last round is begun anew when seeds are added', async () => {
    const config = configOf({ rules: ['fedit'], rounds: 2 }, { arms: [tinyArm('lora')], seeds: [4] });
    const whole = await record(inputsOf(engine, config));
    const { result } = whole;
    const adapters = adaptersOf(whole);
    const { partitions, runs } = result.federated!;
    const half = { ...runs[0], accuracy: runs[0].accuracy.slice(1), loss: runs[0].loss.slice(1) };
    const more = { ...config, seeds: [4, 7] };
    for (const [before, found] of [
      [runs[0], 0],
      [half, 2],
    ] as const) {
      const known = { result: { ...result, federated: { partitions, runs: [before] } }, adapters };
      const after = await record(inputsOf(engine, more, { known }));
      expect(after.result.federated!.runs).toEqual(runs);
      const told = after.events.filter(
        (event) => event.type === 'found' && event.part === 'federated' && event.found.runs.length > 0,
      );
      expect(told).toHaveLength(found);
    }
  });

  it('every seed has its own partition; heads of a ViT are averaged; text towers are federated too', async () => {
    const arms = [tinyArm('copra', 'copra', { learningRate: 0.01 })];
    const short = { rules: [...FEDERATED_RULE_IDS], rounds: 1, seeds: 2 };
    const vit = await record(inputsOf(engine, configOf(short, { arms }), { model: tinyVitModel() }));
    expect(federated(vit).partitions.map(({ seed }) => seed)).toEqual([4, 7]);
    expect(federated(vit).runs).toHaveLength(2 * FEDERATED_RULE_IDS.length);
    const both = [tinyArm('lora', 'lora', { towers: ['vision', 'text'], learningRate: 0.01 })];
    const clip = await record(inputsOf(engine, configOf(short, { arms: both })));
    expect(federated(clip).runs.every(({ players }) => players.some(({ tower }) => tower === 'text'))).toBe(true);
  });
});
