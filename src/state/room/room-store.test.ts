import { expect, it, vi } from 'vitest';
import type { MemberState, MemberStatus } from './room-state.ts';
import { createRoomStore, isAboutClass, meetInvitation } from './room-store.ts';

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

it('the page is about a class while its panel is shown, and while it trains for one behind it', () => {
  const store = createRoomStore('');
  const isAbout = () => isAboutClass(store.getState());
  expect(isAbout()).toBe(false);
  store.setState({ isOpen: true });
  expect(isAbout()).toBe(true);
  store.setState({ isOpen: false, member: { status: 'training', client: 0 } as Partial<MemberState> as MemberState });
  expect(isAbout()).toBe(true);
  store.setState({ member: { status: 'over', client: 0 } as Partial<MemberState> as MemberState });
  expect(isAbout()).toBe(false);
});
