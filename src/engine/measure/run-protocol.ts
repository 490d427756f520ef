/** Measures contenders in turns: warm-up, rounds, and a check that all computed the same. */
import { errorText } from '../../core/error-text.ts';
import { quantile } from '../../core/statistics.ts';
import { secondsAmong, type Run } from '../in-flight.ts';
import { verdicts, type Answer } from './answers.ts';
import type { Contender, Work } from './contender.ts';
import type { ContenderId } from './contenders.ts';
import type { Cell, TaskCells } from './measurement.ts';
import { allowance, hasTurn, isTooLong, mayRepeat, nextPieces, repetitionsOf, timingOf, type Pending } from './plan.ts';
import type { MeasuredTask } from './tasks.ts';

/** Empty round trips that are timed. */
const TIMED_TRIPS = 5;

export interface Progress {
  /** Share of the protocol that is done, in [0, 1]. */
  readonly share: number;
  /** What is being measured; null at the end. */
  readonly task: MeasuredTask['id'] | null;
  readonly contender: ContenderId | null;
}

export interface ProtocolOptions {
  /** Seconds, divided equally among contenders: a slow one takes none from the others. */
  readonly budget: number;
  /** Gigabytes of the device; null where nobody tells. */
  readonly memory: number | null;
  /** Seconds that only rise. */
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Ends the task of the event loop between runs, so that a cancellation arrives. */
  readonly between: () => Promise<void>;
  /** Before every task of a contender, and after the last. */
  readonly onProgress: (progress: Progress) => void;
}

/** What is known of a contender on the way. */
interface Account {
  readonly contender: Contender;
  /** Seconds of an empty round trip; 0 before it is measured. */
  trip: number;
  /** Seconds that are left. */
  left: number;
  /** Operations per second in the last task that tells, of warm runs and of whatever run was last; null before. */
  readonly rates: { warm: number | null; cold: number | null };
}

/** A contender that has done the first piece of a task. */
interface Ready {
  readonly account: Account;
  readonly work: Work;
  readonly answer: Answer;
  readonly pieces: number;
  readonly repetitions: number;
  /** Seconds per piece; at first those of warming up. */
  samples: number[];
  /** Seconds of warm pieces that ran alone. */
  readonly lone: number[];
  readonly warm: boolean;
  /** Why it did not come to its end. */
  failure: string | null;
}

type Outcome = { readonly ready: Ready } | { readonly cell: Cell };

/** Seconds of the least piece of a task at a rate. */
const expectedAt = (rate: number | null, { contender }: Account, { id, flops }: MeasuredTask): number | null =>
  rate === null || flops === 0 ? null : flops / rate / contender.perTask(id);

const pendingOf = (account: Account, task: MeasuredTask): Pending => ({
  weight: task.weight,
  expected: expectedAt(account.rates.warm, account, task),
});

