/** On which device the worker runs a study. */
import { expect, it, vi } from 'vitest';
import { studyResultFixture } from '../../tests/fixtures/study-result.ts';
import { PRESETS } from '../study/presets/presets.ts';
import { Studies, type DeviceFor } from './studies.ts';

const { config } = PRESETS[0];
const backbone = { vision: {} };

/** What a study says of the device it was begun on, when it asks for one. */
async function begunOn(start: (studies: Studies, device: DeviceFor) => Promise<void>): Promise<string | null> {
  const inputs = { inputsOf: () => Promise.resolve({ model: { backbone }, task: {} }) };
  const store = {
    whileRunning: (_: string, work: () => Promise<void>) => work(),
    load: () => Promise.resolve({ checkpoint: { head: { backend: 'webgpu', config } }, dataset: null }),
  };
  const find = () => Promise.resolve({ store });
  const studies = new Studies(...([inputs, find] as unknown as ConstructorParameters<typeof Studies>));
  const device = vi.fn<DeviceFor>(() => Promise.reject(new Error('None is open.')));
  await expect(start(studies, device)).rejects.toThrow('None is open.');
  expect(device).toHaveBeenCalledExactlyOnceWith(backbone, device.mock.calls[0][1]);
  return device.mock.calls[0][1];
}

it('a study that is continued and one that gets more seeds ask for the device they were begun on, and a new one for any', async () => {
  const { provenance, ...found } = studyResultFixture();
  const result = { ...found, provenance: { ...provenance, backend: 'webgpu' } };
  const asked = { config, dataset: null, study: 'a study' };
  const tell = () => {};
  expect(await begunOn((studies, device) => studies.run(device, { ...asked, known: null }, tell))).toBeNull();
  expect(
    await begunOn((studies, device) => studies.run(device, { ...asked, known: { result, adapters: [] } }, tell)),
  ).toBe('webgpu');
  expect(await begunOn((studies, device) => studies.goOn(device, { study: 'a study', simulates: false }, tell))).toBe(
    'webgpu',
  );
});
