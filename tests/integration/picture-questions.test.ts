/** Questions about single pictures: answers are those of the evaluations of a study, to the image, and only the newest question is answered. */
import { describe, expect, it, vi } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { openNodeEngine } from '../../src/engine/node.ts';
import type { LoadedBackbone } from '../../src/model/load-backbone.ts';
import { Predictor } from '../../src/study/predictions/predictor.ts';
import { readAnswers } from '../../src/study/predictions/answers.ts';
import type { PictureAnswers, PictureInput, PictureVariant } from '../../src/study/predictions/question.ts';
import { PictureDesk } from '../../src/worker/picture-desk.ts';
import { adaptersOf, inputsOf, record, tinyConfig, tinyModel, tinyTask, tinyVitModel } from '../support/tiny-study.ts';
import { withWasmEngine } from '../support/wasm-engine.ts';

let engine: Engine;
withWasmEngine((opened) => void (engine = opened));

const NEVER = new AbortController().signal;
const task = tinyTask();
const backbone: PictureVariant = { parts: [], method: 'factors', off: [] };

/** The test images, one picture each. */
const pictures: readonly PictureInput[] = Array.from({ length: task.test.count }, (_, i) => {
  const stride = task.imageSize ** 2 * 3;
  return { kind: 'square', pixels: task.test.pixels.slice(i * stride, (i + 1) * stride), size: task.imageSize };
});

async function trained(model: LoadedBackbone) {
  const config = tinyConfig();
  const study = await record(inputsOf(engine, config, { model }));
  const { result } = study;
  const held = adaptersOf(study).map((adapter) => ({ ...adapter, id: `${adapter.arm}/${adapter.seed}` }));
  return { result, setting: { config, classes: task.classes, adapters: held, head: result.task.head ?? null } };
}

/** Predicted classes and probabilities of the true ones, as a result keeps them. */
function asKept({ probabilities, classes }: PictureAnswers, variant: number) {
  const shares = probabilities[variant];
  if (!shares) throw new Error(`Variant ${variant} gave no answer.`);
  const rows = pictures.map((_, i) => [...shares.subarray(i * classes.length, (i + 1) * classes.length)]);
  return {
    predicted: rows.map((row) => row.indexOf(Math.max(...row))),
    certainty: rows.map((row, i) => 255 * row[task.test.labels[i]]),
  };
}

