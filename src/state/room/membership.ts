/** What a tab that has joined a class keeps of it, so that it enters again by itself when it is loaded again. */
import * as v from 'valibot';
import { hold, type Tabs } from '../../platform/links/tab-links.ts';
import { randomId } from '../../platform/random-id.ts';
import { DeviceNameSchema } from '../../study/classroom/messages.ts';
import { forget, remember, remembered, type TabKeeper } from '../page/keeper.ts';
import { WayBackSchema } from './ways-back.ts';

const KEY = 'copra-class-membership';
const TOKEN_KEY = 'copra-device-token';

/** A page that is loaded again asks before the browser has taken down the one before. */
export const RELOAD_MS = 3000;

const MembershipSchema = v.object({
  name: DeviceNameSchema,
  /** Whether it trains on images of its own. */
  own: v.boolean(),
  /** The code of a room in this browser, or the way back to a page that invited it. */
  by: v.union([v.object({ code: v.string() }), WayBackSchema]),
  /** The class that the address named when it joined, a code or an invitation; empty: none. */
  at: v.optional(v.string(), ''),
});
export type Membership = v.InferOutput<typeof MembershipSchema>;

/** The class that this tab was in; null: none. */
export function membershipIn(kept: TabKeeper): Membership | null {
  try {
    return v.parse(MembershipSchema, JSON.parse(remembered(kept, KEY) ?? ''));
  } catch {
    return null;
  }
}

export const keepMembership = (kept: TabKeeper, membership: Membership): void =>
  remember(kept, KEY, JSON.stringify(membership));

export const forgetMembership = (kept: TabKeeper): void => forget(kept, KEY);

/** By which a class knows this tab when it returns, as long as no other tab is known by it. */
export interface Token {
  readonly text: string;
  /** Another tab may have it from now on. */
  readonly release: () => void;
}

const lockOf = (text: string): string => `copra-device-${text}`;

/** The token of the page that was here before; null where a tab of which this one is a copy has it. */
export async function returningToken(kept: TabKeeper, tabs: Pick<Tabs, 'locks'>): Promise<Token | null> {
  const text = remembered(kept, TOKEN_KEY);
  const release = text === null ? null : await hold(tabs, lockOf(text), RELOAD_MS);
  return text === null || !release ? null : { text, release };
}

/** The token of this tab; a new one where it has none, or is the copy of a tab that has it. */
export async function tokenOf(kept: TabKeeper, tabs: Pick<Tabs, 'locks'>): Promise<Token> {
  const before = remembered(kept, TOKEN_KEY);
  const held = before === null ? null : await hold(tabs, lockOf(before));
  if (before !== null && held) return { text: before, release: held };
  const text = randomId();
  remember(kept, TOKEN_KEY, text);
  return { text, release: (await hold(tabs, lockOf(text))) ?? (() => undefined) };
}
