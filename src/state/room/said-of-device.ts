/** What the messages between the study and a device say of that device, for the panel of the class. */
import type { ToClientHead, ToHostHead } from '../../study/classroom/messages.ts';
import type { RoomDevice } from './room-state.ts';

/** A device that no round of the study has asked yet. */
export const UNASKED = { status: 'waiting', share: 0, round: null, images: null, problem: null } as const;

/** By a message from the device; null: nothing. */
export function saidByDevice(head: ToHostHead): Partial<RoomDevice> | null {
  switch (head.type) {
    case 'progress':
      return { status: 'training', share: head.share };
    case 'trained':
      return { status: 'answered', share: 1, images: head.images[0], problem: null };
    case 'problem':
      return { status: 'waiting', share: 0, problem: head.problem };
    default:
      return null;
  }
}

/** By a message to the device; null: nothing. */
export function saidToDevice(head: ToClientHead): Partial<RoomDevice> | null {
  switch (head.type) {
    case 'round':
      return { status: 'training', share: 0, round: head.round };
    case 'closed':
      return { status: 'waiting', share: 0 };
    case 'study':
      return UNASKED;
    case 'end':
      return { status: 'waiting', share: 0 };
    default:
      return null;
  }
}
