/** Which forms of kernels a study computes with, and when others are tried. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fileShelf } from '../../scripts/kernel-shelf.ts';
import { without } from '../../src/core/without.ts';
import type { Engine, KernelTuner, TunedSteps } from '../../src/engine/engine.ts';
import { DeviceLostError } from '../../src/engine/errors.ts';
import {
  afterLossWith,
  choiceOf,
  holdingAt,
  measuredAt,
  withFaults,
  withReturned,
  type FormWatch,
  type KernelChoice,
  type TuningRecord,
} from '../../src/engine/kernel-tuning.ts';
import type { Precision } from '../../src/engine/precision.ts';
import { shapesOf } from '../../src/engine/trust/shape-check.ts';
import type { StudyCheckpoint } from '../../src/study/checkpoint/checkpoint.ts';
import type { KernelShelf } from '../../src/study/kernels/kernel-shelf.ts';
import { chooseKernels } from '../../src/study/kernels/study-kernels.ts';
import type { PrecisionChoice } from '../../src/study/kernels/study-precision.ts';
import { testedStudy } from '../../src/study/run/objective.ts';
import { StepsInFlight } from '../../src/study/run/training/steps-in-flight.ts';
import { readTuningRecord } from '../../src/study/kernels/tuning-record.ts';
import { inputsOf, record, tinyArm, tinyConfig, tinyModel, tinyTask, trainingOnly } from '../support/tiny-study.ts';
import { withWasmEngine } from '../support/wasm-engine.ts';

let wasm: Engine;
withWasmEngine((opened) => void (wasm = opened));

const KEY = 'kernels 2 | a card';
const CHOICE = { 'product: a': '128×64 staged of 8×8' };
const FOUND: TuningRecord = {
  version: 1,
  key: KEY,
  device: 'a card',
  date: new Date().toISOString(),
  sites: {
    'product: a': { form: '128×64 staged of 8×8', usual: '64×64 staged', milliseconds: [2, 1.5], error: 0.1 },
    'product: b': { form: null, usual: '64×64 staged', milliseconds: null, error: 0 },
  },
  faults: { 'attention: blocks': 'wrong' },
};

/**
 * The WASM engine, which pretends to have forms and notes what it is told.
 * @param wrong sites whose chosen form is wrong at the shapes of the study
 * @param waits how often the first slice's kernels are still being compiled when it is asked
 */
function noting(key: string | null, wrong: readonly string[] = [], waits = 0) {
  const log: string[] = [];
  let present: KernelChoice = {};
  const known: (TuningRecord | null)[] = [];
  const tuner: KernelTuner = {
    key,
    choose(choice) {
      present = choice;
      log.push(`choose ${JSON.stringify(choice)}`);
    },
    chosen: {},
    bySize: [],
    prove(steps) {
      log.push(`prove ${steps.length}`);
      const choice = Object.entries(present).filter(([site]) => !wrong.includes(site));
      const refused = wrong.filter((site) => site in present);
      const faults = Object.fromEntries(refused.map((site) => [`product: ${present[site]}`, 'wrong' as const]));
      return Promise.resolve({ choice: Object.fromEntries(choice), refused, faults });
    },
    tune(_, record, keep) {
      known.push(record);
      let slices = 0;
      let waited = 0;
      return {
        get isWaiting() {
          if (slices !== 1 || waited === waits) return false;
          waited++;
          log.push('waits');
          return true;
        },
        async slice() {
          log.push('slice');
          if (++slices === 2) await keep(FOUND);
          return slices === 2;
        },
        end: () => void log.push('end'),
      };
    },
  };
  const engine: Engine = {
    ...wasm,
    tuner,
    createTrainer(spec) {
      log.push('trainer');
      return wasm.createTrainer(spec);
    },
  };
  return { engine, log, known };
}

function memoryShelf(record: TuningRecord | null) {
  const saved: TuningRecord[] = [];
  const shelf: KernelShelf = {
    load: (key) => Promise.resolve(record?.key === key ? record : null),
    save: (found) => Promise.resolve(void saved.push(found)),
  };
  return { shelf, saved };
}

const config = tinyConfig({});
const run = (engine: Engine, kernels: KernelShelf | undefined, more: object = {}) =>
  record({ ...inputsOf(engine, config), kernels, ...more });
