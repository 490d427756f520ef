/** A study that was interrupted and goes on from its last checkpoint ends as if nothing had happened. */
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { StudyCheckpointError, type StudyCheckpoint } from '../../src/study/checkpoint/checkpoint.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import { StudyControl } from '../../src/study/run/control.ts';
import { runStudy } from '../../src/study/run/run-study.ts';
import type { StudyInputs } from '../../src/study/run/study-inputs.ts';
import { createCheckpointStore } from '../../src/study/checkpoint/checkpoint-store.ts';
import { knownOn } from '../../src/study/checkpoint/known-file.ts';
import { FORMATS_AT_HAND } from '../../src/study/checkpoint/formats-at-hand.ts';
import { memoryLocks } from '../../src/platform/test-locks.ts';
import { memoryFiles } from '../../src/study/checkpoint/test-checkpoint-files.ts';
import { ANALYSIS_NOTICES } from '../../src/study/analyses/words.ts';
import { USUAL_DOMAINS } from '../../src/study/analyses/domains/settings.ts';
import { USUAL_FEDERATED } from '../../src/study/analyses/federated/settings.ts';
import { createCrew } from '../support/class-crew.ts';
import {
  adaptersOf,
  coalitionsOf,
  inputsOf,
  noticesOf,
  record,
  tinyArm,
  tinyConfig,
  tinyModel,
  tinyVitModel,
  trainingOnly,
} from '../support/tiny-study.ts';
import { withWasmEngine } from '../support/wasm-engine.ts';

let engine: Engine;
withWasmEngine((opened) => void (engine = opened));

const findings = ({ provenance, ...found }: StudyResult) => ({ ...found, date: provenance.date });

/** Runs a study whole, keeping a checkpoint before every step, through the bytes that a device would keep. */
async function recordKeeping(inputs: StudyInputs) {
  const files = memoryFiles();
  const store = createCheckpointStore(files, memoryLocks(), FORMATS_AT_HAND);
  const kept: StudyCheckpoint[] = [];
  const keep = async (checkpoint: StudyCheckpoint) => {
    await store.keep('a', checkpoint, null, inputs.known);
    kept.push((await store.load('a')).checkpoint);
  };
  const study = await record({ ...inputs, keep, keepEvery: 0 });
  return { study, kept, store };
}

/** Keeps the last checkpoint only, as bytes. */
function oneCheckpoint() {
  const store = createCheckpointStore(memoryFiles(), memoryLocks(), FORMATS_AT_HAND);
  return {
    keep: (checkpoint: StudyCheckpoint) => store.keep('a', checkpoint, null),
    load: async () => (await store.load('a')).checkpoint,
  };
}

const resumed = (inputs: StudyInputs, resume: StudyCheckpoint) =>
  record({ ...inputs, config: resume.head.config, resume });

