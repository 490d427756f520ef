import { NOTHING_YET, meanOfKnown, percent, sampling, sentence } from './words.ts';

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
export function planeReading(planes: readonly PlaneSeen[], images: number): string {
  const measured = planes.flatMap(({ middle, ...plane }) => (middle === null ? [] : [{ ...plane, middle }]));
  if (measured.length === 0) return NOTHING_YET;
  const levels = measured.map(({ name, corners, middle }, i) => {
    const level = meanOfKnown(corners);
    const at = level === null ? 'unknown' : percent(level, 1);
    const words = i === 0 ? [' at the adapters, ', ' in their middle'] : [' and ', ''];
    return `${name} ${at}${words[0]}${percent(middle, 1)}${words[1]}`;
  });
  const shares = measured.map(({ offPlane }) => meanOfKnown(offPlane));
  const off = shares.map((share) => (share === null ? '–' : percent(share)));
  const [first] = measured;
  return sentence([
    `${levels.join('; ')} (read off the grid, one plane per arm, ${sampling(meanOfKnown(first.corners) ?? first.middle, images)})`,
    shares.some((share) => share !== null)
      ? `training began off the plane by ${off.join(' / ')} of the length of its way, so its lines are projections`
      : '',
  ]);
}
