/** Classes in addresses, and in what somebody enters to join one. */
import { ROOM_KEY } from './room-store.ts';

/** A device's invitation in the fragment of an address (join-room.ts). */
const HOLDS_INVITATION = /^#i1\.[\w-]+$/;

export const invitationIn = (hash: string): string | null => (HOLDS_INVITATION.test(hash) ? hash.slice(4) : null);

/** The class that an address names, by an invitation or the code of a room; empty: none. */
export const classAsked = ({ search, hash }: Pick<Location, 'search' | 'hash'>): string =>
  invitationIn(hash) ?? new URLSearchParams(search).get(ROOM_KEY) ?? '';

/** Longer texts are meant as invitations, also those of which a part is missing. */
const LONGEST_CODE = 20;

/** What somebody entered to join: an invitation, or the code of a room, alone or in the address that the leading page shows. */
export function joinedBy(text: string): { readonly invitation: string } | { readonly code: string } {
  const entered = text.replaceAll(/\s/g, '');
  const carried = /#i1\.(.*)$/.exec(entered)?.[1];
  if (carried !== undefined) return { invitation: carried };
  const address = new RegExp(`[?&]${ROOM_KEY}=([^&#]+)`).exec(entered);
  if (!address && entered.length > LONGEST_CODE) return { invitation: entered };
  return { code: (address?.[1] ?? entered).toUpperCase() };
}

/** A query with the key of the panel, so that a page that leads shows it again when it is loaded again. */
export const withRoomKey = (search: string): string =>
  new URLSearchParams(search).has(ROOM_KEY) ? search : `${search}${search ? '&' : '?'}${ROOM_KEY}`;
