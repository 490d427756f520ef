/**
 * Consistency rules between the parts of a result. A schema sees one value at a time; a result from outside can still repeat a run, which would make its
 * intervals too narrow, or refer to an arm that the study does not have.
 */
import * as v from 'valibot';
import { ANSWER_BYTES } from '../predictions/answers.ts';
import { asEvaluated } from './as-evaluated.ts';
import { areMotifsOf } from './motifs.ts';
import { partsIn } from './result-parts.ts';
import { StudyResultSchema, type StudyResult } from './result.ts';
import { testedImages } from './tested-images.ts';
import { RESULT_CHECKS } from './words.ts';

/** The first contradiction, for people; null if there is none. */
type Rule = (result: StudyResult) => string | null;

const first = <T>(items: readonly T[], problem: (item: T) => string | null): string | null => {
  for (const item of items) {
    const found = problem(item);
    if (found) return found;
  }
  return null;
};

/** The first key that occurs twice. */
function repeated(keys: readonly string[]): string | null {
  const seen = new Set<string>();
  return first(keys, (key) => {
    if (seen.has(key)) return key;
    seen.add(key);
    return null;
  });
}

const isUnique: Rule = (result) =>
  first(
    partsIn(result, (part, value) => part.names(value)),
    ([field, names]) => {
      const twice = repeated(names);
      return twice && RESULT_CHECKS.twice(field, twice);
    },
  );

const isOfTheStudy: Rule = (result) => {
  const arms = new Set(result.config.arms.map(({ id }) => id));
  const seeds = new Set(result.config.seeds);
  const stranger = (arm: string) => (arms.has(arm) ? null : RESULT_CHECKS.noArm(arm));
  return (
    first(
      partsIn(result, (part, value) => part.runs(value)),
      ({ arm, seed }) => (seeds.has(seed) ? stranger(arm) : RESULT_CHECKS.noSeed(seed)),
    ) ??
    first(
      partsIn(result, (part, value) => part.arms?.(value) ?? []),
      stranger,
    )
  );
};

const isWhole: Rule = (result) =>
  first(
    partsIn(result, (part, value) => part.lengths(value)),
    ([field, of, expected, ...got]) => {
      const other = got.find((length) => length !== expected);
      return other === undefined ? null : RESULT_CHECKS.lengths(field, of, expected, other);
    },
  );

const isOfTheResult: Rule = (result) =>
  first(
    partsIn(result, (part, value) => [part.contradiction?.(value, result) ?? null]),
    (found) => found,
  );

/** Length of base64 of so many bytes. */
const textLength = (bytes: number): number => 4 * Math.ceil(bytes / 3);

/** Predictions are of the kept images, counts of all classes. */
const isOfTheImages: Rule = (result) => {
  const { task, predictions = [], confusions = [] } = result;
  const tested = testedImages(result);
  const { labels, kept } = task;
  if (task.motifs !== undefined && !areMotifsOf(task.motifs, tested)) return RESULT_CHECKS.motifs;
  if (labels !== undefined && labels.length !== textLength(tested)) return RESULT_CHECKS.labels;
  if (kept?.some((place, i) => place >= tested || place <= (kept[i - 1] ?? -1))) return RESULT_CHECKS.kept;
  const { pictures } = task;
  if (pictures && pictures.pixels.length !== textLength(3 * pictures.size ** 2 * pictures.places.length))
    return RESULT_CHECKS.pictures;
  const bytes = ANSWER_BYTES * (kept?.length ?? tested);
  if (predictions.some(({ answers }) => labels === undefined || answers.length !== textLength(bytes)))
    return RESULT_CHECKS.predictions;
  if (confusions.some(({ counts }) => counts.length !== task.classes.length ** 2)) return RESULT_CHECKS.confusions;
  return null;
};

const RULES: readonly Rule[] = [isUnique, isOfTheStudy, isWhole, isOfTheResult, isOfTheImages];

/** A result from any source: valid in form, consistent with itself, and marked where its adapters were only evaluated. */
export const ForeignResultSchema = v.pipe(
  StudyResultSchema,
  v.rawCheck(({ dataset, addIssue }) => {
    const problem = dataset.typed ? first(RULES, (rule) => rule(dataset.value)) : null;
    if (problem) addIssue({ message: problem });
  }),
  v.transform(asEvaluated),
);
