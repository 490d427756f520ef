/**
 * Unites two studies of the same settings and images with different seeds. Findings across the seeds of both are unknown; known-study.ts computes them from the
 * adapters.
 */
import { without } from '../../core/without.ts';
import { sameJson } from '../../core/same-json.ts';
import type { KernelChoice } from '../../engine/kernel-tuning.ts';
import type { StudyConfig } from '../config/config.ts';
import { confusionsOf } from '../predictions/confusions.ts';
import { unitedTask } from './image-digests.ts';
import { inOrder } from './known-study.ts';
import { mapParts, uniteParts } from './result-parts.ts';
import type { StudyResult } from './result.ts';

type Provenance = StudyResult['provenance'];

/** Each name once. */
const both = (first: string, second: string): string =>
  [...new Set([first, second].flatMap((names) => names.split(' and ')))].join(' and ');

/** Of the one that needed more. */
function moreMemory(
  first: Provenance['memory'],
  second: Provenance['memory'],
): Pick<Provenance, 'memory'> | Record<string, never> {
  const memory = (first?.bytes ?? 0) >= (second?.bytes ?? 0) ? first : second;
  return memory ? { memory } : {};
}

/** Whether all sites have the same forms. */
function sameKernels(first: KernelChoice, second: KernelChoice = {}): boolean {
  const sites = Object.keys(first);
  return sites.length === Object.keys(second).length && sites.every((site) => first[site] === second[site]);
}

function bothPrecisions(
  first: Provenance['precision'],
  second: Provenance['precision'],
): Pick<Provenance, 'precision'> | Record<string, never> {
  if (first !== second) return { precision: 'mixed' };
  return first ? { precision: first } : {};
}

/** Provenance of results computed in two places: the earlier start, and the time of both. Forms of kernels are told if both had the same. */
export function bothProvenances(first: Provenance, second: Provenance): Provenance {
  return {
    date: first.date < second.date ? first.date : second.date,
    backend: both(first.backend, second.backend),
    device: both(first.device, second.device),
    software: first.software || second.software,
    appVersion: both(first.appVersion, second.appVersion),
    seconds: first.seconds + second.seconds,
    ...moreMemory(first.memory, second.memory),
    ...bothPrecisions(first.precision, second.precision),
    ...(first.kernels && sameKernels(first.kernels, second.kernels) && { kernels: first.kernels }),
  };
}

/** The settings with the seeds of both: the first study's, then those that only the second has. */
export const bothSeeds = (first: StudyConfig, second: StudyConfig): StudyConfig => ({
  ...first,
  seeds: [...first.seeds, ...second.seeds.filter((seed) => !first.seeds.includes(seed))],
});

/** A study without what it says of other single images than the first study does. */
function ofOtherImages(second: StudyResult): StudyResult {
  const bare = without(second, 'predictions');
  // Answers to all images are those to the images of the first study too.
  return second.task.kept ? mapParts(bare, (part, value) => part.withoutAnswers?.(value, second) ?? value) : bare;
}

/** A study with the counts that its predictions make, which the counts of another one cannot be united with. */
function withCounts(study: StudyResult): StudyResult {
  const confusions = [...confusionsOf(study)];
  return confusions.length > 0 ? { ...study, confusions } : study;
}

/**
 * The study of all seeds of two, in the order of `bothSeeds`; a seed in both counts once, as in the first. Merges, planes and distances cover all seeds of a
 * study; they come from the first study if it has them.
 * @param first,second equal in settings except the seeds, on the same images; the caller ensures it
 */
export function unitedStudy(first: StudyResult, second: StudyResult): StudyResult {
  const config = bothSeeds(first.config, second.config);
  const sameImages = sameJson(first.task.kept, second.task.kept);
  const added = new Set(config.seeds.slice(first.config.seeds.length));
  const areCounted = first.confusions !== undefined || second.confusions !== undefined;
  const [one, other] = areCounted ? [withCounts(first), withCounts(second)] : [first, second];
  // What its images add, as if each were its own motif, is too small.
  const isCorrected = first.task.motifs === undefined && second.task.motifs !== undefined;
  return inOrder({
    ...(isCorrected ? without(first, 'imageVariances') : first),
    config,
    task: unitedTask(first, second),
    provenance: bothProvenances(first.provenance, second.provenance),
    ...uniteParts(one, sameImages ? other : ofOtherImages(other), added),
    status: first.status === 'complete' ? second.status : first.status,
  });
}
