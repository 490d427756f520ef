/** What the WebGPU backend of TensorFlow.js does otherwise than its other backends. */
import { it } from 'vitest';
import { openNodeDevice } from '../../node.ts';
import { expectDivergenceStays } from '../../passes/test-divergence.ts';
import { testVit } from '../../passes/test-models.ts';

it('a run that diverges changes no other', async () => {
  await expectDivergenceStays(await openNodeDevice('tfjs-webgpu'), testVit(), NaN);
}, 120_000); // software adapters compile for seconds
