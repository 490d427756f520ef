/** Tests a device when it is opened: whether its gradients are right. Some GPUs have silently returned zeros; a device that disagrees with float64 is refused. */
import { errorText } from '../../core/error-text.ts';
import { createReferenceDevice } from '../devices/reference/reference-device.ts';
import type { Engine } from '../engine.ts';
import { DeviceLostError } from '../errors.ts';
import { createDeviceEngine } from '../passes/device-engine.ts';
import type { TinyClipShape } from '../tiny-clip.ts';
import { openTinyTrainer, tinyBatch } from '../tiny-trainer.ts';
import { ENGINE_NOTICES } from '../words.ts';
import { relativeError, repeats, TOLERANCE } from './agreement.ts';

const SELF_TEST: TinyClipShape = { layers: 2, width: 16, heads: 2, imageSize: 8, patchSize: 4 };
const SELF_TEST_BATCH = 4;

/** Two steps of two runs, one of them with closed gates: losses and gradient norms, adapters, and the moments, which hold every gradient. */
async function trajectory(engine: Engine): Promise<Float32Array[]> {
  const { trainer, pairs } = await openTinyTrainer(engine, SELF_TEST, 2, SELF_TEST_BATCH);
  const values: Float32Array[] = [];
  try {
    for (let step = 0; step < 2; step++) {
      const gates = Uint8Array.from({ length: 2 * pairs }, (_, i) => (i < pairs || (i + step) % 3 === 0 ? 1 : 0));
      const { loss, gradientNorm } = await trainer.step(tinyBatch(trainer, pairs, SELF_TEST, SELF_TEST_BATCH, gates));
      values.push(loss, gradientNorm);
    }
    const { adapters, firstMoments, secondMoments } = await trainer.save();
    return [...values, ...adapters, ...firstMoments, ...secondMoments];
  } finally {
    trainer.dispose();
  }
}

/**
 * Trains a tiny model for two steps and compares with float64; a graphics card does so again and must come to the same bits.
 * @throws DeviceLostError, or Error naming the device and its deviation when the two disagree.
 */
export async function selfTest(engine: Engine): Promise<void> {
  const { device } = engine.info;
  const expected = await trajectory(
    createDeviceEngine(createReferenceDevice(), { rows: 1024, tensorBytes: 2 ** 30, adapterBytes: 2 ** 20 }),
  );
  let actual: Float32Array[];
  let isSteady: boolean;
  try {
    actual = await trajectory(engine);
    isSteady = await repeats(engine.info, actual, () => trajectory(engine));
  } catch (cause) {
    if (cause instanceof DeviceLostError) throw cause; // it says nothing of the device's arithmetic
    const reason = errorText(cause);
    throw new Error(ENGINE_NOTICES.selfTestFailed(device, reason), { cause });
  }
  const error = Math.max(...expected.map((values, i) => relativeError(actual[i], values)));
  if (error > TOLERANCE) throw new Error(ENGINE_NOTICES.selfTestDiffers(device, error.toExponential(1)));
  if (!isSteady) throw new Error(ENGINE_NOTICES.doesNotRepeat(device));
}
