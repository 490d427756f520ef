/** Measures contenders in turns: warm-up, rounds, and a check that all computed the same. */
import { secondsAmong } from '../in-flight.ts';
import { verdicts, type ContenderAnswer } from './answers.ts';
import type { Contender, Work } from './contender.ts';
import type { ContenderId } from './contenders.ts';
import { failureText } from './failure-text.ts';
import type { Cell, TaskCells } from './measurement.ts';
import { allowance, hasTurn, isTooLong, mayRepeat, repetitionsOf, timingOfPieces, type Pending } from './plan.ts';
import type { MeasuredTask } from './tasks.ts';
import { createTimedRuns, timed, timedTrip, type Stopwatch, type TimedRuns } from './timed-runs.ts';

export interface MeasureProgress {
  /** Share of the protocol that is done, in [0, 1]. */
  readonly share: number;
  /** What is being measured; null at the end. */
  readonly task: MeasuredTask['id'] | null;
  readonly contender: ContenderId | null;
}

export interface ProtocolOptions extends Stopwatch {
  /** Seconds, divided equally among contenders: a slow one takes none from the others. */
  readonly budget: number;
  /** Gigabytes of the device; null where nobody tells. */
  readonly memory: number | null;
  /** Before every task of a contender, and after the last. */
  readonly onProgress: (progress: MeasureProgress) => void;
  /** After every task: all that were reached. */
  readonly onTask?: (tasks: readonly TaskCells[]) => void;
}

/** What is known of a contender on the way. */
interface Account {
  readonly contender: Contender;
  /** All its seconds. */
  readonly whole: number;
  /** Seconds that are left. */
  left: number;
  /** Seconds of an empty round trip; 0 before it is measured. */
  trip: number;
  /** Operations per second in the last task that tells, of warm runs and of whatever run was last; null before. */
  readonly rates: { warm: number | null; cold: number | null };
}

/** A contender that has done the first piece of a task. */
interface Ready {
  readonly account: Account;
  readonly work: Work;
  readonly runs: TimedRuns;
  readonly answer: ContenderAnswer;
  readonly pieces: number;
  readonly repetitions: number;
  /** Seconds per piece; at first those of warming up. */
  samples: number[];
  readonly warm: boolean;
  /** Why it did not come to its end. */
  failure: string | null;
}

type Outcome = { readonly ready: Ready } | { readonly cell: Cell };

/** A task, and those that come after it. */
type Upcoming = readonly [MeasuredTask, ...(readonly MeasuredTask[])];

/** @throws the signal's reason when cancelled */
export async function runProtocol(
  contenders: readonly Contender[],
  tasks: readonly MeasuredTask[],
  options: ProtocolOptions,
): Promise<TaskCells[]> {
  const whole = options.budget / contenders.length;
  const accounts = contenders.map((contender): Account => ({
    contender,
    whole,
    left: whole,
    trip: 0,
    rates: { warm: null, cold: null },
  }));
  const total = tasks.reduce((sum, { weight }) => sum + weight, 0) * contenders.length;
  let done = 0;
  const begin = (task: MeasuredTask, contender: Contender): void => {
    options.onProgress({ share: done / total, task: task.id, contender: contender.facts.id });
    done += task.weight;
  };

  for (const account of accounts) await measureTrip(account, options);
  const results: TaskCells[] = [];
  for (const [place, task] of tasks.entries()) {
    const groups = task.heavy ? accounts.map((account) => [account]) : [accounts];
    const outcomes: Outcome[] = [];
    for (const group of groups)
      outcomes.push(...(await measureBeside(group, [task, ...tasks.slice(place + 1)], options, begin)));
    results.push({ task: task.id, cells: cellsOf(outcomes, task) });
    options.onTask?.(results);
  }
  options.onProgress({ share: 1, task: null, contender: null });
  return results;
}

/** Takes what `act` lasts off the contender's time. */
async function onAccount<R>(account: Account, { now }: Stopwatch, act: () => Promise<R>): Promise<R> {
  const from = now();
  try {
    return await act();
  } finally {
    account.left -= now() - from;
  }
}

/** Contenders that fail here say so at their tasks. */
async function measureTrip(account: Account, watch: Stopwatch): Promise<void> {
  try {
    account.trip = await onAccount(account, watch, () => timedTrip(watch, account.contender));
  } catch {
    watch.signal.throwIfAborted();
  }
}

/** One task of contenders that are set up beside one another. @param begin hears of each when its turn comes */
async function measureBeside(
  group: readonly Account[],
  upcoming: Upcoming,
  options: ProtocolOptions,
  begin: (task: MeasuredTask, contender: Contender) => void,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const ready = (): Ready[] => outcomes.flatMap((outcome) => ('ready' in outcome ? [outcome.ready] : []));
  try {
    for (const account of group) {
      begin(upcoming[0], account.contender);
      outcomes.push(await onAccount(account, options, () => warmUp(account, upcoming, options)));
    }
    await takeTurns(ready(), options);
    return outcomes;
  } finally {
    for (const { account, work } of ready()) {
      await account.contender.select();
      work.dispose();
    }
  }
}