const chosen = (choice: KernelChoice) => `choose ${JSON.stringify(choice)}`;

describe('the kernels of a study', () => {
  it('are the usual ones on a device of which nothing is known; between its steps it is looked for others', async () => {
    const { engine, log } = noting(KEY);
    const { shelf, saved } = memoryShelf(null);
    const { result } = await run(engine, shelf);
    expect(log[0]).toBe(chosen({}));
    expect(log.filter((entry) => entry.startsWith('choose'))).toHaveLength(1);
    expect(log.filter((entry) => entry === 'slice')).toHaveLength(2);
    expect(log.at(-1)).not.toBe('slice');
    expect(log).toContain('end');
    expect(saved).toEqual([FOUND]);
    expect(result.provenance.kernels).toBeUndefined();
  });

  it('are compiled beside its steps, which go on side by side meanwhile', async () => {
    const settled = vi.spyOn(StepsInFlight.prototype, 'settle');
    const logs = [];
    const settles: number[] = [];
    for (const waits of [0, 2]) {
      const { engine, log } = noting(KEY, [], waits);
      settled.mockClear();
      await run(engine, memoryShelf(null).shelf);
      settles.push(settled.mock.calls.length);
      logs.push(log.filter((entry) => ['slice', 'waits'].includes(entry)));
    }
    settled.mockRestore();
    expect(logs).toEqual([
      ['slice', 'slice'],
      ['slice', 'waits', 'waits', 'slice'],
    ]);
    expect(settles[1]).toBe(settles[0]);
  });

  it('are those that were found before, from before the first step on; the result says so', async () => {
    const { engine, log, known } = noting(KEY);
    const { result } = await run(engine, memoryShelf(FOUND).shelf);
    expect(log.slice(0, 4)).toEqual([chosen(CHOICE), 'prove 1', chosen(CHOICE), 'trainer']);
    expect(known).toEqual([FOUND]);
    expect(result.provenance.kernels).toEqual(CHOICE);
  });

  it('are the usual ones where the others turn out to be wrong at the shapes of the study, and those are not chosen again', async () => {
    const sites: TuningRecord['sites'] = {
      ...FOUND.sites,
      'product: c': { ...FOUND.sites['product: a'], form: '32×64 staged' },
    };
    const { shelf, saved } = memoryShelf({ ...FOUND, sites });
    const { engine, log, known } = noting(KEY, ['product: a']);
    const { result } = await run(engine, shelf);
    const rest = { 'product: c': '32×64 staged' };
    expect(log.slice(0, 3)).toEqual([chosen({ ...CHOICE, ...rest }), 'prove 1', chosen(rest)]);
    expect(result.provenance.kernels).toEqual(rest);
    const faults = { ...FOUND.faults, 'product: 128×64 staged of 8×8': 'wrong' };
    const faultDates = { 'product: 128×64 staged of 8×8': expect.any(String) as string };
    const left = { ...FOUND, sites: without(sites, 'product: a'), faults, faultDates };
    expect(saved[0]).toEqual(left);
    expect(known).toEqual([left]); // what is tuned next
  });

  it('are measured again after 30 days, and until then the usual ones: browsers do not tell when a driver is another one', async () => {
    const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 3_600_000).toISOString();
    const { 'product: a': faster, 'product: b': usual } = FOUND.sites;
    const begun = { kernels: null, precision: null };
    const { backbone } = tinyModel();
    const study = testedStudy(config, backbone, tinyTask(), null);
    const wanted = { precision: 'f32', backbone, study, batchSize: 4 } as const;
    for (const [record, choice, holding] of [
      [{ ...FOUND, date: daysAgo(29) }, CHOICE, FOUND.sites],
      [{ ...FOUND, date: daysAgo(31) }, {}, {}],
      // A date of its own counts more than when the record was written.
      [
        { ...FOUND, date: daysAgo(0), sites: { 'product: a': { ...faster, date: daysAgo(31) }, 'product: b': usual } },
        {},
        { 'product: b': usual },
      ],
      [{ ...FOUND, date: 'yesterday' }, {}, {}],
      // Clocks differ by hours; a date that lies further ahead tells nothing.
      [{ ...FOUND, date: daysAgo(-0.5) }, CHOICE, FOUND.sites],
      [{ ...FOUND, date: daysAgo(-3) }, {}, {}],
    ] as const) {
      expect(holdingAt(record, Date.now()).sites).toEqual(holding);
      const kernels = await chooseKernels(noting(KEY).engine, memoryShelf(record).shelf, begun, wanted);
      expect(kernels.choice).toEqual(choice);
      // Whoever opens a file says that it is right for this device now.
      const opened = measuredAt(record, Date.now());
      expect(choiceOf(holdingAt(opened, Date.now()))).toEqual(CHOICE);
    }
  });

  describe('with which the device is lost while they are compared', () => {
    const FORM = 'product: 128×64 staged of 8×8';
    let kept: TuningRecord;
    beforeEach(() => void (kept = FOUND));
    const shelf: KernelShelf = {
      load: () => Promise.resolve(kept),
      save: (found) => Promise.resolve(void (kept = found)),
    };
    /** The next study on a device that compares so. */
    const study = async (prove: KernelTuner['prove'], kernels: KernelChoice | null = null) => {
      const { engine, known } = noting(KEY);
      const { backbone } = tinyModel();
      const wanted = { backbone, study: testedStudy(config, backbone, tinyTask(), null), batchSize: 4 };
      const chosen = await chooseKernels(
        { ...engine, tuner: engine.tuner && { ...engine.tuner, prove } },
        shelf,
        { kernels, precision: null },
        { ...wanted, precision: 'f32' },
      );
      return { chosen, known };
    };
    const returning = vi.fn<KernelTuner['prove']>(() => Promise.resolve({ choice: {}, refused: [], faults: {} }));

    it('are written down before they run, until they have come back', async () => {
      const heard: (string | undefined)[] = [];
      const { chosen } = await study(async (_, { onFirst, onReturn }) => {
        for (const form of [FORM, 'attention: packed']) {
          await onFirst(form);
          heard.push(kept.suspect);
          await onReturn();
          heard.push(kept.suspect);
        }
        return { choice: CHOICE, refused: [], faults: {} };
      });
      await chosen.provenIn([]);
      expect(heard).toEqual([FORM, undefined, 'attention: packed', undefined]);
      expect(kept).toEqual(FOUND);
    });

    it('are tried once more where the page went down, and not a third time, in a study that is continued either', async () => {
      for (const lost of [undefined, [FORM]]) {
        const { chosen } = await study(async (_, { onFirst }) => {
          await onFirst(FORM);
          return new Promise<never>(() => {});
        });
        expect(chosen.choice).toEqual(CHOICE);
        void chosen.provenIn([]);
        await vi.waitUntil(() => kept.suspect === FORM);
        expect(kept.lost).toEqual(lost);
        expect(kept.faults).toEqual(FOUND.faults);
      }
      const { chosen, known } = await study(returning);
      expect(chosen.choice).toEqual({});
      chosen.tune({} as TunedSteps);
      expect(known).toMatchObject([{ sites: without(FOUND.sites, 'product: a'), faults: { [FORM]: 'lost' } }]);
      expect((await study(returning, CHOICE)).chosen.choice).toEqual({});
    });

    it('are tuned again where it is lost in its compiler, and not used where that happens again', async () => {
      const compiling: KernelTuner['prove'] = async (_, { onUncompiled }) => {
        await onUncompiled(CHOICE);
        throw new DeviceLostError('gone');
      };
      const first = await study(compiling);
      await expect(first.chosen.provenIn([])).rejects.toThrow('gone');
      const sites = without(FOUND.sites, 'product: a');
      expect(kept).toEqual({ ...FOUND, sites, lost: [FORM] });
      // A study that is continued keeps to the forms that it was begun with.
      const second = await study(compiling, CHOICE);
      await expect(second.chosen.provenIn([])).rejects.toThrow('gone');
      expect(kept).toEqual({ ...FOUND, sites, lost: [], faults: { ...FOUND.faults, [FORM]: 'lost' } });
      expect((await study(returning, CHOICE)).chosen.choice).toEqual({});
    });

    it('are struck out where that happens twice in a row, whether or not the device comes back', async () => {
      const twice = async (_: unknown, { onFirst }: FormWatch): Promise<void> => {
        await onFirst(FORM);
        await onFirst(FORM);
      };
      const struck = {
        ...FOUND,
        sites: without(FOUND.sites, 'product: a'),
        faults: { ...FOUND.faults, [FORM]: 'lost' },
        lost: [],
      };
      const back = await study((...args) => twice(...args).then(() => returning(...args)));
      expect((await back.chosen.provenIn([])).choice).toEqual({});
      expect(kept).toEqual(struck);
      kept = FOUND;
      const gone = await study((...args) => twice(...args).then(() => Promise.reject(new DeviceLostError('gone'))));
      await expect(gone.chosen.provenIn([])).rejects.toThrow('gone');
      expect(kept).toEqual(struck);
    });
  });

  it('are those of its checkpoint when it is continued, whatever was found since', async () => {
    const kept: StudyCheckpoint[] = [];
    const keep = (checkpoint: StudyCheckpoint) => Promise.resolve(void kept.push(checkpoint));
    await run(noting(KEY).engine, memoryShelf(FOUND).shelf, { keep, keepEvery: 0 });
    expect(kept[3].head.kernels).toEqual(CHOICE);
    const later = noting(KEY);
    await run(later.engine, memoryShelf(null).shelf, { resume: kept[3] });
    expect(later.log[0]).toBe(chosen(CHOICE));

    const head = without(kept[3].head, 'kernels');
    const older = noting(KEY);
    await run(older.engine, memoryShelf(FOUND).shelf, { resume: { ...kept[3], head } });
    expect(older.log[0]).toBe(chosen({}));
  });

  it('are the usual ones where nothing is kept, and on adapters that are not tuned', async () => {
    for (const [key, shelf] of [
      [KEY, undefined],
      [null, memoryShelf(FOUND).shelf],
    ] as const) {
      const { engine, log } = noting(key);
      await run(engine, shelf);
      expect(log[0]).toBe(chosen({}));
      expect(log).not.toContain('slice');
    }
  });
});

