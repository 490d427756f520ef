/** What a search for a schedule says: of one of its rounds, and of the test of its winner. Worse outcomes are said as plainly as better ones. */
import { listed } from '../../../core/listed.ts';
import { signedPoints } from '../../../core/number-format.ts';
import { unbrokenPercent } from '../../../study/readings/numbers.ts';
import { sentence } from '../../../study/readings/words.ts';
import { SCHEDULE_READINGS } from './messages.ts';

type JudgedMeasure = keyof typeof SCHEDULE_READINGS.measures;

/** A reference, and the measures in which the winner clearly differs from it; at least one. */
export interface ReferenceMeasures {
  readonly reference: string;
  readonly measures: readonly JudgedMeasure[];
}

export interface ReadTest {
  readonly kind: 'none' | 'behind' | 'unclear' | 'ahead';
  readonly winner: string;
  readonly below: readonly ReferenceMeasures[];
  readonly above: readonly ReferenceMeasures[];
  /** References that it is clearly above in nothing. */
  readonly notAbove: readonly string[];
  /** Share of the steps of a whole search. */
  readonly budget: number;
}

/** Names have commas, which would run into the words around them. */
const quoted = (name: string): string => (name.includes(',') ? SCHEDULE_READINGS.quoted(name) : name);

const measured = (all: readonly ReferenceMeasures[]): string =>
  listed(
    all.map(({ reference, measures }) =>
      SCHEDULE_READINGS.inMeasures(quoted(reference), listed(measures.map((one) => SCHEDULE_READINGS.measures[one]))),
    ),
  );

/** What the test decides, in sentences. */
export function testReading({ kind, winner, below, above, notAbove, budget }: ReadTest): string {
  const words = SCHEDULE_READINGS.verdict;
  const shortened = budget < 1 ? [words.shortened(unbrokenPercent(budget, budget < 0.01 ? 1 : 0))] : [];
  if (kind === 'none') return [words.none, ...shortened].join(' ');
  const name = quoted(winner);
  const said = {
    behind: () => words.behind(name, measured(below)),
    unclear: () => words.unclear(name, listed(notAbove.map(quoted))),
    ahead: () => words.ahead(name),
  }[kind]();
  return [said, above.length > 0 ? words.above(measured(above)) : words.aboveNone, ...shortened].join(' ');
}

/** Why a winner is offered as a method, in one sentence. */
export const evidenceReading = (above: readonly ReferenceMeasures[], seeds: number, images: number): string =>
  SCHEDULE_READINGS.evidence(measured(above), seeds, images);

/** The message of a search, in one sentence without numbers; null before its test. */
export function testMessage({ kind, budget }: Pick<ReadTest, 'kind' | 'budget'>): string | null {
  if (budget < 1) return SCHEDULE_READINGS.message.shortened;
  return kind === 'none' ? null : SCHEDULE_READINGS.message[kind];
}

export interface ReadRound {
  /** Candidates that are no reference, best first, with their margins in shares; −Infinity where a measure is not known. */
  readonly candidates: readonly { readonly name: string; readonly margin: number }[];
  /** How many of all, references among them, no other beats in all three measures. */
  readonly unbeaten: number;
  readonly all: number;
  readonly seeds: number;
  readonly images: number;
  readonly isTest: boolean;
}

/** Whether anything is on or above every reference in all three. */
export function roundMessage({ candidates }: Pick<ReadRound, 'candidates'>): string {
  if (candidates.length === 0) return SCHEDULE_READINGS.nothing;
  return candidates.some(({ margin }) => margin >= 0) ? SCHEDULE_READINGS.some : SCHEDULE_READINGS.none;
}

/** "The best is …: +0.4 points against the best reference in the measure in which it does worst; …". Empty while nothing is trained. */
export function roundReading({ candidates, unbeaten, all, seeds, images, isTest }: ReadRound): string {
  const [best] = candidates;
  if (!best) return '';
  return sentence([
    Number.isFinite(best.margin) ? SCHEDULE_READINGS.best(quoted(best.name), signedPoints(best.margin)) : '',
    SCHEDULE_READINGS.unbeaten(unbeaten, all),
    SCHEDULE_READINGS.over(images, isTest, seeds),
    ...(isTest ? [] : [SCHEDULE_READINGS.luck]),
  ]);
}
