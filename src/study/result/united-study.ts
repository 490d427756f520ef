/** Two studies of the same settings and images, with other seeds, as one. What is of seeds of both is not known: known-study.ts computes it from their adapters. */
import type { StudyConfig } from '../config/config.ts';
import { inOrder } from './known-study.ts';
import { uniteParts } from './result-parts.ts';
import type { StudyResult } from './result.ts';

type Provenance = StudyResult['provenance'];

const both = (first: string, second: string): string =>
  first.split(' and ').includes(second) ? first : `${first} and ${second}`;

/** Of what was computed in two places: begun with the earlier one, taking the time of both. */
export function bothProvenances(first: Provenance, second: Provenance): Provenance {
  return {
    date: first.date < second.date ? first.date : second.date,
    backend: both(first.backend, second.backend),
    device: both(first.device, second.device),
    software: first.software || second.software,
    appVersion: both(first.appVersion, second.appVersion),
    seconds: first.seconds + second.seconds,
  };
}

/** The settings with the seeds of both, those of the first before those that only the second has. */
export const bothSeeds = (first: StudyConfig, second: StudyConfig): StudyConfig => ({
  ...first,
  seeds: [...first.seeds, ...second.seeds.filter((seed) => !first.seeds.includes(seed))],
});

/**
 * The study of all seeds of two, in the order of `bothSeeds`; a seed that is in both counts once, as the first has it. Merges, planes and
 * distances, which are of all seeds of a study, stay those of the first where it has them.
 * @param first,second of the same settings but for the seeds, on the same images; the caller knows that they are
 */
export function unitedStudy(first: StudyResult, second: StudyResult): StudyResult {
  const config = bothSeeds(first.config, second.config);
  const added = new Set(config.seeds.slice(first.config.seeds.length));
  return inOrder({
    ...first,
    config,
    provenance: bothProvenances(first.provenance, second.provenance),
    ...uniteParts(first, second, added),
    status: first.status === 'complete' ? second.status : first.status,
  });
}
