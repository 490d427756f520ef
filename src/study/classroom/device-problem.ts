/** Why a device of a class cannot train: told as what it is, and worded where it is read, in the language of that page. */
import * as v from 'valibot';
import { FRAME_WORDS } from './frame-words.ts';

export const DeviceProblemSchema = v.variant('kind', [
  /** Its own images are of other classes. `missing`: those of the study that it lacks; none where it only has others besides. */
  v.object({
    kind: v.literal('other-classes'),
    missing: v.pipe(v.array(v.pipe(v.string(), v.maxLength(200))), v.maxLength(5)),
  }),
  /** Only the leading device has the images of the study. */
  v.object({ kind: v.literal('needs-own') }),
  /** What is asked is not of the study. */
  v.object({ kind: v.literal('other-study') }),
  v.object({ kind: v.literal('no-images'), client: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(31)) }),
  /** Anything else, in the device's own words. */
  v.object({ kind: v.literal('other'), text: v.pipe(v.string(), v.maxLength(1000)) }),
]);
export type DeviceProblem = v.InferOutput<typeof DeviceProblemSchema>;

export function problemText(problem: DeviceProblem): string {
  const words = FRAME_WORDS.problems;
  switch (problem.kind) {
    case 'other-classes':
      return words.otherClasses(problem.missing);
    case 'needs-own':
      return words.needsOwn;
    case 'other-study':
      return words.otherStudy;
    case 'no-images':
      return words.noImages(problem.client + 1);
    case 'other':
      return problem.text;
    default:
      return problem satisfies never;
  }
}

/** This device cannot train. */
export class CannotTrain extends RangeError {
  override readonly name = 'CannotTrain';
  readonly problem: DeviceProblem;

  constructor(problem: DeviceProblem) {
    super(problemText(problem));
    this.problem = problem;
  }
}
