/** Studies in half precision. The device of these rounds weights only: what a step keeps is tested where it is kept (webgpu/ops/kept-halves.test.ts). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { largestActivation } from '../../src/engine/half-range.ts';
import { halfLinear, type Precision } from '../../src/engine/precision.ts';
import { createNodeWasmDevice } from '../../src/engine/devices/wasm/node.ts';
import { without } from '../../src/core/without.ts';
import { encodeResultLink } from '../../src/share/link/result-link.ts';
import { opened } from '../../src/share/link/test-links.ts';
import type { BlockWeights } from '../../src/model/backbone.ts';
import type { StudyCheckpoint } from '../../src/study/checkpoint/checkpoint.ts';
import { openLocalTrainer } from '../../src/study/analyses/federated/local-trainer.ts';
import { USUAL_FEDERATED } from '../../src/study/analyses/federated/settings.ts';
import { precisionOf, type NotedPrecision } from '../../src/study/kernels/study-precision.ts';
import { Predictor } from '../../src/study/predictions/predictor.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import { unitedStudy } from '../../src/study/result/united-study.ts';
import { openGatesBench } from '../../src/study/run/gates-bench.ts';
import { PRECISION_NOTICES } from '../../src/study/kernels/words.ts';
import { mapLinears, roundingEngine } from '../support/halves.ts';
import {
  adaptersOf,
  inputsOf,
  noticesOf,
  record,
  tinyConfig,
  tinyModel,
  tinyTask,
  trainingOnly,
} from '../support/tiny-study.ts';
import { withWasmEngine } from '../support/wasm-engine.ts';

let whole: Engine;
withWasmEngine((engine) => void (whole = engine));
let halves: Engine;
beforeAll(async () => void (halves = roundingEngine(await createNodeWasmDevice({ threads: 2 }))));
afterAll(() => halves.dispose());

const findings = ({ provenance: { backend }, ...found }: StudyResult) => ({ ...found, backend });
const NEW = null;
const CARD = { halves: true, device: 'a card' };
const KERNELS = { device: 'WASM' };

describe('the precision of a study', () => {
  it('is float32 unless the reader says otherwise, and never follows from what is fast by itself', () => {
    for (const device of [CARD, KERNELS])
      for (const isFaster of [false, true]) expect(precisionOf(device, 'f32', NEW, isFaster)).toBe('f32');
    expect(precisionOf(CARD, 'f16', NEW, false)).toBe('f16');
    expect(precisionOf(CARD, 'auto', NEW, true)).toBe('f16');
    expect(precisionOf(CARD, 'auto', NEW, false)).toBe('f32');
    expect(precisionOf(KERNELS, 'auto', NEW, true)).toBe('f32');
  });

  it('stays what it was in a study that goes on', () => {
    for (const choice of ['f32', 'f16', 'auto'] as const) {
      expect(precisionOf(CARD, choice, 'f16', false)).toBe('f16');
      expect(precisionOf(CARD, choice, 'f32', true)).toBe('f32');
      expect(() => precisionOf(KERNELS, choice, 'f16', false)).toThrow('begun in half precision');
    }
  });
});

describe('a study in half precision', () => {
  it('is the study of the rounded backbone, bit for bit; its result says so', async () => {
    const config = tinyConfig();
    const half = await record(inputsOf(halves, config, { precision: 'f16' }));
    const model = { ...tinyModel(), backbone: mapLinears(tinyModel().backbone, halfLinear) };
    const rounded = await record(inputsOf(whole, config, { model }));
    expect(findings(half.result)).toEqual(findings(rounded.result));
    expect(adaptersOf(half).map(({ values }) => values)).toEqual(adaptersOf(rounded).map(({ values }) => values));
    expect(half.result.provenance.precision).toBe('f16');
    const plain = await record(inputsOf(halves, config));
    expect(plain.result.provenance.precision).toBeUndefined();
    expect(plain.result.runs).not.toEqual(half.result.runs);
  });

  it('is refused by a device that keeps no halves', async () => {
    await expect(record(inputsOf(whole, trainingOnly(), { precision: 'f16' }))).rejects.toThrow('half precision');
  });

  it('is a study in full precision, and says why, where a layer can make activations that no half holds', async () => {
    const plain = tinyModel();
    const grown = (block: BlockWeights): BlockWeights => {
      const weight = block.fc1.weight.map((w) => (50_000 * w) / largestActivation(block));
      return { ...block, fc1: { ...block.fc1, weight } };
    };
    const [first, ...rest] = plain.backbone.vision.blocks;
    const vision = { ...plain.backbone.vision, blocks: [grown(first), ...rest] };
    const model = { ...plain, backbone: { ...plain.backbone, vision } };
    const { events, result } = await record(inputsOf(halves, trainingOnly(), { precision: 'f16', model }));
    expect(noticesOf({ events })).toContain(PRECISION_NOTICES.tooLargeForHalves('activations'));
    expect(result.provenance.precision).toBeUndefined();
    const full = await record(inputsOf(halves, trainingOnly(), { model }));
    expect(findings(result)).toEqual(findings(full.result));
  });

  it('goes on in half precision, whatever the reader chose since, or not at all', async () => {
    const config = trainingOnly();
    const kept: StudyCheckpoint[] = [];
    const keep = (checkpoint: StudyCheckpoint) => Promise.resolve(void kept.push(checkpoint));
    const uninterrupted = await record(inputsOf(halves, config, { precision: 'f16', keep, keepEvery: 0 }));
    const [, , , resume] = kept;
    expect(resume.head.precision).toBe('f16');
    const resumed = await record(inputsOf(halves, config, { precision: 'f32', resume }));
    expect(findings(resumed.result)).toEqual(findings(uninterrupted.result));
    await expect(record(inputsOf(whole, config, { resume }))).rejects.toThrow('begun in half precision');
  });

  it('gets further seeds in half precision', async () => {
    const config = trainingOnly();
    const before = await record(inputsOf(halves, config, { precision: 'f16' }));
    const known = { result: before.result, adapters: adaptersOf(before) };
    const more = { ...config, seeds: [...config.seeds, 9] };
    const after = await record(inputsOf(halves, more, { known }));
    const at = await record(inputsOf(halves, more, { precision: 'f16' }));
    expect(findings(after.result)).toEqual(findings(at.result));
    expect(after.result.provenance.precision).toBe('f16');
  });

  it('says so in links, and together with another study that its parts differ', async () => {
    const { result } = await record(inputsOf(halves, trainingOnly(), { precision: 'f16' }));
    expect(opened(encodeResultLink(result).fragment).provenance.precision).toBe('f16');
    const provenance = without(result.provenance, 'precision');
    const inFull = { ...result, provenance };
    const united = unitedStudy(result, inFull);
    expect(united.provenance.precision).toBe('mixed');
    expect(opened(encodeResultLink(united).fragment).provenance.precision).toBe('mixed');
    expect(opened(encodeResultLink(inFull).fragment).provenance).not.toHaveProperty('precision');
  });
});

describe('what is asked about a study', () => {
  const answersIn = async (engine: Engine, precision: NotedPrecision, model = tinyModel()) => {
    const config = tinyConfig();
    const { classes, test, imageSize: size } = tinyTask();
    const predictor = new Predictor(engine, model, { config, classes, adapters: [], precision, head: null });
    const pictures = [{ kind: 'square', pixels: test.pixels.slice(0, size ** 2 * 3), size }] as const;
    const variants = [{ parts: [], method: 'factors', off: [] }] as const;
    const { probabilities } = await predictor.answer({ pictures, variants, words: [] }, new AbortController().signal);
    return probabilities;
  };

  it('is answered in the precision of that study, whatever was computed before', async () => {
    const rounded = { ...tinyModel(), backbone: mapLinears(tinyModel().backbone, halfLinear) };
    const inHalf = await answersIn(whole, undefined, rounded);
    const inFull = await answersIn(whole, undefined);
    expect(inHalf).not.toEqual(inFull);
    for (const before of ['f32', 'f16'] as const) {
      halves.choosePrecision(before);
      expect(await answersIn(halves, 'f16')).toEqual(inHalf);
      halves.choosePrecision(before);
      expect(await answersIn(halves, undefined)).toEqual(inFull);
      halves.choosePrecision(before);
      expect(await answersIn(halves, 'mixed')).toEqual(inFull);
    }
    // The study of another device is answered as well as this one can.
    expect(await answersIn(whole, 'f16')).toEqual(inFull);
  });

  it('is answered in full precision by a device that is wrong in half', async () => {
    let chosen: Precision = 'f32';
    const wrong: Engine = {
      ...whole,
      info: { ...whole.info, halves: true },
      get precision() {
        return chosen;
      },
      choosePrecision: (precision) => void (chosen = precision),
      load(backbone) {
        const { blocks } = backbone.vision;
        const part = { ...backbone, vision: { ...backbone.vision, blocks: blocks.slice(1) } };
        whole.load(chosen === 'f16' ? part : backbone);
      },
    };
    expect(await answersIn(wrong, 'f16')).toEqual(await answersIn(whole, undefined));
    await openGatesBench({ ...inputsOf(wrong, trainingOnly()), precision: 'f16' });
    expect(chosen).toBe('f32');
  });

  it('so are layers that are pruned by hand, and a device that joins a class computes in full precision', async () => {
    const inputs = inputsOf(halves, trainingOnly());
    await openGatesBench({ ...inputs, precision: 'f16' });
    expect(halves.precision).toBe('f16');
    const federated = { ...USUAL_FEDERATED, enabled: true };
    const config = { ...inputs.config, analyses: { ...inputs.config.analyses, federated } };
    await openLocalTrainer({ ...inputs, config, isOwn: false });
    expect(halves.precision).toBe('f32');
    halves.choosePrecision('f16');
    await openGatesBench({ ...inputs, precision: undefined });
    expect(halves.precision).toBe('f32');
  });
});
