/** What the page knows of the classroom. */
import type { StoreApi } from 'zustand/vanilla';
import type { DeviceProblem } from '../../study/classroom/device-problem.ts';

export interface RoomState {
  readonly isOpen: boolean;
  /** This page leads; null: it does not. */
  readonly lead: LeadState | null;
  /** This page has joined, or tries to; null: it does not. */
  readonly member: MemberState | null;
}

export type RoomStore = StoreApi<RoomState>;

export type DeviceStatus = 'waiting' | 'training' | 'answered' | 'gone';

/** A device of the class, as the panel shows it. */
export interface RoomDevice {
  readonly id: string;
  readonly token: string;
  readonly name: string;
  readonly client: number;
  readonly hasOwnImages: boolean;
  /** A tab of this browser, or another device. */
  readonly way: Way;
  readonly status: DeviceStatus;
  /** Of the round's steps, while it trains. */
  readonly share: number;
  /** The last round that it was asked for, from 0; null: none yet. */
  readonly round: number | null;
  /** That its last adapter was trained on, as it says; null: none came yet. */
  readonly images: number | null;
  /** What it said of itself; null: nothing. */
  readonly problem: DeviceProblem | null;
}

export type Way = 'tab' | 'device';

/** An invitation that waits for its device. */
interface OpenInvitation {
  /** Text for that device. */
  readonly code: string;
  /** Its answer is taken. */
  readonly isConnecting: boolean;
}

/** Why nobody was invited. */
export type InviteProblem =
  /** What was entered is no answer, or one to another invitation. */
  | { readonly type: 'bad-answer' }
  /** No way to the other device is found. */
  | { readonly type: 'no-way' }
  | { readonly type: 'failed'; readonly reason: string };

export interface LeadState {
  readonly code: string;
  /** Seconds of a round; null: no deadline. */
  readonly deadline: number | null;
  readonly devices: readonly RoomDevice[];
  /** The panel may be closed while it is carried to the other device. */
  readonly invitation: OpenInvitation | null;
  readonly inviteProblem: InviteProblem | null;
  readonly room: LeadRoom;
}

export interface LeadRoom {
  readonly setDeadline: (seconds: number | null) => void;
  /** Invites one device over the network, in place of the one that was invited before and has not come. @param servers STUN or TURN servers; empty: this network only */
  readonly invite: (servers: readonly string[]) => Promise<void>;
  /** Takes the invited device's answer. */
  readonly accept: (answer: string) => Promise<void>;
  /** Sends a device away, until the class is closed. */
  readonly remove: (id: string) => void;
  readonly close: () => void;
}

export type MemberStatus =
  /** No page leads the room yet. */
  | 'looking'
  /** The answer to an invitation waits for its reader. */
  | 'answering'
  /** It waits, and no way to the leading page is found; one may be, once that page has the answer. */
  | 'unreached'
  | 'waiting'
  | 'training'
  | 'answered'
  /** The study has ended, to its end or by a stop. Another may follow. */
  | 'over'
  /** The connection is lost, and this page and the leading one look for one another: in this browser, or by the ways back that were agreed on. */
  | 'returning'
  /** The connection is lost, and no way back was agreed on, or none is found in time; one may be, as long as both pages are there. */
  | 'lost'
  /** By the page that leads: the class is closed. A tab of its browser is in it again if it is opened again. */
  | 'dismissed'
  | 'full'
  | 'version'
  /** By the page that leads. */
  | 'sent-away'
  /** What was entered is no invitation. */
  | 'no-invitation'
  | 'failed';

/** What a page that has joined shows. */
export interface MemberState {
  readonly status: MemberStatus;
  readonly name: string;
  /** Code of the room; empty: it was invited as a device. */
  readonly code: string;
  /** Text that the leading page wants to have; empty: none. */
  readonly answer: string;
  readonly hasOwnImages: boolean;
  readonly client: number | null;
  /** The study's task, by the name that every device knows, and its number of rounds; null: no study runs. */
  readonly study: { readonly task: { readonly id: string; readonly name: string }; readonly rounds: number } | null;
  /** From 0; null: none yet. */
  readonly round: number | null;
  readonly share: number;
  /** That the last adapter was trained on; null: none was sent. */
  readonly images: number | null;
  /** Adapters that were sent. */
  readonly answers: number;
  /** Bytes of all messages. */
  readonly sent: number;
  readonly received: number;
  readonly problem: DeviceProblem | null;
  /** What this page says while its device, which was lost, is opened again; null: it is not. */
  readonly deviceWait: string | null;
  readonly leave: () => void;
}
