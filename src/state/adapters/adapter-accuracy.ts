/** Which test accuracy stands beside an adapter. Pure. */
import { imageChanges, isOtherSize, type StudyImages } from '../study/images-diff.ts';
import type { ListedAdapter } from './adapter-list.ts';
import type { Measured } from './adapters-store.ts';

/** What is tested on. */
type TestedOn = Pick<Measured, 'task' | 'images'>;

/** All own images are one task. At another size they are another test. Images that are not known count as the same. */
const isSame = (one: TestedOn, other: TestedOn): boolean =>
  one.task === other.task &&
  (one.task !== 'dropped' ||
    (!isOtherSize(one.images, other.images) && imageChanges(one.images, other.images, false).length === 0));

/**
 * The accuracy that was measured on what the page would test, or else the study's; null where there is none.
 * @param ofStudy own images of the study that trained it
 */
export function accuracyOn(
  tested: TestedOn,
  { id, provenance }: Pick<ListedAdapter, 'id' | 'provenance'>,
  measured: Readonly<Record<string, Measured>>,
  ofStudy: StudyImages | null,
): number | null {
  const own = id in measured ? measured[id] : null;
  if (own && isSame(own, tested)) return own.accuracy;
  if (provenance.kind !== 'run') return null;
  return isSame({ task: provenance.study.task, images: ofStudy }, tested) ? provenance.testAccuracy : null;
}
