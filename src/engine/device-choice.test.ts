/** Where a study computes when nobody chose, by its shapes. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { testClip } from './passes/test-models.ts';
import type { Backbone } from '../model/backbone.ts';
import { browserFaster, DeviceChoice, type PlacedStudy } from './device-choice.ts';
import type { Engine } from './engine.ts';
import { DeviceLostError } from './errors.ts';
import { browserTrials, type NoteFailure } from './gpu-trial.ts';
import { speedProblemOf, type SpeedProblem } from './pace.ts';
import { RecoveringEngine } from './recovering/recovering-engine.ts';
import { storeInMemory } from './test-store.ts';

/** A study on a backbone. */
const studyOf = ({ vision }: Backbone): PlacedStudy => ({
  vision,
  begunOn: null,
  isBusy: () => Promise.resolve(false),
});
const SMALL = studyOf(testClip('quick_gelu', { layers: 2, width: 64, heads: 4, imageSize: 32, patchSize: 8 }));
const WIDE = studyOf(testClip('quick_gelu', { layers: 2, width: 128, heads: 2, imageSize: 32, patchSize: 8 }));
const LONG = studyOf(testClip('quick_gelu', { layers: 2, width: 64, heads: 4, imageSize: 64, patchSize: 8 }));

const { kept, use } = storeInMemory();
const marks = storeInMemory();
const trials = browserTrials(marks.use, undefined, 'Chrome/151');

/** Devices of which the card is slower per step and faster per value, and the choice between them. */
function devices({ opens = true, measureCard = () => Promise.resolve(1) } = {}) {
  const log: string[] = [];
  const engineOf = (backend: 'wasm' | 'webgpu') =>
    ({ info: { backend, device: backend }, dispose: () => log.push(`dispose ${backend}`) }) as unknown as Engine;
  const open = (backend: 'wasm' | 'webgpu') => () => {
    if (!opens) return Promise.reject(new Error('It does not answer.'));
    log.push(`open ${backend}`);
    return Promise.resolve(engineOf(backend));
  };
  const measure = ({ info }: Engine, { shape }: SpeedProblem): Promise<number> => {
    log.push(`measure ${info.backend}`);
    return info.backend === 'wasm' ? Promise.resolve(shape.width / 100) : measureCard();
  };
  const between = {
    card: 'a card',
    open: { wasm: open('wasm'), webgpu: open('webgpu') },
    tried: <T>(work: (note: NoteFailure) => Promise<T>) => trials.ifItCameBack('a card', work),
    shelf: browserFaster(use),
  };
  const choice = new DeviceChoice({ ...between, measure });
  return { between, choice, log, wasm: engineOf('wasm'), gpu: engineOf('webgpu') };
}

beforeEach(() => {
  kept.clear();
  marks.kept.clear();
});

