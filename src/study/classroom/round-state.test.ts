/** What follows from how far a round is, as tables. */
import { describe, expect, it } from 'vitest';
import type { CrewDevice } from './crew.ts';
import type { ClientAnswer, RoundTask } from './round.ts';
import { begun, stageOf, wantedClients, type RoundState } from './round-state.ts';

const device = (...holds: readonly number[]): CrewDevice => ({
  name: `Device ${holds.join(' ')}`,
  holds,
  isTrusted: false,
  hasOwnImages: false,
  transport: { send: () => 0, listen: () => {}, close: () => {} },
});
const [A, B, C, D] = [device(0), device(1), device(2), device(3)];

interface Given {
  readonly asked?: readonly (readonly [number, CrewDevice])[];
  readonly failed?: readonly (readonly [number, 'late' | 'not-finite' | 'no-message'])[];
  readonly answered?: readonly number[];
  readonly beyond?: readonly CrewDevice[];
  readonly hoped?: readonly CrewDevice[];
  readonly trains?: readonly CrewDevice[];
  readonly isLate?: boolean;
}

const TASK: RoundTask = {
  round: 0,
  seed: 0,
  arm: 'lora',
  rule: 'fedit',
  drawn: [0, 1],
  reserves: [3, 2],
  start: new Float32Array(1),
  imagesOf: () => 1,
  mostImages: 1,
  changes: { count: 0, kept: [], whole: () => new Float32Array(0) },
};
const answerOf = (client: number): ClientAnswer => ({ client, images: 1, own: null, adapter: new Float32Array(1) });

const stateOf = ({ asked, failed, answered = [], beyond, hoped, trains, isLate = false }: Given): RoundState => ({
  ...begun(TASK),
  asked: new Map(asked),
  failed: new Map(failed),
  answers: new Map(answered.map((one) => [one, answerOf(one)])),
  beyond: new Set(beyond),
  hoped: new Set(hoped),
  trains: new Set(trains),
  isLate,
});

const BOTH = [
  [0, A],
  [1, B],
] as const;

describe('the clients that a round wants are', () => {
  it.each<readonly [what: string, here: readonly CrewDevice[], given: Given, wanted: readonly number[]]>([
    ['the drawn ones while one of them is here', [B, C, D], {}, [0, 1]],
    ['as many in reserve, in their order, while none is', [C, D], {}, [3, 2]],
    ['those in reserve that are here', [C], {}, [2]],
    ['nobody while nobody is here', [], {}, []],
    ['the drawn ones once one has answered, though all have left', [C, D], { answered: [0] }, [0, 1]],
    ['those in reserve when messages cannot hold what the drawn ones lack', [A, D], { beyond: [A] }, [3]],
    [
      'those in reserve when the drawn ones are late',
      [A, B, D],
      {
        asked: BOTH,
        failed: [
          [0, 'late'],
          [1, 'late'],
        ],
      },
      [3],
    ],
    [
      'one in reserve when one drawn adapter is not finite',
      [A, C, D],
      { asked: [[0, A]], failed: [[0, 'not-finite']] },
      [3],
    ],
    [
      'no others when two find the same',
      [A, B, C, D],
      {
        asked: BOTH,
        failed: [
          [0, 'not-finite'],
          [1, 'not-finite'],
        ],
      },
      [0, 1],
    ],
  ])('%s', (_what, here, given, wanted) => {
    expect(wantedClients(stateOf(given), here)).toEqual(wanted);
  });
});

describe('a round', () => {
  it.each<readonly [what: string, here: readonly CrewDevice[], given: Given, stage: ReturnType<typeof stageOf>]>([
    ['waits where nobody was asked', [C], {}, 'nobody-here'],
    ['waits where all that were asked have left', [C], { asked: BOTH }, 'nobody-here'],
    ['goes on while one that was asked trains', [A, B], { asked: BOTH, answered: [0] }, 'under-way'],
    ['is done when all have answered', [A, B], { asked: BOTH, answered: [0, 1] }, 'done'],
    ['is done when those without an answer have left', [A], { asked: BOTH, answered: [0] }, 'done'],
    ['is done at its deadline with one answer', [A, B], { asked: BOTH, answered: [0], isLate: true }, 'done'],
    [
      'is done when the other cannot answer',
      [A, B],
      { asked: BOTH, answered: [0], failed: [[1, 'no-message']] },
      'done',
    ],
    ['goes on without an answer', [A], { asked: [[0, A]], failed: [[0, 'late']] }, 'under-way'],
    ['is done when the only adapter is not finite', [A], { asked: [[0, A]], failed: [[0, 'not-finite']] }, 'done'],
    [
      'goes on when one adapter is not finite while another is hoped for',
      [A, B],
      {
        asked: BOTH,
        failed: [
          [0, 'not-finite'],
          [1, 'late'],
        ],
        hoped: [B],
      },
      'under-way',
    ],
    [
      'goes on when one adapter is not finite while a late device says that it trains',
      [A, B],
      {
        asked: BOTH,
        failed: [
          [0, 'not-finite'],
          [1, 'late'],
        ],
        trains: [B],
      },
      'under-way',
    ],
    [
      'is done when one adapter is not finite and nothing is heard of the other',
      [A, B],
      {
        asked: BOTH,
        failed: [
          [0, 'not-finite'],
          [1, 'late'],
        ],
      },
      'done',
    ],
    [
      'does not count an adapter that is not finite of a device that has left',
      [B],
      {
        asked: BOTH,
        failed: [
          [0, 'not-finite'],
          [1, 'late'],
        ],
      },
      'under-way',
    ],
  ])('%s', (_what, here, given, stage) => {
    expect(stageOf(stateOf(given), here)).toBe(stage);
  });
});
