/** What a sweep found as a tidy table: one row per arm and seed, and one per arm and pair of seeds. */
import { midpointValue } from '../../copra/midpoint.ts';
import { validationOfTested } from './measures/validation.ts';
import { EVERY_OTHER, keptBy } from '../../copra/pruning/kept.ts';
import type { StudyResult } from './result.ts';
import type { Sweep, SweepValue } from '../config/sweep.ts';
import { runOf } from './run-names.ts';

export interface SweepRow {
  readonly method: string;
  readonly arm: string;
  /** Null if the method does not read the setting. */
  readonly value: SweepValue | null;
  readonly seed: number;
  /** The other seed of a pair; null in the row of a run. */
  readonly otherSeed: number | null;
  /** Test accuracy with every layer on. */
  readonly accuracy: number | null;
  readonly loss: number | null;
  /** Of the adapter that is tested, on validation images; null where it was not validated. */
  readonly validation: number | null;
  /** Accuracy with every other layer switched off, as the mean of both halves, and the share of the gain that remains. */
  readonly everyOther: number | null;
  readonly retainedEveryOther: number | null;
  /** Accuracy half-way between the two seeds of a pair, averaging A and B separately, or their products. */
  readonly midpointFactor: number | null;
  readonly midpointProduct: number | null;
}

export type SweepMeasure = 'accuracy' | 'validation' | 'midpointFactor' | 'everyOther';

const NOTHING = {
  accuracy: null,
  loss: null,
  validation: null,
  everyOther: null,
  retainedEveryOther: null,
  midpointFactor: null,
  midpointProduct: null,
};

type Measured = Pick<StudyResult, 'config' | 'runs' | 'landscape' | 'pruning'>;

/** The rows of one arm: its runs, then its pairs of seeds. */
function rowsOfArm(result: Measured, known: Pick<SweepRow, 'method' | 'arm' | 'value'>): SweepRow[] {
  const { arm } = known;
  const runs = result.runs
    .filter((run) => run.arm === arm && run.test)
    .map((run): SweepRow => {
      const { seed, test } = run;
      const pruning = runOf(result.pruning, arm, seed);
      const masks = pruning?.structured ?? [];
      return {
        ...NOTHING,
        ...known,
        seed,
        otherSeed: null,
        accuracy: test?.accuracy ?? null,
        loss: test?.loss ?? null,
        validation: validationOfTested(result.config, run),
        everyOther: keptBy(masks, EVERY_OTHER, 'accuracy'),
        retainedEveryOther: keptBy(masks, EVERY_OTHER, 'retainedGain'),
      };
    });
  const paths = result.landscape.filter((entry) => entry.arm === arm);
  const pairs = [...new Map(paths.map(({ seeds }) => [seeds.join(), seeds])).values()];
  return [
    ...runs,
    ...pairs.map(([seed, otherSeed]): SweepRow => {
      const middle = (path: 'factor' | 'product'): number | null => {
        const entry = paths.find(({ seeds, path: p }) => p === path && seeds[0] === seed && seeds[1] === otherSeed);
        return entry ? midpointValue(entry.lambdas, entry.accuracy) : null;
      };
      return {
        ...NOTHING,
        ...known,
        seed,
        otherSeed,
        midpointFactor: middle('factor'),
        midpointProduct: middle('product'),
      };
    }),
  ];
}

export function sweepTable(result: Measured, sweep: Sweep): SweepRow[] {
  return sweep.methods.flatMap(({ method, arms }) =>
    arms.flatMap(({ id, value }) => rowsOfArm(result, { method, arm: id, value })),
  );
}

/** Measurements at one value of the setting, over seeds or pairs of seeds; null: at any value. */
export function measured(
  rows: readonly SweepRow[],
  method: string,
  value: SweepValue | null,
  measure: SweepMeasure,
): number[] {
  return rows.flatMap((row) => {
    const number = row.method === method && row.value === value ? row[measure] : null;
    return number === null ? [] : [number];
  });
}