describe('the device of a study', () => {
  it('stays where its shapes are no larger than those that were measured', async () => {
    const { choice, log, wasm } = devices();
    expect(await choice.engineFor(wasm, SMALL)).toEqual({ engine: wasm, notices: [] });
    expect(log).toEqual([]);
  });

  it('is measured at larger ones, once; a small study behind it computes as before', async () => {
    const { choice, log, wasm } = devices();
    const found = await choice.engineFor(wasm, WIDE);
    expect(found.engine?.info.backend).toBe('webgpu');
    expect(found.notices).toEqual([expect.stringContaining('webgpu computes this study')]);
    expect(log.splice(0)).toEqual(['open webgpu', 'measure wasm', 'measure webgpu', 'dispose wasm']);
    if (!found.engine) throw new Error('there is one');
    expect((await choice.engineFor(found.engine, WIDE)).engine).toBe(found.engine);
    expect(log).toEqual([]);
    expect((await choice.engineFor(found.engine, SMALL)).engine?.info.backend).toBe('wasm');
    expect(log.splice(0)).toEqual(['open wasm', 'dispose webgpu']);
    // In a later visit nothing is measured again.
    const later = devices();
    expect((await later.choice.engineFor(later.wasm, WIDE)).engine?.info.backend).toBe('webgpu');
    expect(later.log).toEqual(['open webgpu', 'dispose wasm']);
  });

  it('stays where it is as fast, and that is known then', async () => {
    const { choice, log, wasm } = devices();
    expect(await choice.engineFor(wasm, LONG)).toEqual({ engine: wasm, notices: [] });
    expect(log.splice(0)).toEqual(['open webgpu', 'measure wasm', 'measure webgpu', 'dispose webgpu']);
    expect((await choice.engineFor(wasm, LONG)).engine).toBe(wasm);
    expect(log).toEqual([]);
  });

  it('stays where the card does not answer any more', async () => {
    const { choice, wasm } = devices({ opens: false });
    expect(await choice.engineFor(wasm, WIDE)).toEqual({ engine: wasm, notices: [] });
    expect(kept.size).toBe(0);
    expect(marks.kept.size).toBe(0);
  });

  it('stays where the card is lost as it is opened, and it is left alone from then on', async () => {
    const { between, choice, log, wasm } = devices();
    const open = { ...between.open, webgpu: () => Promise.reject(new DeviceLostError('It was lost.')) };
    expect(await new DeviceChoice({ ...between, open }).engineFor(wasm, WIDE)).toEqual({ engine: wasm, notices: [] });
    expect(await choice.engineFor(wasm, WIDE)).toEqual({ engine: wasm, notices: [] });
    expect(log).toEqual([]);
  });

  it('is not measured again on a card that failed at its shapes', async () => {
    const { choice, log, wasm } = devices({ measureCard: () => Promise.reject(new DeviceLostError('It was lost.')) });
    expect(await choice.engineFor(wasm, WIDE)).toMatchObject({ engine: wasm, notices: ['WebGPU: It was lost.'] });
    expect(log.splice(0)).toEqual(['open webgpu', 'measure wasm', 'measure webgpu', 'dispose webgpu']);
    expect(await choice.engineFor(wasm, WIDE)).toEqual({ engine: wasm, notices: [] });
    expect(log).toEqual([]);
  });

  it('is not measured again on a card that took the page down at its shapes', async () => {
    const down = devices({ measureCard: () => new Promise<never>(() => {}) });
    void down.choice.engineFor(down.wasm, WIDE);
    await vi.waitUntil(() => down.log.includes('measure webgpu'));
    const { choice, log, wasm } = devices();
    expect(await choice.engineFor(wasm, WIDE)).toEqual({ engine: wasm, notices: [] });
    expect(log).toEqual([]);
  });

  it('is measured on a card that is not opened again where it is lost', async () => {
    const { between, wasm, log } = devices();
    const lost = new DeviceLostError('It was lost.');
    const reopen = vi.fn(() => Promise.reject(lost));
    const bare = {
      info: { backend: 'webgpu', device: 'a card' },
      choosePrecision: () => {},
      load: () => {},
      warmUp: () => Promise.reject(lost),
      dispose: () => {},
    } as unknown as Engine;
    const trainer = { runs: 1, step: () => Promise.resolve(), dispose: () => {} };
    const present = { ...wasm, choosePrecision() {}, load() {}, warmUp: () => Promise.resolve() };
    const open = { ...between.open, webgpu: () => Promise.resolve(new RecoveringEngine(bare, reopen, () => {})) };
    const choice = new DeviceChoice({ ...between, open });
    const engine = { ...present, createTrainer: () => trainer } as unknown as Engine;
    expect(await choice.engineFor(engine, WIDE)).toMatchObject({ engine, notices: ['WebGPU: It was lost.'] });
    expect(reopen).not.toHaveBeenCalled();
    expect(log).toEqual([]);
  });

  it('is measured again later where another tab computed meanwhile', async () => {
    const { choice, log, wasm } = devices();
    for (const answers of [
      [true, false],
      [false, true],
    ]) {
      const isBusy = () => Promise.resolve(answers.shift() ?? false);
      expect((await choice.engineFor(wasm, { ...WIDE, isBusy })).engine?.info.backend).toBe('webgpu');
    }
    expect(log.filter((entry) => entry === 'measure webgpu')).toHaveLength(2);
    expect(kept.size).toBe(0);
  });

  it('is that on which it was begun, whatever is faster; nothing is measured', async () => {
    const { choice, log, wasm, gpu } = devices();
    const onCard = await choice.engineFor(wasm, { ...SMALL, begunOn: 'webgpu' });
    expect(onCard).toMatchObject({
      engine: { info: { backend: 'webgpu' } },
      notices: [expect.stringContaining('begun')],
    });
    expect(log.splice(0)).toEqual(['open webgpu', 'dispose wasm']);
    const onWasm = await choice.engineFor(gpu, { ...WIDE, begunOn: 'wasm' });
    expect(onWasm.engine?.info.backend).toBe('wasm');
    expect(log.splice(0)).toEqual(['open wasm', 'dispose webgpu']);
    // Of a device that is not among them, of several, and of one that does not open any more.
    for (const begunOn of ['tfjs-cpu', 'wasm, webgpu', 'wasm'])
      expect(await choice.engineFor(wasm, { ...WIDE, begunOn })).toEqual({ engine: wasm, notices: [] });
    const gone = devices({ opens: false });
    expect((await gone.choice.engineFor(gone.wasm, { ...WIDE, begunOn: 'webgpu' })).engine).toBe(gone.wasm);
    expect(log).toEqual([]);
  });

  it('is measured anew after a month, and each time where the browser keeps nothing', async () => {
    await browserFaster(use).save('a', 'webgpu');
    expect(await browserFaster(use).load('a')).toBe('webgpu');
    vi.useFakeTimers({ now: Date.now() + 31 * 24 * 3_600_000 });
    expect(await browserFaster(use).load('a')).toBeNull();
    vi.useRealTimers();
    kept.set('a', { key: 'a', faster: 'webgpu', date: '2126-01-01T00:00:00.000Z' }); // by a clock that was wrong
    expect(await browserFaster(use).load('a')).toBeNull();
    const refusing = browserFaster(() => Promise.reject(new Error('No data is kept.')));
    await refusing.save('a', 'wasm');
    expect(await refusing.load('a')).toBeNull();
  });
});

it('shapes of all sizes are measured by about as much work', () => {
  const { config } = SMALL.vision;
  const of = (width: number, heads: number, tokens: number, patchSize: number) =>
    speedProblemOf({ ...config, width, heads, tokens, patchSize });
  expect(of(64, 4, 17, 8)).toBeNull();
  expect(of(768, 12, 50, 32)).toEqual({
    shape: { layers: 2, width: 768, heads: 12, imageSize: 224, patchSize: 32 },
    runs: 1,
    images: 2,
  });
  expect(of(768, 12, 197, 16)).toMatchObject({ images: 1, shape: { imageSize: 224 } });
  expect(of(64, 4, 65, 8)).toMatchObject({ images: 32 });
});