describe('half precision on demand', () => {
  const STEPS = `${shapesOf(tinyModel().backbone)} · batches of ${config.training.batchSize}`;
  const halvesFound = (faster: boolean): TuningRecord => ({
    ...FOUND,
    halves: { [STEPS]: { faster, milliseconds: [2, faster ? 1.5 : 2], error: 0.01, difference: 0.001 } },
  });
  const small = trainingOnly();

  /** A device that keeps halves and has kernels for several sizes, as wrong as it is told, with a tuner that notes what it is asked to try. */
  function device(wrongIn: 'nothing' | 'all' | 'DoRA') {
    const { engine, log } = noting(KEY);
    const asked: (string | undefined)[] = [];
    let precision: Precision = 'f32';
    const halved: Engine = {
      ...engine,
      info: { ...wasm.info, halves: true },
      choosePrecision(chosen) {
        precision = chosen;
        log.push(chosen);
      },
      load(backbone) {
        const wrong = { ...backbone, vision: { ...backbone.vision, blocks: backbone.vision.blocks.slice(1) } };
        wasm.load(precision === 'f16' && wrongIn === 'all' ? wrong : backbone);
      },
      createTrainer(spec) {
        const isWrong = precision === 'f16' && wrongIn === 'DoRA' && spec.layout.dora;
        return wasm.createTrainer(isWrong ? { ...spec, scale: 2 * spec.scale } : spec);
      },
      tuner: engine.tuner && {
        ...engine.tuner,
        bySize: [{}],
        tune(steps, ...rest) {
          asked.push(steps.halves);
          return engine.tuner!.tune(steps, ...rest);
        },
      },
    };
    return { engine: halved, asked };
  }
  const study = async (on: Engine, found: TuningRecord | null, precision: PrecisionChoice, settings = small) => {
    const inputs = { ...inputsOf(on, settings), kernels: memoryShelf(found).shelf, precision };
    return (await record(inputs)).result.provenance.precision ?? 'f32';
  };

  it('is taken where it was found to be faster and is right, and is tried for the next study', async () => {
    for (const [found, expected] of [
      [null, 'f32'],
      [halvesFound(false), 'f32'],
      [halvesFound(true), 'f16'],
    ] as const) {
      const { engine, asked } = device('nothing');
      expect(await study(engine, found, 'auto')).toBe(expected);
      expect(asked).toEqual([STEPS]);
    }
  });

  it('is not taken by a device that is wrong in it', async () => {
    expect(await study(device('all').engine, halvesFound(true), 'auto')).toBe('f32');
  });

  it('is taken where the device is wrong in what the study does not train alone', async () => {
    const dora = trainingOnly({ arms: [tinyArm('lora', 'dora', { dora: true })] });
    const { engine } = device('DoRA');
    expect(await study(engine, halvesFound(true), 'auto')).toBe('f16');
    expect(await study(engine, halvesFound(true), 'auto', dora)).toBe('f32');
    await expect(study(device('DoRA').engine, halvesFound(true), 'f16', dora)).rejects.toThrow(
      'computes this backbone wrongly',
    );
  });

  it('is neither taken nor tried unless the reader leaves the choice', async () => {
    const { engine, asked } = device('nothing');
    expect(await study(engine, halvesFound(true), 'f32')).toBe('f32');
    expect(asked).toEqual([undefined]);
  });

  it('is not tried with a backbone that is too large for it', async () => {
    const { engine, asked } = device('nothing');
    const inputs = inputsOf(engine, small);
    const { backbone } = inputs.model;
    const [first, ...others] = backbone.vision.blocks;
    const gain = first.ln2.gain.map((value) => 1e6 * value);
    const blocks = [{ ...first, ln2: { ...first.ln2, gain } }, ...others];
    const model = { ...inputs.model, backbone: { ...backbone, vision: { ...backbone.vision, blocks } } };
    await record({ ...inputs, model, kernels: memoryShelf(null).shelf, precision: 'auto' });
    expect(asked).toEqual([undefined]);
  });

  it('is known again from a file', () => {
    const found = halvesFound(true);
    expect(readTuningRecord(JSON.parse(JSON.stringify(found)))).toEqual(found);
  });
});

