/** The classroom on the page: whether its panel is open, and what this page is in it. lead-room.ts and join-room.ts do the work; they are loaded with the panel. */
import { createStore } from 'zustand/vanilla';
import type { MemberState, RoomState, RoomStore } from './room-state.ts';

export const ROOM_KEY = 'classroom';

/** `?classroom` opens the panel, `?classroom=CODE` also names a room. */
export function createRoomStore(search: string): RoomStore {
  return createStore<RoomState>(() => ({
    isOpen: new URLSearchParams(search).has(ROOM_KEY),
    lead: null,
    member: null,
  }));
}

export const openRoomPanel = (store: RoomStore): void => store.setState({ isOpen: true });
export const closeRoomPanel = (store: RoomStore): void => store.setState({ isOpen: false });

/** Whether a page that has joined is in its class, and not on its way there or lost. */
export const isInClass = ({ client, status }: MemberState): boolean =>
  client !== null && ['waiting', 'training', 'answered'].includes(status);

/** Whether the page is there for a class: its panel is shown, or it trains for one behind it. */
export const isAboutClass = ({ isOpen, member }: RoomState): boolean =>
  isOpen || (member !== null && isInClass(member));

/** Shows an invitation that was opened on this page. It takes the place of a class that is not to be had. */
export function meetInvitation(store: RoomStore): void {
  const { member } = store.getState();
  if (member && !isInClass(member) && member.status !== 'over') member.leave();
  openRoomPanel(store);
}
