import { describe, expect, it } from 'vitest';
import { ROUND } from '../../study/classroom/test-round.ts';
import type { ToClientHead, ToHostHead } from '../../study/classroom/messages.ts';
import { NO_STUDY, saidByLeader, saidByWorker } from './said-of-member.ts';
import { STUDY } from './test-room.ts';

describe('what a page that has joined shows', () => {
  it('follows the leading page through a study', () => {
    const problem = { kind: 'needs-own' } as const;
    const shown = [STUDY, ROUND, { type: 'closed', id: ROUND.id }, { type: 'end' }] satisfies ToClientHead[];
    let member: object = { status: 'waiting', ...NO_STUDY, problem };
    const states = shown.map((head) => (member = { ...member, ...saidByLeader(head) }));
    const study = { task: { id: STUDY.config.task, name: 'Colours' }, rounds: 3 };
    expect(states).toEqual([
      { status: 'waiting', study, round: null, share: 0, problem: null },
      { status: 'training', study, round: ROUND.round, share: 0, problem: null },
      { status: 'waiting', study, round: ROUND.round, share: 0, problem: null },
      { status: 'over', ...NO_STUDY, problem: null },
    ]);
  });
  it('is no study any more where the leading page has refused or dismissed it, and stays while ways back are agreed on', () => {
    expect(saidByLeader({ type: 'refused', reason: 'full' })).toEqual({ status: 'full', ...NO_STUDY });
    expect(saidByLeader({ type: 'dismissed' })).toEqual({ status: 'dismissed', ...NO_STUDY });
    expect(saidByLeader({ type: 'return', invitation: 'i' })).toEqual({});
  });
  it('counts the adapters of its worker, and keeps what that trained on when it cannot take part', () => {
    const trained: ToHostHead = { type: 'trained', id: 7, clients: [0], images: [12] };
    expect(saidByWorker(trained, { answers: 2 })).toEqual({ status: 'answered', share: 1, answers: 3, images: 12 });
    expect(saidByWorker({ type: 'progress', id: 7, share: 0.4 }, { answers: 2 })).toEqual({
      status: 'training',
      share: 0.4,
    });
    const problem = { kind: 'needs-own' } as const;
    expect(saidByWorker({ type: 'problem', problem }, { answers: 2 })).toEqual({ problem });
  });
});