describe('predictions on single pictures', () => {
  it.each([
    ['a text tower', tinyModel()],
    ['a head', tinyVitModel()],
  ])('are those that a study keeps, with %s', async (_, model) => {
    const { result, setting } = await trained(model);
    const { players } = setting.adapters[0].layout;
    const removed = { even: 1, odd: 0 };
    const wanted = result.predictions!.filter(
      ({ of, name }) => of === 'backbone' || of === 'run' || name === 'factor' || of === 'layers',
    );
    const variants = wanted.map(({ arm, seeds, name }): PictureVariant => ({
      parts: seeds.map((seed) => ({ adapter: `${arm}/${seed}`, weight: 1 / seeds.length })),
      method: 'factors',
      off: name === 'even' || name === 'odd' ? players.filter(({ layer }) => layer % 2 === removed[name]) : [],
    }));
    expect(new Set(wanted.map(({ of }) => of)).size).toBeGreaterThan(2);
    const answers = await new Predictor(engine, model, setting).answer({ pictures, variants, words: [] }, NEVER);
    wanted.forEach(({ answers: kept }, i) => {
      const { predicted, certainty } = asKept(answers, i);
      const known = readAnswers(kept);
      expect(predicted).toEqual([...known.predicted]);
      certainty.forEach((value, image) => expect(Math.abs(value - known.certainty[image])).toBeLessThan(0.51));
    });
  });

  it('walk along both paths between two adapters, and end where they are', async () => {
    const { setting } = await trained(tinyModel());
    const [first, second] = setting.adapters.map(({ id }) => id);
    const at = (method: PictureVariant['method'], lambda: number): PictureVariant => ({
      parts: [
        { adapter: first, weight: 1 - lambda },
        { adapter: second, weight: lambda },
      ],
      method,
      off: [],
    });
    const alone = (adapter: string): PictureVariant => ({
      parts: [{ adapter, weight: 1 }],
      method: 'updates',
      off: [],
    });
    const variants = [
      at('factors', 0),
      at('updates', 1),
      alone(first),
      alone(second),
      at('factors', 0.5),
      at('updates', 0.5),
    ];
    const predictor = new Predictor(engine, tinyModel(), setting);
    const { probabilities: found } = await predictor.answer(
      { pictures: pictures.slice(0, 3), variants, words: [] },
      NEVER,
    );
    expect(found[0]).toEqual(found[2]);
    expect(found[1]).toEqual(found[3]);
    expect(found[4]).not.toEqual(found[5]);
    for (const shares of found) expect(shares?.reduce((sum, share) => sum + share, 0)).toBeCloseTo(3, 5);
  });

  it('take typed words as further classes, and leave the odds between the others as they are', async () => {
    const { setting } = await trained(tinyModel());
    const predictor = new Predictor(engine, tinyModel(), setting);
    const ask = (words: readonly string[]) =>
      predictor.answer({ pictures: [pictures[0]], variants: [backbone], words }, NEVER);
    const [before, after] = [await ask([]), await ask(['teapot'])];
    expect(after.classes).toEqual([...task.classes, 'teapot']);
    const [few, many] = [before.probabilities[0]!, after.probabilities[0]!];
    expect(many).toHaveLength(4);
    expect(Math.log(many[0] / many[1])).toBeCloseTo(Math.log(few[0] / few[1]), 4);
    expect((await ask([])).probabilities).toEqual(before.probabilities);
  });

  it('are none of a backbone without a text tower and without a head, and none of words there', async () => {
    const { setting: whole } = await trained(tinyVitModel());
    const setting = { ...whole, head: 'AAAA' };
    const predictor = new Predictor(engine, tinyVitModel(), setting);
    const { probabilities } = await predictor.answer({ pictures, variants: [backbone], words: [] }, NEVER);
    expect(probabilities).toEqual([null]);
    await expect(predictor.answer({ pictures, variants: [], words: ['teapot'] }, NEVER)).rejects.toThrow(
      'no text tower',
    );
  });

  it('agree between WASM and WebGPU, and so does what they attend to', { timeout: 300_000 }, async () => {
    const gpu = await openNodeEngine('webgpu');
    try {
      const { setting } = await trained(tinyModel());
      const parts = setting.adapters.map(({ id }) => ({ adapter: id, weight: 1 / setting.adapters.length }));
      const variants = [backbone, { ...backbone, parts }, { ...backbone, parts, method: 'updates' as const }];
      const predictors = [engine, gpu].map((device) => new Predictor(device, tinyModel(), setting));
      const [wasm, webgpu] = await Promise.all(
        predictors.map((predictor) => predictor.answer({ pictures, variants, words: ['teapot'] }, NEVER)),
      );
      wasm.probabilities.forEach((shares, variant) =>
        shares!.forEach((share, i) => expect(webgpu.probabilities[variant]![i]).toBeCloseTo(share, 4)),
      );
      const [picture] = pictures;
      const [here, there] = await Promise.all(
        predictors.map((predictor) => predictor.lookInside({ picture, variants }, NEVER)),
      );
      here.looks.forEach(({ patches, rest }, variant) => {
        patches.forEach((share, i) => expect(there.looks[variant].patches[i]).toBeCloseTo(share, 5));
        expect(there.looks[variant].rest).toBeCloseTo(rest, 5);
      });
    } finally {
      gpu.dispose();
    }
  });

  it('see a frame of a camera as a picture of the same pixels', async () => {
    const setting = { config: tinyConfig(), classes: task.classes, adapters: [], head: null };
    const [square] = pictures;
    const rgba = new Uint8ClampedArray(task.imageSize ** 2 * 4).fill(255);
    for (let i = 0; i < task.imageSize ** 2; i++) rgba.set(square.pixels.subarray(3 * i, 3 * i + 3), 4 * i);
    const frame: PictureInput = { kind: 'frame', pixels: rgba, width: task.imageSize, height: task.imageSize };
    const { probabilities } = await new Predictor(engine, tinyModel(), setting).answer(
      { pictures: [square, frame], variants: [backbone], words: [] },
      NEVER,
    );
    const shares = [...probabilities[0]!];
    expect(shares.slice(3)).toEqual(shares.slice(0, 3));
    const short = { ...frame, width: 7 };
    await expect(
      new Predictor(engine, tinyModel(), setting).answer({ pictures: [short], variants: [backbone], words: [] }, NEVER),
    ).rejects.toThrow('7 × 8 px');
  });
});

