/** The adapter as a card: tests of the forms that cards get, and adapters which compute on the processor do not, on whatever adapter there is. */
import { requestGpu, type RequestedDevice } from './request-device.ts';
import { Runtime } from './runtime.ts';
import { createWebgpuDevice, type WebgpuDevice } from './webgpu-device.ts';

export const asCard = (requested: RequestedDevice): RequestedDevice => ({
  ...requested,
  description: { ...requested.description, software: false },
});

/** @param requested absent: whatever adapter there is */
export async function openAsCard(requested?: RequestedDevice): Promise<WebgpuDevice> {
  const card = asCard(requested ?? (await requestGpu()));
  return createWebgpuDevice(new Runtime(card), card.description);
}
