import { expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { MemberState, RoomState } from '../room/room-state.ts';
import { createRoomStore } from '../room/room-store.ts';
import { createStudyStore } from '../study/study-store.ts';
import { keepScreenOn } from './screen-on.ts';

/** A page, and how many locks it holds after what was done. */
function page(request?: () => Promise<{ release(): Promise<void> }>) {
  const study = createStudyStore();
  const room = createStore<RoomState>(() => createRoomStore('').getState());
  let look = () => {};
  const document = { hidden: false, addEventListener: (_: string, listener: () => void) => void (look = listener) };
  let held = 0;
  const asked = vi.fn(
    request ??
      (() => {
        held++;
        return Promise.resolve({ release: () => Promise.resolve(void held--) });
      }),
  );
  keepScreenOn({ study, room }, { navigator: { wakeLock: { request: asked } }, document });
  const after = async (act: () => void): Promise<number> => {
    act();
    await new Promise((resolve) => setTimeout(resolve));
    return held;
  };
  const seen = (hidden: boolean) => () => {
    document.hidden = hidden;
    look();
  };
  return { study, room, asked, after, seen };
}

it('keeps the screen on while a study runs, not while it is paused, and asks for that once', async () => {
  const { study, asked, after } = page();
  expect(await after(() => {})).toBe(0);
  expect(await after(() => study.setState({ status: 'starting' }))).toBe(1);
  expect(await after(() => study.setState({ status: 'running' }))).toBe(1);
  expect(await after(() => study.setState({ error: null }))).toBe(1);
  expect(asked).toHaveBeenCalledTimes(1);
  expect(await after(() => study.setState({ status: 'paused' }))).toBe(0);
  expect(await after(() => study.setState({ status: 'running' }))).toBe(1);
  expect(await after(() => study.setState({ status: 'idle' }))).toBe(0);
});

it('gives the lock back when the page is hidden, and takes it again when it is seen', async () => {
  const { study, after, seen } = page();
  expect(await after(() => study.setState({ status: 'running' }))).toBe(1);
  expect(await after(seen(true))).toBe(0);
  expect(await after(seen(false))).toBe(1);
  await after(seen(true));
  await after(() => study.setState({ status: 'idle' }));
  expect(await after(seen(false))).toBe(0);
});

it('keeps the screen of a device on that trains for a class', async () => {
  const { room, after } = page();
  const member = { study: { task: { id: 'food', name: 'Food' }, rounds: 3 } } as MemberState;
  expect(await after(() => room.setState({ member }))).toBe(1);
  expect(await after(() => room.setState({ member: { ...member, study: null } }))).toBe(0);
});

it('holds no lock that comes when the study has ended', async () => {
  let grant = () => {};
  const release = vi.fn(() => Promise.resolve());
  const { study, after } = page(() => new Promise((resolve) => (grant = () => resolve({ release }))));
  await after(() => study.setState({ status: 'running' }));
  await after(() => study.setState({ status: 'idle' }));
  await after(grant);
  expect(release).toHaveBeenCalledOnce();
});

it('says nothing where the lock is refused or unknown, and asks again for the next study', async () => {
  const { study, asked, after } = page(() => Promise.reject(new DOMException('', 'NotAllowedError')));
  for (const status of ['running', 'idle', 'running'] as const) await after(() => study.setState({ status }));
  expect(asked).toHaveBeenCalledTimes(2);
  const document = { hidden: false, addEventListener: () => {} };
  expect(() => keepScreenOn({ study, room: createRoomStore('') }, { navigator: {}, document })).not.toThrow();
});