describe('a look inside', () => {
  it.each([
    ['a text tower', tinyModel()],
    ['a head', tinyVitModel()],
  ])('has a share for every patch, of any variant, with %s', async (_, model) => {
    const { setting } = await trained(model);
    const [first] = setting.adapters;
    const alone: PictureVariant = { ...backbone, parts: [{ adapter: first.id, weight: 1 }] };
    const off = first.layout.players.filter(({ tower }) => tower === 'vision');
    const variants = [backbone, alone, { ...alone, off }];
    const predictor = new Predictor(engine, model, { ...setting, head: null });
    const { side, looks } = await predictor.lookInside({ picture: pictures[0], variants }, NEVER);
    const { imageSize, patchSize } = model.backbone.vision.config;
    expect(side).toBe(imageSize / patchSize);
    for (const { patches, rest } of looks) {
      expect(patches).toHaveLength(side ** 2);
      expect(patches.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
      expect(rest).toBeGreaterThan(0);
      expect(rest).toBeLessThan(1);
    }
    expect(looks[1]).not.toEqual(looks[0]);
    expect(looks[2]).toEqual(looks[0]);
    await expect(
      predictor.lookInside({ picture: pictures[0], variants }, AbortSignal.abort(new Error('not wanted'))),
    ).rejects.toThrow('not wanted');
  });
});

describe('the desk of questions', () => {
  const open = () => engine;
  const setting = { config: tinyConfig(), classes: task.classes, adapters: [], head: null };
  const question = { pictures: [pictures[0]], variants: [backbone], words: [] };

  it('keeps the setting of a question that no engine can answer: the one behind it refers to it', async () => {
    const desk = new PictureDesk(() => Promise.resolve(tinyModel()));
    const closed = () => {
      throw new Error('The engine is not open.');
    };
    await expect(desk.answer(closed, setting, question, desk.take(1, 'a line'))).rejects.toThrow('not open');
    expect((await desk.answer(open, null, question, desk.take(2, 'a line')))?.classes).toEqual(task.classes);
  });

  it('answers the newest, and never computes those before it', async () => {
    const load = vi.fn(() => Promise.resolve(tinyModel()));
    const desk = new PictureDesk(load);
    const [first, second] = [desk.take(1, 'a line'), desk.take(2, 'a line')];
    expect(await desk.answer(open, setting, question, first)).toBeNull();
    expect(load).not.toHaveBeenCalled();
    // The setting of a question that was not answered is known.
    expect((await desk.answer(open, null, question, second))?.classes).toEqual(task.classes);
    expect(load).toHaveBeenCalledOnce();
    desk.forgetEngine();
    expect(await desk.answer(open, null, question, desk.take(3, 'a line'))).not.toBeNull();
    expect(load).toHaveBeenCalledOnce();
  });

  it('stops the one that is not wanted, and no other', async () => {
    const desk = new PictureDesk(() => Promise.resolve(tinyModel()));
    const wanted = desk.take(4, 'a line');
    desk.stop(3);
    expect(wanted.aborted).toBe(false);
    desk.stop(4);
    expect(await desk.answer(open, setting, question, wanted)).toBeNull();
  });

  it('lets questions of another line be', async () => {
    const desk = new PictureDesk(() => Promise.resolve(tinyModel()));
    const [inside, first] = [desk.take(1, 'inside'), desk.take(2, 'predictions')];
    desk.take(3, 'predictions');
    expect([inside.aborted, first.aborted]).toEqual([false, true]);
    const look = await desk.lookInside(open, setting, { picture: pictures[0], variants: [backbone] }, inside);
    expect(look?.looks).toHaveLength(1);
    desk.stop();
    expect(await desk.lookInside(open, setting, { picture: pictures[0], variants: [backbone] }, inside)).toBeNull();
  });

  it('says so when nothing is known, and tries again after a backbone could not be loaded', async () => {
    const load = vi.fn(() => Promise.resolve(tinyModel()));
    load.mockRejectedValueOnce(new Error('offline'));
    const desk = new PictureDesk(load);
    await expect(desk.answer(open, null, question, desk.take(1, 'a line'))).rejects.toThrow('Nobody said');
    await expect(desk.answer(open, setting, question, desk.take(2, 'a line'))).rejects.toThrow('offline');
    expect(await desk.answer(open, null, question, desk.take(3, 'a line'))).not.toBeNull();
  });

  it('keeps its backbone when one that was asked for before it could not be loaded', async () => {
    let fail: (error: Error) => void = () => {};
    const load = vi.fn(() => Promise.resolve(tinyModel()));
    load.mockReturnValueOnce(new Promise((_, reject) => (fail = reject)));
    const desk = new PictureDesk(load);
    const read = desk.read({ backbone: 'another', imageSize: undefined }, new Blob());
    await desk.answer(open, setting, question, desk.take(1, 'a line'));
    fail(new Error('offline'));
    await expect(read).rejects.toThrow('offline');
    expect(await desk.answer(open, setting, question, desk.take(2, 'a line'))).not.toBeNull();
    expect(load).toHaveBeenCalledTimes(2);
  });
});
