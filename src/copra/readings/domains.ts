import type { ScopedInterval } from '../../core/crossed-interval.ts';
import { listed } from '../../core/listed.ts';
import { mean } from '../../core/statistics.ts';
import { clearSide } from '../seed-differences.ts';
import { CAPTION_WORDS } from './captions/messages.ts';
import { READING_WORDS } from './messages.ts';
import {
  countedEach,
  differenceRemark,
  meanOfKnown,
  percent,
  points,
  sentence,
  spread,
  verdicts,
  withResults,
} from './words.ts';
import type { ArmResults, Differ } from './words.ts';

/** A run on the domain that it was trained on, and on the others: means over them. */
interface TestedRun {
  readonly own: number;
  readonly others: number;
  /** Mean over the tested halves of the layers; null where that was not tested. */
  readonly othersHalf: number | null;
}

interface TestedDomains {
  /** Number of other domains. */
  readonly count: number;
  readonly images: number;
  /** Different pictures that the images show. */
  readonly pictures: number;
  /** Halves of the layers that were tested, equal for all runs. */
  readonly halves: number;
  /** Accuracy of the backbone alone on them. */
  readonly backbone: number;
}

/**
 * The accuracy of arms on domains that they were not trained on, beside that on their own.
 * @param differ difference of two arms on the other domains
 */
export function domainsReading(
  arms: readonly ArmResults<TestedRun>[],
  { count, images, pictures, halves, backbone }: TestedDomains,
  differ: Differ,
): string {
  const measured = withResults(arms);
  if (measured.length === 0) return READING_WORDS.nothingYet;
  const others = measured.map(({ results }) => results.map((run) => run.others));
  const levels = measured.map(({ name }, i) => `${name} ${spread(others[i])}`);
  const withHalf = measured.map(({ results }) => meanOfKnown(results.map((run) => run.othersHalf)));
  const own = measured.map(({ results }) => percent(mean(results.map((run) => run.own)), 1));
  const compared = verdicts(
    measured,
    others.map((values) => mean(values)),
    'ahead',
    differ,
  );
  const words = CAPTION_WORDS.domains;
  const reached = words.reached(listed(levels), percent(backbone, 1));
  const seeds = countedEach(
    measured.map(({ results }) => results.length),
    'seed',
  );
  return sentence([
    ...(compared.length > 0 ? [words.compared(count, compared.join('; ')), reached] : [words.levels(count, reached)]),
    ...(withHalf.every((half) => half !== null)
      ? [words.half(listed(withHalf.map((half) => percent(half, 1))), halves)]
      : []),
    words.own(listed(own)),
    words.over(seeds, images, pictures),
  ]);
}

export interface KeptArm {
  readonly name: string;
  /** Accuracy less that of the backbone, mean over the other domains. */
  readonly others: ScopedInterval;
  /** Other domains, each with the difference there. */
  readonly domains: readonly { readonly name: string; readonly kept: ScopedInterval }[];
}

/** "Plain and Night (LoRA), Plain (CopRA)": where the difference is clear on this side. */
function clearAt(side: 1 | -1, arms: readonly KeptArm[]): string {
  const told = arms.flatMap(({ name, domains }) => {
    const names = domains.filter(({ kept }) => clearSide(kept) === side).map((domain) => domain.name);
    return names.length > 0 ? [`${listed(names)} (${name})`] : [];
  });
  return told.join(', ') || CAPTION_WORDS.domains.none;
}

/** What arms gain and lose of the backbone's accuracy on the other domains, and where that is clear. */
export function keptReading(arms: readonly KeptArm[]): string {
  if (arms.length === 0) return READING_WORDS.nothingYet;
  const told = arms.map(({ name, others }, i) => {
    const changed = CAPTION_WORDS.domains.changed(name, points(others.mean), others.mean < 0, i === 0);
    return `${changed}${differenceRemark(others, others.mean)}`;
  });
  const isKnown = arms.every(({ domains }) => domains.every(({ kept }) => clearSide(kept) !== null));
  return sentence([
    CAPTION_WORDS.domains.against(listed(told)),
    ...(isKnown
      ? [CAPTION_WORDS.domains.lower(clearAt(-1, arms)), CAPTION_WORDS.domains.higher(clearAt(1, arms))]
      : []),
  ]);
}