describe('a study that goes on', () => {
  const arms = [
    tinyArm('lora'),
    tinyArm('copra', 'copra', { rescale: true, loraPlusRatio: 4 }),
    tinyArm('stochastic-depth'),
    tinyArm('progressive-dropout', 'dropout', { inputDropout: 0.3, rank: 3 }),
  ];
  const config = tinyConfig({ arms });

  it('from any checkpoint ends in the same result and the same adapters, to the last bit', async () => {
    const { study, kept } = await recordKeeping(inputsOf(engine, config));
    // The page is told that it can be resumed.
    expect(study.events.filter(({ type }) => type === 'saved')).toHaveLength(kept.length);
    // The last three are of the analyses.
    expect(kept.map(({ head }) => head.step)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 12, 12, 12]);
    for (const step of [0, 1, 5, 7, 12]) {
      const again = await resumed(inputsOf(engine, config), kept[step]);
      const date = kept[step].head.started;
      expect(findings(again.result)).toEqual({ ...findings(study.result), date });
      expect(adaptersOf(again)).toEqual(adaptersOf(study));
      expect(again.result.provenance.seconds).toBeGreaterThan(kept[step].head.seconds);
    }
  });

  it('with seeds that are added to another, from any checkpoint ends in the study of all seeds, and does no analysis twice', async () => {
    const { analyses } = tinyConfig();
    const all = tinyConfig({
      arms: [tinyArm('lora'), tinyArm('copra')],
      seeds: [4, 7, 9],
      analyses: { ...analyses, merging: { enabled: true, scales: [0.5, 1], density: 0.5 } },
    });
    const at = await record(inputsOf(engine, all));
    const before = await record(inputsOf(engine, { ...all, seeds: [4, 7] }));
    const known = { result: before.result, adapters: adaptersOf(before) };
    const { study, kept, store } = await recordKeeping(inputsOf(engine, all, { known }));
    expect(kept.map(({ head }) => head.adds)).toEqual(kept.map(() => true));
    expect(kept[0].trainers.map(({ adapters }) => adapters.length)).toEqual([2]);
    for (const checkpoint of [kept[5], ...kept.filter(({ finished }) => finished)]) {
      const { known: saved } = await store.load('a');
      const inputs = inputsOf(engine, all, { known: knownOn(tinyModel(), saved!) });
      const { study: again } = await recordKeeping({ ...inputs, resume: checkpoint });
      const { date } = study.result.provenance;
      expect({ ...findings(again.result), date }).toEqual({ ...findings(at.result), date });
      // Whoever goes on gets those of the study, too.
      expect(adaptersOf(again)).toEqual([...adaptersOf(before), ...adaptersOf(study)]);
      const worked = again.events.filter((event) => event.type === 'progress' && event.done < 1);
      for (const { id } of (checkpoint.finished ?? []).filter(({ partial }) => !partial))
        expect(worked).not.toContainEqual(expect.objectContaining({ phase: id }));
    }
    // Without the study it is not one of all seeds, which were not trained.
    await expect(resumed(inputsOf(engine, all), kept[5])).rejects.toThrow(StudyCheckpointError);
  });

  it('does no analysis twice that was finished, and ends in the same result and coalitions', async () => {
    const { analyses } = tinyConfig();
    const federated = { ...USUAL_FEDERATED, seeds: 2, rounds: 2, localSteps: 1, clients: 2 };
    const all = tinyConfig({
      analyses: { ...analyses, federated, shapley: { ...analyses.shapley, images: 1000, estimator: 'exact' } },
    });
    const { study, kept } = await recordKeeping(inputsOf(engine, all));
    expect(coalitionsOf(study).length).toBeGreaterThan(0);
    const phases = ['landscape', 'shapley', 'pruning', 'federated'];
    const done = kept.filter(({ finished }) => finished);
    const names = done.map(({ finished = [] }) => finished.map(({ id, partial }) => (partial ? `(${id})` : id)).join());
    expect(names).toEqual([
      'landscape',
      'landscape,shapley',
      'landscape,shapley,pruning',
      'landscape,shapley,pruning,(federated)',
      'landscape,shapley,pruning,(federated)',
      'landscape,shapley,pruning,federated',
    ]);
    for (const [index, checkpoint] of done.entries()) {
      const again = await recordKeeping({ ...inputsOf(engine, all), resume: checkpoint });
      const { result, events } = again.study;
      expect(findings(result)).toEqual({ ...findings(study.result), date: checkpoint.head.started });
      expect(coalitionsOf({ events })).toEqual(coalitionsOf(study));
      const worked = phases.filter((phase) =>
        events.some((event) => event.type === 'progress' && event.phase === phase && event.done < 1),
      );
      expect(worked).toEqual(phases.slice([1, 2, 3, 3, 4, 4][index]));
      // What was finished is kept again, whatever comes next.
      expect(again.kept[0].finished).toEqual(checkpoint.finished);
    }
    const half = done[3];
    const rest = await recordKeeping({ ...inputsOf(engine, all), resume: half });
    const rounds = rest.study.events.filter((event) => event.type === 'found' && event.part === 'federated').length;
    const whole = study.events.filter((event) => event.type === 'found' && event.part === 'federated').length;
    expect(rounds).toBe(whole / 2 + 1);
  });

  it.each([
    ['the backbone zero-shot', tinyModel],
    ['the head trained alone', tinyVitModel],
  ])('from the middle of its tests of scaled updates, down to %s, ends in the same result', async (_, model) => {
    const { analyses } = tinyConfig();
    const config = tinyConfig({
      arms: [tinyArm('lora'), tinyArm('copra')],
      analyses: { ...analyses, domains: { ...USUAL_DOMAINS, orders: 1, domains: ['night', 'mosaic'] } },
    });
    const inputs = () => inputsOf(engine, config, { model: model() });
    const whole = await record(inputs());
    const tested = whole.result.domains!.runs;
    expect(tested.map(({ scaled }) => scaled?.length)).toEqual([4, 4, 4, 4]);
    /** Cuts a study off within the tests of a run, before what they found is told. @returns its last checkpoint */
    const killedIn = async (run: number) => {
      let told = -1;
      const control = new StudyControl();
      const { keep, load } = oneCheckpoint();
      const study = runStudy({ ...inputs(), control, keep, keepEvery: 0 });
      for await (const event of study) {
        if (event.type === 'found' && event.part === 'domains') told = event.found.runs.length;
        if (told === run && event.type === 'progress' && event.phase === 'domains') return load();
      }
      throw new Error('The study was not cut off.');
    };
    for (const run of [0, 2, 3]) {
      const kept = await killedIn(run);
      expect(kept.finished?.map(({ id }) => id)).not.toContain('domains');
      const again = await resumed(inputs(), kept);
      expect(findings(again.result)).toEqual({ ...findings(whole.result), date: kept.head.started });
      expect(again.events.filter(({ type }) => type === 'adapter')).toHaveLength(4);
    }
  });

  it('from a stop in the middle of its tests of scaled updates, and is completed, ends in the same result', async () => {
    const { analyses } = tinyConfig();
    const config = tinyConfig({ analyses: { ...analyses, domains: { ...USUAL_DOMAINS, domains: ['night'] } } });
    const whole = await record(inputsOf(engine, config));
    const control = new StudyControl();
    const stopped = await record(inputsOf(engine, config, { control }), (event) => {
      if (event.type === 'found' && event.part === 'domains' && event.found.runs.length === 2) control.stop();
    });
    expect(stopped.result.status).toBe('stopped');
    const had = stopped.result.domains!.runs.length;
    expect(had).toBeGreaterThanOrEqual(2);
    expect(had).toBeLessThan(4);
    const known = { result: stopped.result, adapters: adaptersOf(stopped) };
    const completed = await record(inputsOf(engine, config, { known }));
    expect(completed.result.domains).toEqual(whole.result.domains);
  });

  it('does its federation again where a classroom is open, and no other analysis', async () => {
    const { analyses } = tinyConfig();
    const federated = { ...USUAL_FEDERATED, seeds: 1, rounds: 1, localSteps: 1, clients: 2 };
    const config = tinyConfig({ analyses: { ...analyses, federated } });
    const { kept } = await recordKeeping(inputsOf(engine, config));
    const { crew } = createCrew();
    const control = new StudyControl();
    const inputs = {
      ...inputsOf(engine, config),
      resume: kept.at(-1),
      keep: async () => {},
      crew: () => crew,
      control,
    };
    const worked = new Set<string>();
    let waits = false;
    await record(inputs, (event) => {
      if (event.type === 'progress' && event.done < 1) worked.add(event.phase);
      if (event.type !== 'notice') return;
      waits = event.message === ANALYSIS_NOTICES.classroom.nobodyHere(1);
      control.stop();
    });
    expect(waits).toBe(true);
    expect([...worked].filter((phase) => ['landscape', 'shapley', 'pruning'].includes(phase))).toEqual([]);
  });

  it('does an analysis again whose settings, or those that it builds on, are others now', async () => {
    const { kept } = await recordKeeping(inputsOf(engine, tinyConfig()));
    const last = kept[kept.length - 1];
    const { analyses } = tinyConfig();
    const changes = { ...analyses, shapley: { ...analyses.shapley, images: 7 } };
    const config = { ...last.head.config, analyses: changes };
    const again = await resumed(inputsOf(engine, config), { ...last, head: { ...last.head, config } });
    const whole = await record(inputsOf(engine, config));
    expect(findings(again.result)).toEqual({ ...findings(whole.result), date: last.head.started });
  });

  it('shows at once what was done', async () => {
    const { kept } = await recordKeeping(inputsOf(engine, trainingOnly()));
    const { events } = await resumed(inputsOf(engine, trainingOnly()), kept[7]);
    const progress = events.find((event) => event.type === 'progress' && event.phase === 'train');
    expect(progress).toMatchObject({ done: 7, total: 12 });
    const gates = events.find((event) => event.type === 'gates');
    expect(gates).toMatchObject({ fromStep: 0, gates: { length: 7 * gates!.players } });
    expect(noticesOf({ events })).toEqual([]);
  });

  it.each([
    ['a validation', 12],
    ['a step', 60],
  ])('from where its user stopped it, in %s, loses no step and ends in the same result', async (_, steps) => {
    const config = trainingOnly({ arms, training: { ...trainingOnly().training, steps, validateEvery: steps } });
    const { study } = await recordKeeping(inputsOf(engine, config));
    const control = new StudyControl();
    const { keep, load } = oneCheckpoint();
    // No checkpoint is due before the stop.
    const inputs = { ...inputsOf(engine, config, { control }), keep, keepEvery: 1000 };
    const stopped = await record(inputs, (event) => {
      if (event.type === 'progress' && event.phase === 'train' && event.done > 0) control.stop();
    });
    expect(stopped.result.status).toBe('stopped');
    const kept = await load();
    expect(kept.head.step).toBeGreaterThan(0);
    expect(stopped.result.runs.map(({ steps }) => steps)).toEqual(study.result.runs.map(() => kept.head.step));
    const again = await resumed(inputsOf(engine, config), kept);
    expect(findings(again.result)).toEqual({ ...findings(study.result), date: kept.head.started });
    expect(adaptersOf(again)).toEqual(adaptersOf(study));
  });

  it('and is stopped before its first step leaves the checkpoint from which it went on', async () => {
    const { kept } = await recordKeeping(inputsOf(engine, trainingOnly()));
    const control = new StudyControl();
    const saved: number[] = [];
    const keep = ({ head }: StudyCheckpoint) => Promise.resolve(void saved.push(head.step));
    const inputs = { ...inputsOf(engine, trainingOnly(), { control }), resume: kept[5], keep, keepEvery: 1000 };
    const { result } = await record(inputs, ({ type }) => void (type === 'started' && control.stop()));
    expect(result.status).toBe('stopped');
    expect(saved).toEqual([]);
  });

  it('may be interrupted again', async () => {
    const inputs = inputsOf(engine, trainingOnly());
    const { study, kept } = await recordKeeping(inputs);
    const second = await recordKeeping({ ...inputsOf(engine, trainingOnly()), resume: kept[3] });
    expect(second.kept.map(({ head }) => head.step)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    const third = await resumed(inputsOf(engine, trainingOnly()), second.kept[5]);
    expect(findings(third.result).runs).toEqual(findings(study.result).runs);
  });

  it('of a model with a trained head, too', async () => {
    const model = { model: tinyVitModel() };
    const { study, kept } = await recordKeeping(inputsOf(engine, trainingOnly(), model));
    const again = await resumed(inputsOf(engine, trainingOnly(), model), kept[6]);
    expect(again.result.runs).toEqual(study.result.runs);
  });

  it('on another device says so', async () => {
    const { kept } = await recordKeeping(inputsOf(engine, trainingOnly()));
    const elsewhere = { ...kept[3], head: { ...kept[3].head, backend: 'webgpu', device: 'A graphics card' } };
    const { events } = await resumed(inputsOf(engine, trainingOnly()), elsewhere);
    expect(noticesOf({ events })).toEqual([
      expect.stringContaining('began on A graphics card and goes on on WebAssembly'),
    ]);
  });

  it('on another device after a loss names both', async () => {
    const device = 'A graphics card';
    let { info } = engine;
    const moving: Engine = {
      ...engine,
      get info() {
        return info;
      },
      createTrainer: (spec) => {
        info = { ...info, device, software: true };
        return engine.createTrainer(spec);
      },
    };
    const { result } = await record(inputsOf(moving, trainingOnly()));
    expect(result.provenance).toMatchObject({ device: `${engine.info.device} and ${device}`, software: true });
    expect(result.provenance).not.toHaveProperty('kernels');
  });

  it('on other devices and with another version names all that computed it, over several interruptions', async () => {
    const config = trainingOnly();
    const { study, kept } = await recordKeeping({ ...inputsOf(engine, config), appVersion: '1.0.0' });
    const own = study.result.provenance;
    const on = (device: string): Engine =>
      Object.assign(Object.create(engine) as Engine, { info: { ...engine.info, device } });
    const cut: StudyCheckpoint[] = [];
    const keep = (checkpoint: StudyCheckpoint) => Promise.resolve(void cut.push(checkpoint));
    const second = { ...inputsOf(on('A second device'), config), appVersion: '2.0.0', resume: kept[3] };
    const { result } = await record({ ...second, keep, keepEvery: 0 });
    expect(result.provenance).toMatchObject({
      backend: own.backend,
      device: `${own.device} and A second device`,
      appVersion: '1.0.0 and 2.0.0',
    });
    const again = await resumed({ ...inputsOf(on('A third device'), config), appVersion: '2.0.0' }, cut[2]);
    expect(again.result.provenance).toMatchObject({
      device: `${own.device} and A second device and A third device`,
      appVersion: '1.0.0 and 2.0.0',
    });
    const back = await resumed({ ...inputsOf(engine, config), appVersion: '1.0.0' }, kept[3]);
    expect(back.result.provenance).toEqual({
      ...own,
      date: kept[3].head.started,
      seconds: expect.any(Number) as number,
    });
    expect(kept[3].head).not.toHaveProperty('computedBy');
  });
});