/** @throws the signal's reason when cancelled */
export async function runProtocol(
  contenders: readonly Contender[],
  tasks: readonly MeasuredTask[],
  { budget, memory, now, signal, between, onProgress }: ProtocolOptions,
): Promise<TaskCells[]> {
  const whole = budget / contenders.length;
  const accounts = contenders.map((contender): Account => ({
    contender,
    trip: 0,
    left: whole,
    rates: { warm: null, cold: null },
  }));
  const total = tasks.reduce((sum, { weight }) => sum + weight, 0) * contenders.length;
  let done = 0;

  /** Takes what `act` lasts off the contender's time. */
  const onAccount = async <R>(account: Account, act: () => Promise<R>): Promise<R> => {
    const from = now();
    try {
      return await act();
    } finally {
      account.left -= now() - from;
    }
  };

  /** Seconds that `act` takes. */
  const timed = async ({ contender }: Account, act: () => Promise<unknown>): Promise<number> => {
    await between();
    signal.throwIfAborted();
    await contender.select();
    const from = now();
    await act();
    return now() - from;
  };

  /** Pieces together, and one alone where there are several. @param lone seconds of those that ran alone before; gets the new one */
  const runOf = async (account: Account, work: Work, pieces: number, lone: number[]): Promise<Run> => {
    lone.push(await timed(account, () => work.run(1)));
    // One that was disturbed would make the others look fast.
    const usual = quantile(lone, 0.5);
    return {
      pieces,
      lone: usual,
      all: pieces === 1 ? lone[lone.length - 1] : await timed(account, () => work.run(pieces)),
    };
  };

  /** Tries more and more pieces until a run tells what one takes, or the time is spent. */
  const planned = async (account: Account, work: Work, lone: number[], isLate: () => boolean): Promise<Run> => {
    let run = await runOf(account, work, 1, lone);
    for (;;) {
      const pieces = nextPieces(run, account.trip);
      if (pieces === null || isLate()) return run;
      run = { pieces, lone: run.lone, all: await timed(account, () => work.run(pieces)) };
    }
  };

  /** Contenders that fail here say so at their tasks. */
  const measureTrip = async (account: Account): Promise<void> => {
    try {
      const seconds: number[] = [];
      for (let i = 0; i <= TIMED_TRIPS; i++) seconds.push(await timed(account, () => account.contender.roundTrip()));
      account.trip = quantile(seconds.slice(1), 0.5); // the first one compiles
    } catch {
      signal.throwIfAborted();
    }
  };

  const warmUp = async (account: Account, task: MeasuredTask, later: readonly MeasuredTask[]): Promise<Outcome> => {
    const { contender } = account;
    const { id } = contender.facts;
    const expected = {
      warm: expectedAt(account.rates.warm, account, task),
      cold: expectedAt(account.rates.cold, account, task),
    };
    const all = [task, ...later].map((one) => pendingOf(account, one));
    const allowed = allowance(account.left, all);
    const needs = contender.memoryOf(task.id);
    if (memory !== null && memory < needs)
      return { cell: { state: 'skipped', contender: id, why: 'memory', needs, has: memory } };
    if (isTooLong(expected, allowed, whole))
      return {
        cell: { state: 'skipped', contender: id, why: 'time', needs: expected.warm ?? expected.cold, has: allowed },
      };
    let work: Work | null = null;
    const from = now();
    try {
      await contender.select();
      work = await contender.prepare(task.id);
      const prepared = work;
      const first = await timed(account, () => prepared.run(1));
      const answer = await work.answer();
      const lone: number[] = [];
      const ready = { account, work, answer, lone, failure: null };
      if (!mayRepeat(first, account.left - (now() - from), whole))
        return { ready: { ...ready, samples: [first], warm: false, pieces: 1, repetitions: 0 } };
      const run = await planned(account, work, lone, () => now() - from > allowed);
      const repetitions = repetitionsOf(run, allowed - (now() - from));
      return { ready: { ...ready, samples: [secondsAmong(run)], warm: true, pieces: run.pieces, repetitions } };
    } catch (error) {
      work?.dispose();
      if (signal.aborted) throw error;
      return { cell: { state: 'failed', contender: id, reason: errorText(error) } };
    }
  };

  /** Rounds of all that are ready, in turns. */
  const takeTurns = async (ready: readonly Ready[]): Promise<void> => {
    const most = Math.max(0, ...ready.map(({ repetitions }) => repetitions));
    for (const one of ready) if (one.repetitions > 0) one.samples = [];
    for (let round = 0; round < most; round++)
      for (const one of ready) {
        if (one.failure !== null || !hasTurn(round, one.repetitions, most)) continue;
        const { account, work, pieces, lone } = one;
        try {
          one.samples.push(secondsAmong(await onAccount(account, () => runOf(account, work, pieces, lone))));
        } catch (error) {
          if (signal.aborted) throw error;
          one.failure = errorText(error);
        }
      }
  };

  /** One task of contenders that are set up beside one another. */
  const measure = async (
    group: readonly Account[],
    task: MeasuredTask,
    later: readonly MeasuredTask[],
  ): Promise<Outcome[]> => {
    const outcomes: Outcome[] = [];
    const ready = (): Ready[] => outcomes.flatMap((outcome) => ('ready' in outcome ? [outcome.ready] : []));
    try {
      for (const account of group) {
        onProgress({ share: done / total, task: task.id, contender: account.contender.facts.id });
        outcomes.push(await onAccount(account, () => warmUp(account, task, later)));
        done += task.weight;
      }
      await takeTurns(ready());
      return outcomes;
    } finally {
      for (const { account, work } of ready()) {
        await account.contender.select();
        work.dispose();
      }
    }
  };

  for (const account of accounts) await onAccount(account, () => measureTrip(account));
  const results: TaskCells[] = [];
  for (const [place, task] of tasks.entries()) {
    const later = tasks.slice(place + 1);
    const groups = task.heavy ? accounts.map((account) => [account]) : [accounts];
    const outcomes: Outcome[] = [];
    for (const group of groups) outcomes.push(...(await measure(group, task, later)));
    results.push({ task: task.id, cells: cellsOf(outcomes, task) });
  }
  onProgress({ share: 1, task: null, contender: null });
  return results;
}

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
    const timing = timingOf(samples, account.contender.perTask(task.id), pieces, warm);
    // Calls measure waiting, and stock operations share nothing between coalitions: neither tells of other tasks.
    if (task.measure === 'flops' || task.measure === 'seconds') {
      account.rates.cold = task.flops / timing.median;
      if (warm) account.rates.warm = account.rates.cold;
    }
    const { deviation, isWrong } = judged[whole.indexOf(outcome.ready)];
    return { state: isWrong ? 'wrong' : 'measured', contender: id, timing, deviation };
  });
}
