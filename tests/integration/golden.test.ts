import { describe, expect, it } from 'vitest';
import type { Device } from '../../src/engine/device.ts';
import { openNodeDevice } from '../../src/engine/node.ts';
import { createReferenceDevice } from '../../src/engine/devices/reference/reference-device.ts';
import { loadBundledBackbone } from '../../scripts/headless.ts';
import { BACKBONES } from '../../src/state/models/backbones.ts';
import { readTensors } from '../../src/model/test-golden-files.ts';
import { checkGoldenFolder } from '../support/golden/check-folder.ts';
import { inHalfPrecision, passes } from '../support/golden/compare.ts';
import { checkForward } from '../support/golden/forward.ts';
import { inHalves } from '../support/halves.ts';

async function expectAllPass(device: Device<unknown>): Promise<void> {
  let count = 0;
  for await (const line of checkGoldenFolder(device, 'tests/golden')) {
    count++;
    expect.soft(passes(line), `${line.name}: error ${line.error}, tolerance ${line.tolerance}`).toBe(true);
  }
  // clip 3 outputs, vit 2, dinov2 2, emoji-clip is checked with the bundled backbone; training 2 × 5; merge 10; Shapley 1.
  expect(count).toBeGreaterThanOrEqual(28);
  device.dispose();
}

describe('golden vectors', () => {
  it('float64 reference', async () => expectAllPass(createReferenceDevice()), 120_000);
  it('float64 over weights in half precision stays within stated bounds, and beyond those of float32', async () => {
    const lines = [];
    for await (const line of checkGoldenFolder(inHalves(createReferenceDevice()), 'tests/golden')) lines.push(line);
    for (const line of lines.map(inHalfPrecision))
      expect.soft(passes(line), `${line.name}: error ${line.error}, tolerance ${line.tolerance}`).toBe(true);
    expect(lines.filter((line) => !passes(line)).length).toBeGreaterThan(5);
  }, 120_000);
  it('wasm', async () => expectAllPass(await openNodeDevice('wasm', { threads: 2 })), 120_000);
  it('tfjs-cpu', async () => expectAllPass(await openNodeDevice('tfjs-cpu')), 120_000);
  it('tfjs-wasm', async () => expectAllPass(await openNodeDevice('tfjs-wasm')), 120_000);
});

describe('the bundled backbones', () => {
  it.each(BACKBONES.map(({ id }) => id))('%s computes the embeddings of its check vectors', async (id) => {
    const { backbone } = await loadBundledBackbone(id);
    const device = await openNodeDevice('wasm', { threads: 1 });
    const lines = await checkForward(device, id, backbone, readTensors(`tests/golden/${id}/check.safetensors`));
    expect(lines.map((line) => line.name)).toEqual([`${id} image_embeds_normalised`, `${id} text_embeds_normalised`]);
    for (const line of lines) expect.soft(passes(line), `${line.name}: error ${line.error}`).toBe(true);
    device.dispose();
  });
});
