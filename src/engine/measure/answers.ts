/** Whether contenders computed the same: a fast device that is wrong must not win. */
import { relativeError, TOLERANCE } from '../trust/agreement.ts';

/** Numbers that a piece of work left behind, in parts whose scales differ: a loss beside a gradient. */
export type ContenderAnswer = readonly Float32Array[];

/** Largest relative difference of any part; infinite where parts are missing or hold no numbers. */
export function deviation(actual: ContenderAnswer, expected: ContenderAnswer): number {
  if (actual.length !== expected.length) return Infinity;
  return Math.max(
    ...expected.map((part, i) => (part.length === actual[i].length ? relativeError(actual[i], part) : Infinity)),
  );
}

/** Whether a contender computed what the others did. */
export interface ContenderVerdict {
  /** From the answer that most agree with; null where there is no other, or this is none of numbers. */
  readonly deviation: number | null;
  readonly isWrong: boolean;
}

const isFinite = (answer: ContenderAnswer): boolean => answer.every((part) => part.every(Number.isFinite));

/** One verdict per answer. The first of those that most others agree with is what the others are compared with. */
export function verdicts(answers: readonly ContenderAnswer[]): ContenderVerdict[] {
  const agreeing = answers.map((own) =>
    isFinite(own) ? answers.filter((other) => deviation(other, own) <= TOLERANCE).length : -1,
  );
  const expected = answers[agreeing.indexOf(Math.max(...agreeing))];
  return answers.map((answer) => {
    if (!isFinite(answer)) return { deviation: null, isWrong: true };
    if (answers.length < 2) return { deviation: null, isWrong: false };
    const own = deviation(answer, expected);
    return { deviation: Number.isFinite(own) ? own : null, isWrong: own > TOLERANCE };
  });
}
