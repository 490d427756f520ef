/** The time that a training takes, from some of its steps. */

/** The middles of `count` equal parts of all steps, counted from 1, rising, each once. */
export const timedSteps = (total: number, count: number): number[] => [
  ...new Set(Array.from({ length: count }, (_, i) => Math.floor(((i + 0.5) * total) / count) + 1)),
];

/**
 * Seconds spent after every step, [steps + 1], if a step takes as long as the timed one that is nearest to it.
 * @param timed steps counted from 1, rising
 * @param seconds [timed]
 * @throws RangeError when nothing was timed
 */
export function secondsSpent(timed: readonly number[], seconds: readonly number[], steps: number): Float64Array {
  if (timed.length === 0) throw new RangeError('No step was timed.');
  const spent = new Float64Array(steps + 1);
  let nearest = 0;
  for (let step = 1; step <= steps; step++) {
    while (nearest + 1 < timed.length && timed[nearest + 1] - step < step - timed[nearest]) nearest++;
    spent[step] = spent[step - 1] + seconds[nearest];
  }
  return spent;
}
