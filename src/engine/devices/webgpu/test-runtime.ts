/** A Runtime on Dawn for kernel tests, and the tolerance they share. */
import { installDawn } from '../../dawn-node.ts';
import { requestGpu } from './request-device.ts';
import { Runtime } from './runtime.ts';

/** @throws Error when the machine has no Vulkan driver: then the test is to be skipped, loudly. */
export async function openTestRuntime(): Promise<Runtime> {
  await installDawn();
  return new Runtime(await requestGpu());
}
