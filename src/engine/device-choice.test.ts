/** Where a study computes when nobody chose, by its shapes. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { testClip } from './passes/test-models.ts';
import { browserFaster, DeviceChoice, type FasterShelf } from './device-choice.ts';
import type { Engine } from './engine.ts';
import { speedProblemOf, type SpeedProblem } from './probe.ts';
import { storeInMemory } from './test-store.ts';

const SMALL = testClip('quick_gelu', { layers: 2, width: 64, heads: 4, imageSize: 32, patchSize: 8 });
const WIDE = testClip('quick_gelu', { layers: 2, width: 128, heads: 2, imageSize: 32, patchSize: 8 });
const LONG = testClip('quick_gelu', { layers: 2, width: 64, heads: 4, imageSize: 64, patchSize: 8 });

const { kept, use } = storeInMemory();

/** Devices of which the card is slower per step and faster per value, and the choice between them. */
function devices(shelf: FasterShelf = browserFaster(use), opens = true) {
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
    return Promise.resolve(info.backend === 'wasm' ? shape.width / 100 : 1);
  };
  const choice = new DeviceChoice('a card', { wasm: open('wasm'), webgpu: open('webgpu') }, shelf, measure);
  return { choice, log, wasm: engineOf('wasm') };
}

beforeEach(() => kept.clear());

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
    const { choice, wasm } = devices(undefined, false);
    expect(await choice.engineFor(wasm, WIDE)).toEqual({ engine: wasm, notices: [] });
    expect(kept.size).toBe(0);
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
