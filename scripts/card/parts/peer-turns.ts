/**
 * Contenders of several cases within a fixed time: what matters the most comes first, and what was measured is told at once. Pure but for the clock and the
 * contenders it is given, so that a scripted clock can test it.
 */
import { errorText } from '../../../src/core/error-text.ts';
import { quantile } from '../../../src/core/statistics.ts';
import type { PartTime } from '../processes.ts';
import type { PeerCase } from '../report.ts';

/** Milliseconds of a timed turn, roughly: short steps are taken several at a time, because waiting for them is not what is compared. */
const TURN = 40;
const MOST_STEPS = 32;
const ROUNDS = 9;
/** Largest difference of first losses. */
const TOLERANCE = 2e-2;

export interface Contender {
  readonly name: string;
  /** So many steps of all runs in a row; milliseconds, and the loss before the first. */
  readonly steps: (count: number) => Promise<{ readonly wall: number; readonly loss: number }>;
}

export interface OpenCase {
  /** Measured in turns. */
  readonly first: readonly Contender[];
  /** Measured alone, once the first ones of all cases are: their first step may compile for a minute. */
  readonly later: readonly Contender[];
  /** Called when the first ones are measured. */
  readonly close: () => void;
}

export interface CaseToMeasure {
  readonly id: PeerCase['id'];
  readonly name: string;
  readonly open: () => Promise<OpenCase>;
}

interface Found {
  readonly missing: string[];
  readonly cases: PeerCase[];
}

interface Timed {
  readonly contender: Contender;
  readonly warmUp: number;
  readonly loss: number;
  /** Steps of a turn. */
  readonly count: number;
  /** Milliseconds of a step. */
  times: number[];
}

interface Measured extends Pick<CaseToMeasure, 'id' | 'name'> {
  readonly later: readonly Contender[];
  readonly timed: Timed[];
}

const summaryOf = ({ contender, warmUp, loss, times }: Timed): PeerCase['contenders'][number] => ({
  name: contender.name,
  median: quantile(times, 0.5),
  low: quantile(times, 0.25),
  high: quantile(times, 0.75),
  repetitions: times.length,
  warmUp,
  loss,
});

/** What is measured so far, and why the rest is not. */
class Measuring {
  readonly #measured: Measured[] = [];

  constructor(
    private readonly left: PartTime['left'],
    private readonly tell: (found: Found) => void,
    private readonly missing: string[],
  ) {}

  found(): Found {
    return {
      missing: [...this.missing],
      cases: this.#measured.map(({ id, name, timed }) => ({ id, name, contenders: timed.map(summaryOf) })),
    };
  }

  /** @param until seconds that are left for others */
  async first({ id, name, open }: CaseToMeasure, until: number): Promise<void> {
    if (this.left() <= 0) {
      this.missing.push(`no time left for ${name}`);
      return;
    }
    const { first, later, close } = await open();
    const one: Measured = { id, name, later, timed: [] };
    this.#measured.push(one);
    try {
      for (const contender of first) await this.#begin(one, contender);
      await this.#takeTurns(name, [...one.timed], until);
    } finally {
      close();
    }
  }

  async later(): Promise<void> {
    for (const one of this.#measured)
      for (const contender of one.later) {
        const begun = await this.#begin(one, contender);
        if (begun) await this.#takeTurns(one.name, [begun], 0);
      }
  }

  /** First steps of a contender, which compile. */
  async #begin({ name, timed }: Measured, contender: Contender): Promise<Timed | null> {
    if (this.left() <= 0) {
      this.missing.push(`${name}: no time left for ${contender.name}`);
      return null;
    }
    try {
      const before = this.left();
      const { loss } = await contender.steps(1);
      const warmUp = before - this.left();
      const expected = timed.at(0)?.loss ?? loss;
      if (!(Math.abs(loss - expected) <= TOLERANCE))
        throw new Error(`its first loss is ${loss} instead of ${expected}`);
      const { wall } = await contender.steps(1);
      const count = Math.max(1, Math.min(MOST_STEPS, Math.round(TURN / wall)));
      const begun = { contender, warmUp, loss, count, times: [wall] };
      timed.push(begun);
      return begun;
    } catch (error) {
      this.missing.push(`${name}: ${contender.name}: ${errorText(error)}`);
      return null;
    } finally {
      this.tell(this.found());
    }
  }

  /** @param until seconds that are left for others */
  async #takeTurns(name: string, begun: readonly Timed[], until: number): Promise<void> {
    const failed = new Set<Timed>();
    /** Seconds of the next round: a turn that no time is left for would end its contender. */
    const expected = (): number =>
      begun.reduce((sum, { count, times }) => sum + (count * (times.at(-1) ?? 0)) / 1000, 0);
    for (let round = 0; round < ROUNDS && this.left() > Math.max(until, expected()); round++)
      for (const one of begun) {
        if (failed.has(one)) continue;
        try {
          const { wall } = await one.contender.steps(one.count);
          // The step that the count was found by was alone: it counts only where there is no time for others.
          if (round === 0) one.times = [];
          one.times.push(wall / one.count);
        } catch (error) {
          failed.add(one);
          this.missing.push(`${name}: ${one.contender.name}: ${errorText(error)}`);
        }
      }
    this.tell(this.found());
  }
}

/** @param tell takes what was found so far, after every contender @param missing what is known to be missing before, to which is added */
export async function measureCases(
  cases: readonly CaseToMeasure[],
  { left }: PartTime,
  tell: (found: Found) => void,
  missing: string[] = [],
): Promise<Found> {
  const measuring = new Measuring(left, tell, missing);
  for (const [place, one] of cases.entries()) {
    const shares = cases.length - place + 1; // and one for those that come later
    try {
      await measuring.first(one, left() * (1 - 1 / shares));
    } catch (error) {
      missing.push(`${one.name}: ${errorText(error)}`);
    }
  }
  await measuring.later();
  return measuring.found();
}
