import type { AdapterLayout } from '../../../core/adapter-layout.ts';
import type { Work } from '../../run/work.ts';

/** Seconds on an ordinary laptop, fitted to square maps of 192 to 768 and rank 4. */
const PER_UPDATE = 0.02;
const PER_CUBED_SIDE = 2.8e-8;
const PER_SIDE = 1.2e-3;

export function spectraWork({ pairs }: AdapterLayout, runs: number, directions: number): Work {
  const algebra = pairs.reduce((sum, { inFeatures, outFeatures }) => {
    const side = Math.min(inFeatures, outFeatures);
    const searched = directions > 0 ? PER_CUBED_SIDE * side * inFeatures * outFeatures + runs * PER_SIDE * side : 0;
    return sum + runs * PER_UPDATE + searched;
  }, 0);
  return { passes: 0, algebra };
}
