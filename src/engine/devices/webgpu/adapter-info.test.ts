import { expect, it } from 'vitest';
import { infoOf, nameOf } from './adapter-info.ts';
import { requestGpu, type GpuAdapter } from './request-device.ts';
import { hardwareOf } from './tuning/hardware.ts';

/** A card whose adapter and device say as much of themselves. */
const opened = (ofAdapter?: Partial<GPUAdapterInfo>, ofDevice?: Partial<GPUAdapterInfo>) => {
  const features = new Set(['subgroups']);
  const adapter: GpuAdapter = {
    features,
    limits: {} as GpuAdapter['limits'],
    ...(ofAdapter && { info: ofAdapter }),
    // No other part of the interface is used.
    requestDevice: () => Promise.resolve({ features, adapterInfo: ofDevice } as unknown as GPUDevice),
  };
  return requestGpu({ requestAdapter: () => Promise.resolve(adapter) });
};

it('opens a card of a browser that tells nothing of adapters', async () => {
  const requested = await opened();
  expect(requested.description).toMatchObject({ name: 'unnamed adapter', vendor: '', software: false });
  expect(hardwareOf(requested)).toMatchObject({ subgroup: null, subgroups: true, sizes: [] });
});

it('takes from the adapter what the device does not tell', async () => {
  const lanes = { subgroupMinSize: 32, subgroupMaxSize: 32 };
  expect(hardwareOf(await opened({ vendor: 'apple', ...lanes })).subgroup).toBe(32);
  expect(hardwareOf(await opened({ vendor: 'apple' }, lanes)).subgroup).toBe(32);
});

it('reads fields that are not properties of the object itself', () => {
  class Info {
    get vendor() {
      return 'intel';
    }
    get architecture() {
      return 'xe';
    }
  }
  expect(nameOf(infoOf(new Info()))).toBe('intel xe');
});
