/** The ways by which a page that leads returns to devices: it looks for as long as it is wanted. */
import { expect, it, vi } from 'vitest';
import { createDeviceReturns } from './device-returns.ts';
import { playedPeers, reply } from './test-room.ts';

const CLIENT = 2;

/** A page that looks for Ada's device. */
async function looking() {
  const cancel = vi.fn();
  const peers = playedPeers();
  peers.answerInvitation.mockImplementation(() => Promise.resolve(reply(undefined, cancel)));
  const certificates = { of: () => Promise.resolve({} as RTCCertificate) };
  const reached = vi.fn();
  const returns = createDeviceReturns(peers, certificates, 'ABCDEF', {
    linkTo: () => undefined,
    clientOf: () => undefined,
    keepWays: () => undefined,
    returned: () => undefined,
    reached,
  });
  void returns.goTo(CLIENT, [{ invitation: 'to Ada', answer: 'answer', servers: [] }]);
  await vi.waitFor(() => expect(peers.answerInvitation).toHaveBeenCalledOnce());
  await Promise.resolve();
  return { returns, cancel, reached };
}

it('a device is looked for until its client has one', async () => {
  const { returns, cancel, reached } = await looking();
  returns.stay(1);
  expect(cancel).not.toHaveBeenCalled();
  returns.stay(CLIENT);
  expect(cancel).toHaveBeenCalled();
  expect(reached).not.toHaveBeenCalled();
});

it('no device is looked for when the class is closed', async () => {
  const { returns, cancel } = await looking();
  returns.close();
  expect(cancel).toHaveBeenCalled();
});