/** Sets up a task, does its first piece, and plans its runs by some of them; leaves out what is too large or too slow. */
async function warmUp(account: Account, upcoming: Upcoming, options: ProtocolOptions): Promise<Outcome> {
  const [task] = upcoming;
  const { contender, whole } = account;
  const { id } = contender.facts;
  const allowed = allowance(
    account.left,
    upcoming.map((one) => pendingOf(account, one)),
  );
  const cell = skipped(account, task, allowed, options.memory);
  if (cell) return { cell };
  let work: Work | null = null;
  const from = options.now();
  const spent = (): number => options.now() - from;
  try {
    await contender.select();
    work = await contender.prepare(task.id);
    const prepared = work;
    const first = await timed(options, contender, () => prepared.run(1));
    const answer = await work.answer();
    const runs = createTimedRuns(options, contender, work);
    const ready = { account, work, runs, answer, failure: null };
    if (!mayRepeat(first, account.left - spent(), whole))
      return { ready: { ...ready, samples: [first], warm: false, pieces: 1, repetitions: 0 } };
    const run = await runs.untilTold(account.trip, () => spent() > allowed);
    const repetitions = repetitionsOf(run, allowed - spent());
    return { ready: { ...ready, samples: [secondsAmong(run)], warm: true, pieces: run.pieces, repetitions } };
  } catch (error) {
    work?.dispose();
    if (options.signal.aborted) throw error;
    return { cell: { state: 'failed', contender: id, reason: failureText(error) } };
  }
}

/** Why a task is not begun: it would not fit the memory, or not the time; null where it would. @param allowed seconds for it @param memory gigabytes of the device */
function skipped(account: Account, task: MeasuredTask, allowed: number, memory: number | null): Cell | null {
  const { contender, rates, whole } = account;
  const { id } = contender.facts;
  const room = contender.memoryOf(task.id);
  if (memory !== null && memory < room)
    return { state: 'skipped', contender: id, why: 'memory', needs: room, has: memory };
  const expected = {
    warm: expectedAt(rates.warm, contender, task),
    cold: expectedAt(rates.cold, contender, task),
  };
  if (isTooLong(expected, allowed, whole))
    return { state: 'skipped', contender: id, why: 'time', needs: expected.warm ?? expected.cold, has: allowed };
  return null;
}

/** Rounds of all that are ready, in turns. */
async function takeTurns(ready: readonly Ready[], watch: Stopwatch): Promise<void> {
  const most = Math.max(0, ...ready.map(({ repetitions }) => repetitions));
  for (const one of ready) if (one.repetitions > 0) one.samples = [];
  for (let round = 0; round < most; round++)
    for (const one of ready) {
      if (one.failure !== null || !hasTurn(round, one.repetitions, most)) continue;
      const { account, runs, pieces } = one;
      try {
        one.samples.push(secondsAmong(await onAccount(account, watch, () => runs.of(pieces))));
      } catch (error) {
        if (watch.signal.aborted) throw error;
        one.failure = failureText(error);
      }
    }
}

/** Seconds of the least piece of a task at a rate. */
const expectedAt = (rate: number | null, contender: Contender, { id, flops }: MeasuredTask): number | null =>
  rate === null || flops === 0 ? null : flops / rate / contender.perTask(id);

const pendingOf = ({ rates, contender }: Account, task: MeasuredTask): Pending => ({
  weight: task.weight,
  expected: expectedAt(rates.warm, contender, task),
});

/** Checks the answers, and notes the rates that tell of later tasks. */
function cellsOf(outcomes: readonly Outcome[], task: MeasuredTask): Cell[] {
  const whole = outcomes.flatMap((outcome) =>
    'ready' in outcome && outcome.ready.failure === null ? [outcome.ready] : [],
  );
  const judged = verdicts(whole.map(({ answer }) => answer));
  return outcomes.map((outcome) => {
    if ('cell' in outcome) return outcome.cell;
    const { account, samples, pieces, warm, failure } = outcome.ready;
    const { id } = account.contender.facts;
    if (failure !== null) return { state: 'failed', contender: id, reason: failure };
    const timing = timingOfPieces(samples, account.contender.perTask(task.id), pieces, warm);
    // Calls measure waiting, and stock operations share nothing between coalitions: neither tells of other tasks.
    if (task.measure === 'flops' || task.measure === 'seconds') {
      account.rates.cold = task.flops / timing.median;
      if (warm) account.rates.warm = account.rates.cold;
    }
    const { deviation, isWrong } = judged[whole.indexOf(outcome.ready)];
    return { state: isWrong ? 'wrong' : 'measured', contender: id, timing, deviation };
  });
}
