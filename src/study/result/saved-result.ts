/** What is saved of a result beside the page: every figure with its intervals, and the answers to some test images. */
import { keptPlaces } from '../predictions/answers.ts';
import { withChosenPictures } from '../predictions/chosen-pictures.ts';
import { withoutAnswers } from './measures/image-variances.ts';
import type { Measure } from './measures/measure.ts';
import { mapParts, partsOf } from './result-parts.ts';
import type { StudyResult } from './result.ts';
import { testedImages } from './tested-images.ts';

/** The answers to all images would double the download. @param measures whose intervals it keeps */
export function savedResult(whole: StudyResult, measures: readonly Measure[]): StudyResult {
  const bare = withoutAnswers(whole, measures);
  const chosen = withChosenPictures(whole);
  if (!chosen.predictions) return bare;
  const images = { places: keptPlaces(chosen), tested: testedImages(whole) };
  const { labels, kept } = chosen.task;
  const small = mapParts(
    whole,
    (part, value) => part.ofSomeImages?.(value, images) ?? part.withoutAnswers?.(value, whole) ?? value,
  );
  return {
    ...bare,
    ...partsOf(small),
    task: { ...bare.task, labels, ...(kept && { kept }) },
    predictions: chosen.predictions,
    confusions: bare.confusions,
  };
}
