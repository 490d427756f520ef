import type { Sample } from '../../core/clusters.ts';
import { CAPTION_WORDS } from './captions/messages.ts';
import { READING_WORDS } from './messages.ts';
import { meanOfKnown, percent, sampling, sentence } from './words.ts';

export interface PlaneSeen {
  readonly name: string;
  /** Test accuracies of the runs that span the plane, not of the backbone. */
  readonly corners: readonly number[];
  /** Accuracy at the centre of those runs; null until the grid reaches it. */
  readonly middle: number | null;
  /** Distance of the runs' initial adapters from the plane, as a share of the distance from the initial to the trained adapters. */
  readonly offPlane: readonly number[];
}

/** Reading of the plane through three adapters: the accuracy between them, and how far the training paths lie outside the plane. */
export function planeReading(planes: readonly PlaneSeen[], images: Sample): string {
  const measured = planes.flatMap(({ middle, ...plane }) => (middle === null ? [] : [{ ...plane, middle }]));
  if (measured.length === 0) return READING_WORDS.nothingYet;
  const levels = measured.map(({ name, corners, middle }, i) => {
    const level = meanOfKnown(corners);
    const at = level === null ? READING_WORDS.unknown : percent(level, 1);
    return CAPTION_WORDS.plane.levels(name, at, percent(middle, 1), i === 0);
  });
  const shares = measured.map(({ offPlane }) => meanOfKnown(offPlane));
  const off = shares.map((share) => (share === null ? '–' : percent(share)));
  const [first] = measured;
  return sentence([
    CAPTION_WORDS.plane.grid(levels.join('; '), sampling(meanOfKnown(first.corners) ?? first.middle, images)),
    shares.some((share) => share !== null) ? CAPTION_WORDS.plane.offPlane(off.join(' / ')) : '',
  ]);
}