describe('a checkpoint', () => {
  it('of another shape is refused before anything is computed, and nothing stays on the device', async () => {
    const { kept } = await recordKeeping(inputsOf(engine, trainingOnly()));
    engine.load(tinyModel().backbone);
    const bytes = engine.memoryBytes();
    const other = trainingOnly({ arms: [tinyArm('lora', 'lora', { rank: 3 })] });
    const wrong = { ...kept[3], head: { ...kept[3].head, config: other } };
    await expect(resumed(inputsOf(engine, other), wrong)).rejects.toThrow(StudyCheckpointError);
    expect(engine.memoryBytes()).toBeLessThanOrEqual(bytes);
  });

  it('that cannot be written is told once, after three tries, and disturbs nothing', async () => {
    const plain = await record(inputsOf(engine, trainingOnly()));
    let tries = 0;
    const keep = () => {
      tries++;
      return Promise.reject(new DOMException('The device is full.', 'QuotaExceededError'));
    };
    const study = await record({ ...inputsOf(engine, trainingOnly()), keep, keepEvery: 0 });
    expect(tries).toBe(4); // also where its training ends
    expect(study.result.runs).toEqual(plain.result.runs);
    expect(noticesOf(study)).toEqual([expect.stringContaining('(The device is full).')]);
  });

  it('is listed with what it is about, and gone when discarded', async () => {
    const { store } = await recordKeeping(inputsOf(engine, trainingOnly()));
    const [saved] = (await store.list()).interrupted;
    expect(saved).toMatchObject({ id: 'a', head: { step: 12, task: 'Colours' } });
    await store.discard('a');
    expect(await store.list()).toEqual({ interrupted: [], foreign: [], running: [] });
  });
});
