/** What the messages between the page that leads a class and the study worker of one that has joined say of the latter, for its panel. */
import type { ToClientHead, ToHostHead } from '../../study/classroom/messages.ts';
import type { MemberState } from './room-state.ts';

/** A page that knows of no study. */
export const NO_STUDY = { study: null, round: null, share: 0 } as const;

/** A message of the page that leads. */
export function saidByLeader(head: ToClientHead): Partial<MemberState> {
  switch (head.type) {
    case 'welcome':
      return { status: 'waiting', client: head.client };
    case 'refused':
      return { status: head.reason, ...NO_STUDY };
    case 'study':
      return {
        status: 'waiting',
        study: { task: { id: head.config.task, name: head.task }, rounds: head.rounds },
        round: null,
        share: 0,
        problem: null,
      };
    case 'round':
      return { status: 'training', round: head.round, share: 0 };
    case 'closed':
      return { status: 'waiting', share: 0 };
    case 'end':
      return { status: 'over', ...NO_STUDY };
    case 'dismissed':
      return { status: 'dismissed', ...NO_STUDY };
    case 'return':
    case 'returning':
      return {};
    default:
      return head satisfies never;
  }
}

/** A message of this page's study worker. */
export function saidByWorker(head: ToHostHead, { answers }: Pick<MemberState, 'answers'>): Partial<MemberState> {
  if (head.type === 'progress') return { status: 'training', share: head.share };
  if (head.type === 'trained') return { status: 'answered', share: 1, answers: answers + 1, images: head.images[0] };
  if (head.type === 'problem') return { problem: head.problem };
  return {};
}
