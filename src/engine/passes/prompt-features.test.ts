/** Many prompts under a frozen text tower: they are encoded in pieces where not all fit at once, with the same features. */
import { describe, expect, it } from 'vitest';
import { readBytes } from '../../../tests/support/files.ts';
import { createWasmDevice } from '../devices/wasm/create.ts';
import type { Device } from '../device.ts';
import { OutOfMemoryError } from '../errors.ts';
import { tinyPrompts } from '../tiny-clip.ts';
import { sharedDevices } from './test-devices.ts';
import { loadedEngine, testClip } from './test-models.ts';

const PROMPTS = 23;
const ROOMY = { rows: 4096, tensorBytes: 2 ** 30, adapterBytes: 2 ** 20 };
const backbone = testClip();
const { mlpWidth } = backbone.text.config;
const tokens = tinyPrompts(PROMPTS);
/** Of a prompt, up to the last end token of all. */
const length = 1 + Math.max(...Array.from({ length: PROMPTS }, (_, c) => endOf(c)));

function endOf(prompt: number): number {
  const context = tokens.length / PROMPTS;
  return tokens.subarray(prompt * context, (prompt + 1) * context).indexOf(backbone.text.config.endToken);
}

/** A device, and the rows of all layer norms of its passes. */
function watched(device: Device<unknown>): { device: Device<unknown>; rows: number[] } {
  const rows: number[] = [];
  return {
    rows,
    device: {
      ...device,
      layerNorm(x, ...args) {
        rows.push(device.shape(x).rows);
        return device.layerNorm(x, ...args);
      },
    },
  };
}

describe.each(sharedDevices())('features of many prompts on %s', (_, open) => {
  const expected = () => loadedEngine(open(), backbone, ROOMY).textFeatures(tokens, PROMPTS);

  it.each([
    ['rows', { ...ROOMY, rows: 5 * length }],
    ['what is bound at once', { ...ROOMY, tensorBytes: 4 * mlpWidth * 5 * length }],
  ])('are the same bits where %s allow five at a time', async (__, budget) => {
    const { device, rows } = watched(open());
    const engine = loadedEngine(device, backbone, budget);
    const whole = await expected();
    const bytes = device.memoryBytes();
    expect(await engine.textFeatures(tokens, PROMPTS)).toEqual(whole);
    expect(device.memoryBytes()).toBe(bytes);
    expect(Math.max(...rows)).toBe(5 * length);
  });

  it('are encoded half as many at a time where the memory runs out', async () => {
    const { device, rows } = watched(open());
    const limited: Device<unknown> = {
      ...device,
      embedTokens(ids, ...args) {
        if (ids.length > 6 * length) throw new OutOfMemoryError('full');
        return device.embedTokens(ids, ...args);
      },
    };
    const engine = loadedEngine(limited, backbone, ROOMY);
    expect(await engine.textFeatures(tokens, PROMPTS)).toEqual(await expected());
    expect(Math.max(...rows)).toBe(5 * length);
  });

  it('say so where not even one fits', async () => {
    const device = open();
    const embedTokens = (): never => {
      throw new OutOfMemoryError('full');
    };
    const engine = loadedEngine({ ...device, embedTokens }, backbone, ROOMY);
    await expect(engine.textFeatures(tokens, PROMPTS)).rejects.toThrow(OutOfMemoryError);
  });
});

it('many prompts fit a WASM memory that does not hold all of them, and leave nothing behind', async () => {
  const module = readBytes('src/engine/devices/wasm/generated/kernels-single.wasm');
  const wide = testClip('gelu', { layers: 1, width: 64, heads: 2, imageSize: 4, patchSize: 2 });
  const many = 1500;
  const features = async (megabytes: number) => {
    const device = await createWasmDevice({ module, threads: 1, maxBytes: megabytes * 2 ** 20 });
    const engine = loadedEngine(device, wide, { ...ROOMY, rows: 2 ** 20 });
    const bytes = engine.memoryBytes();
    const found = await engine.textFeatures(tinyPrompts(many), many);
    expect(engine.memoryBytes()).toBe(bytes);
    engine.dispose();
    return found;
  };
  expect(await features(14)).toEqual(await features(256));
});
