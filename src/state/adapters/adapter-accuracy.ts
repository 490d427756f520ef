/** Which test accuracy stands beside an adapter. Pure. */
import type { StudyImages } from '../study/images-diff.ts';
import type { ListedAdapter } from './adapter-list.ts';
import type { Measured } from './adapters-store.ts';
import { isTestedAlike, testedOn, type TestedOn } from './tested-on.ts';

export interface TestAccuracy {
  readonly accuracy: number;
  /** Test images; null where it is not known how many. */
  readonly count: number | null;
}

/**
 * The accuracy that was measured on what the page would test, or else the study's; null where there is none.
 * @param ofStudy own images of the study that trained it
 */
export function accuracyOn(
  tested: TestedOn,
  { id, provenance }: Pick<ListedAdapter, 'id' | 'provenance'>,
  measured: Readonly<Record<string, Measured>>,
  ofStudy: StudyImages | null,
): TestAccuracy | null {
  const own = id in measured ? measured[id] : null;
  if (own && isTestedAlike(own, tested)) return own;
  if (provenance.kind !== 'run' || provenance.testAccuracy === null) return null;
  const { study, testAccuracy: accuracy, testImages: count } = provenance;
  return isTestedAlike(testedOn(study, ofStudy), tested) ? { accuracy, count } : null;
}
