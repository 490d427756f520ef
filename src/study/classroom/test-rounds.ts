/** Rounds of a class whose devices do what a test says, on a clock that only the test moves. */
import { expect } from 'vitest';
import { createCrew, type Weather } from '../../../tests/support/class-crew.ts';
import { tinyConfig } from '../../../tests/support/tiny-study.ts';
import type { RoundHead, StudyHead, ToHostHead } from './messages.ts';
import type { FrozenChanges, RoundNews, RoundOutcome, RoundTask } from './round.ts';
import { Rounds, type Timers } from './rounds.ts';

const STUDY: StudyHead = {
  type: 'study',
  config: tinyConfig(),
  task: 'Colours',
  classes: ['red'],
  prompts: ['red'],
  rounds: 9,
  localSteps: 2,
  backend: 'wasm',
};

export const SIZE = 3;

export const IMAGES = [10, 20, 30, 40, 50];

/** What runs when, in order; nothing waits for real time. */
function createClock() {
  let now = 0;
  let events: { readonly at: number; readonly call: () => void }[] = [];
  const timers: Timers = {
    after(milliseconds, call) {
      const event = { at: now + milliseconds, call };
      events.push(event);
      return () => void (events = events.filter((other) => other !== event));
    },
  };
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  /** Runs until the promise is settled, or nothing is left to do. @returns null in the second case */
  async function until<T>(promise: Promise<T>): Promise<T | null> {
    let found: { readonly value: T } | null = null;
    let failed: { readonly error: unknown } | null = null;
    promise.then(
      (value) => (found = { value }),
      (error: unknown) => (failed = { error }),
    );
    for (;;) {
      await settled();
      if (failed) throw (failed as { readonly error: Error }).error;
      if (found) return (found as { readonly value: T }).value;
      const next = events.toSorted((a, b) => a.at - b.at)[0];
      if (next === undefined) return null;
      events = events.filter((event) => event !== next);
      now = next.at;
      next.call();
    }
  }
  return { timers, until, now: () => now };
}

/** @param ranks of all updates @param kept number of the last ones that are there */
export const changesOf = (ranks: readonly number[] = [], kept = ranks.length): FrozenChanges => ({
  count: ranks.length,
  whole: () => new Float32Array(9),
  kept: ranks.slice(ranks.length - kept).map((rank) => ({ rank, values: new Float32Array(2 * rank) })),
});

export const taskOf = (round: number, drawn: readonly number[], changes: Partial<RoundTask> = {}): RoundTask => ({
  round,
  seed: 0,
  arm: 'lora',
  rule: 'fedit',
  drawn,
  reserves: [],
  changes: changesOf(),
  start: new Float32Array(SIZE).fill(round),
  imagesOf: (client) => IMAGES[client],
  mostImages: 50,
  ...changes,
});

/** What an honest client makes of a round. */
export const honest = (client: number, round: number): number[] =>
  Array.from({ length: SIZE }, (_, i) => 100 * client + round + i);

export function setUp(deadline: number | null = null) {
  const clock = createClock();
  const news: RoundNews[] = [];
  const room = createCrew(() => deadline);
  const rounds = new Rounds(room.crew, STUDY, (told) => news.push(told), clock.timers);
  /** A device that does what `act` says when it is asked. */
  function device(
    client: number,
    act: (head: RoundHead, answer: (changes?: Partial<ToHostHead>, values?: readonly number[]) => void) => void,
    { weather, hasOwnImages }: { readonly weather?: Weather; readonly hasOwnImages?: boolean } = {},
  ) {
    const joined = room.join(`Device ${client + 1}`, [client], { weather, hasOwnImages });
    const heads: string[] = [];
    joined.transport.listen({
      received({ head }) {
        heads.push(head.type);
        if (head.type !== 'round') return;
        act(head, (changes = {}, values = honest(client, head.round)) => {
          const own = { type: 'trained', id: head.id, clients: [client], images: [IMAGES[client]], ...changes };
          joined.transport.send({ head: own as ToHostHead, values: Float32Array.from(values) });
        });
      },
      refused: (reason) => expect.fail(reason),
      closed: () => {},
    });
    return { ...joined, heads };
  }
  const ask = (task: RoundTask, signal = new AbortController().signal) => clock.until(rounds.ask(task, signal));
  return { ...clock, rounds, room, device, ask, news };
}

export const took = (outcome: RoundOutcome | null) => outcome?.answers.map(({ client }) => client);
