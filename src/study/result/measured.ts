/** Schemas of measured values: they accept only numbers that a study can have measured. */
import * as v from 'valibot';
import { TOWERS } from '../../core/adapter-layout.ts';
import { oneLine } from '../../core/one-line.ts';
import { VALUE_CHECKS } from './value-words.ts';

/** Accuracies read from links have the error of float32. */
const ROUNDING = 1e-6;
/** Shapley values estimated from few coalitions may exceed a whole accuracy, but not by much. */
const MAX_DIFFERENCE = 10;
/** Names of classes, data sets, devices: longer than any that the page accepts. */
const MAX_TEXT = 2000;

export const finite = v.pipe(v.number(), v.finite());
export const numbers = v.array(finite);

/** A loss or a time. A diverging training may have losses as large as float32 can hold. */
export const measure = v.pipe(
  v.number(),
  v.check(
    (value) => Math.abs(value) < 3.5e38,
    () => VALUE_CHECKS.measures,
  ),
);
export const measures = v.array(measure);

export const count = v.pipe(
  v.number(),
  v.check(
    (value) => Number.isSafeInteger(value) && value >= 0,
    () => VALUE_CHECKS.counts,
  ),
);

/** An accuracy, or another share of a whole. */
export const share = v.pipe(
  v.number(),
  v.check(
    (value) => value >= -ROUNDING && value <= 1 + ROUNDING,
    () => VALUE_CHECKS.shares,
  ),
);
export const shares = v.array(share);

/** Differences of accuracies. */
export const differences = v.array(
  v.pipe(
    v.number(),
    v.check(
      (value) => Math.abs(value) <= MAX_DIFFERENCE,
      () => VALUE_CHECKS.differences,
    ),
  ),
);

/** A name in a result is made one line. Names that earlier versions read of images may hold more, and no reader of a result has to expect that. */
export const labelText = v.pipe(
  v.string(),
  v.check(
    ({ length }) => length <= MAX_TEXT,
    () => VALUE_CHECKS.texts(MAX_TEXT),
  ),
  v.transform(oneLine),
);

/** One byte per image of the largest test set that fits in a page's memory. The tape of the longest study (config.ts) of the deepest backbone is shorter. */
const MAX_BASE64 = 4 * 2 ** 20;

const base64 = (problem: () => string) =>
  v.pipe(
    v.string(),
    v.check((text) => text.length <= MAX_BASE64 && /^[A-Za-z0-9+/]*={0,2}$/.test(text), problem),
  );

/** One value per test image, in order: bits (platform/bits.ts) or bytes. Omitted from links and saved results. */
export const perImageText = base64(() => VALUE_CHECKS.perImage);
/** One bit per step and player. */
export const tapeText = base64(() => VALUE_CHECKS.tape);

/** A factor that only widens. */
export const atLeastOne = v.pipe(
  measure,
  v.check(
    (value) => value >= 1,
    () => VALUE_CHECKS.factors,
  ),
);

/** A variance; a negative one would make no interval. */
export const variance = v.pipe(
  measure,
  v.check(
    (value) => value >= 0,
    () => VALUE_CHECKS.variances,
  ),
);

/** Motifs are numbered in the order of their first images, so that the numbers of the first images are those of a list of that kind too. */
function areNumbered(motifs: number[]): boolean {
  let next = 0;
  return motifs.every((motif) => {
    if (motif === next) next++;
    return motif < next;
  });
}

/** The number of the motif that each image shows. */
export const motifNumbers = v.pipe(
  v.array(count),
  v.check(areNumbered, () => VALUE_CHECKS.motifs),
);

/** A layer of a tower. */
export const player = v.object({ tower: v.picklist(TOWERS), layer: count });
/** Scores of one adapter. */
export const scores = { accuracy: share, loss: measure };
/** Scores of several adapters, one after the other. */
export const curves = { accuracy: shares, loss: measures };
/** Scores, and bits: the test images classified correctly. */
export const answered = { ...scores, correct: v.optional(perImageText) };
/** Scores, and bits in small results: of the images in `task.kept`, those classified correctly. */
export const answeredOfSome = { ...answered, keptCorrect: v.optional(perImageText) };
/** Curves, and the same bits for every point. */
export const answeredCurves = { ...curves, correct: v.optional(v.array(perImageText)) };
export const answeredCurvesOfSome = { ...answeredCurves, keptCorrect: v.optional(v.array(perImageText)) };