describe('what was found', () => {
  it('is wrong for 30 days, and for good where the device was lost twice; one loss is forgiven by a return', () => {
    const now = Date.parse('2026-11-30T00:00:00.000Z');
    const date = (days: number) => new Date(now - days * 24 * 3_600_000).toISOString();
    const record: TuningRecord = {
      ...FOUND,
      date: date(1),
      faults: { 'p: old': 'wrong', 'p: new': 'slow', 'p: lost': 'lost', 'p: of this record': 'bits' },
      faultDates: { 'p: old': date(31), 'p: new': date(29), 'p: lost': date(300) },
    };
    expect(holdingAt(record, now)).toEqual({
      ...record,
      faults: without(record.faults, 'p: old'),
      faultDates: { 'p: new': date(29), 'p: lost': date(300) },
    });
    expect(holdingAt(measuredAt(record, now), now).faults).toEqual(record.faults);
    // What is found again is as old as it was.
    expect(withFaults(record, [['p: old', 'bits'] as const], date(0))).toBe(record);
    expect(withFaults(FOUND, [['p: next', 'bits'] as const], date(0))).toMatchObject({
      faults: { ...FOUND.faults, 'p: next': 'bits' },
      faultDates: { 'p: next': date(0) },
    });
    const suspected = afterLossWith(afterLossWith(FOUND, 'p: a'), 'p: b');
    expect(withReturned(suspected, new Set(['p: a', 'p: c'])).lost).toEqual(['p: b']);
    expect(afterLossWith(suspected, 'p: b').faults).toEqual({ ...FOUND.faults, 'p: b': 'lost' });
  });

  it('is read as it was written, and nothing else is taken for it', () => {
    for (const found of [FOUND, measuredAt(FOUND, 0)])
      expect(readTuningRecord(JSON.parse(JSON.stringify(found)))).toEqual(found);
    for (const other of [null, 1, {}, { ...FOUND, version: 2 }, { ...FOUND, sites: { a: {} } }])
      expect(readTuningRecord(other)).toBeNull();
  });

  it('is kept in a file per device', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'copra-kernels-'));
    const shelf = fileShelf(path.join(folder, 'kernels'));
    expect(await shelf.load(KEY)).toBeNull();
    await shelf.save(FOUND);
    expect(await shelf.load(KEY)).toEqual(FOUND);
    expect(await shelf.load('another')).toBeNull();
    await rm(folder, { recursive: true });
  });
});
