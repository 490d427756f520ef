import { expect, it, vi } from 'vitest';
import type { MemberState, MemberStatus } from './room-state.ts';
import { createRoomStore, meetInvitation } from './room-store.ts';

it.each<[MemberStatus, boolean]>([
  ['waiting', true],
  ['over', true],
  ['answering', false],
  ['returning', false],
  ['dismissed', false],
])('an invitation is shown to a page that has joined and is “%s”; it stays there: %s', (status, stays) => {
  const store = createRoomStore('');
  const leave = vi.fn();
  store.setState({ member: { status, client: 0, leave } as Partial<MemberState> as MemberState });
  meetInvitation(store);
  expect(store.getState().isOpen).toBe(true);
  expect(leave).toHaveBeenCalledTimes(stays ? 0 : 1);
});
