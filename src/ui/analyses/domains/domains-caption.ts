/** The sentences under the figures of other domains. Empty while there is nothing to read. */
import { differenceIn } from '../../../study/result/measures/arm-difference.ts';
import {
  domainsSample,
  halfAccuracy,
  halvesOf,
  hasOthers,
  isScaled,
  keptOfBackbone,
  otherDomains,
  OTHER_DOMAINS_ACCURACY,
  weighted,
} from '../../../study/result/measures/domains.ts';
import { atEqualTask, OTHER_DOMAINS_AT_EQUAL_TASK } from '../../../study/result/measures/equal-task.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { comparedArms } from '../../../state/summary/findings.ts';
import { joined, withoutDora } from '../../results/left-out.ts';
import { byArm, ofNamedArms, readArms, withNamedArms } from '../../results/read-arms.ts';
import type { ScopedInterval } from '../../../core/crossed-interval.ts';
import { listed } from '../../../core/listed.ts';
import { fixed } from '../../../core/number-format.ts';
import { mean } from '../../../core/statistics.ts';
import { clearSide } from '../../../copra/seed-differences.ts';
import { READING_WORDS } from '../../../study/readings/messages.ts';
import { meanOfKnown, unbrokenPercent, points, shareSpread } from '../../../study/readings/numbers.ts';
import {
  countedEach,
  differenceRemark,
  nothingYet,
  readingOf,
  sentence,
  UNREAD,
  verdicts,
  withResults,
} from '../../../study/readings/words.ts';
import type { ArmResults, Differ, Reading } from '../../../study/readings/words.ts';
import { frozenName } from '../../charts/references.ts';
import { DOMAINS_WORDS } from './messages.ts';

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
  /** Different pictures that the images show, and the motifs of those; null where each has its own, as far as anybody knows. */
  readonly pictures: number;
  readonly motifs: number | null;
  /** Halves of the layers that were tested, equal for all runs. */
  readonly halves: number;
  /** Accuracy of the backbone on them, and what that is called. */
  readonly frozen: number;
  readonly frozenName: string;
}

/**
 * The accuracy of arms on domains that they were not trained on, beside that on their own.
 * @param differ difference of two arms on the other domains
 */
export function domainsReading(
  arms: readonly ArmResults<TestedRun>[],
  { count, images, pictures, motifs, halves, frozen, frozenName: named }: TestedDomains,
  differ: Differ,
): string {
  const measured = withResults(arms);
  if (measured.length === 0) return READING_WORDS.nothingYet;
  const others = measured.map(({ results }) => results.map((run) => run.others));
  const levels = measured.map(({ name }, i) => `${name} ${shareSpread(others[i])}`);
  const withHalf = measured.map(({ results }) => meanOfKnown(results.map((run) => run.othersHalf)));
  const own = measured.map(({ results }) => unbrokenPercent(mean(results.map((run) => run.own)), 1));
  const compared = verdicts(
    measured,
    others.map((values) => mean(values)),
    'ahead',
    differ,
  );
  const words = DOMAINS_WORDS.target.caption;
  const reached = words.reached(listed(levels), `${named} ${unbrokenPercent(frozen, 1)}`);
  const seeds = countedEach(
    measured.map(({ results }) => results.length),
    'seed',
  );
  return sentence([
    ...(compared.length > 0 ? [words.compared(count, compared.join('; ')), reached] : [words.levels(count, reached)]),
    ...(withHalf.every((half) => half !== null)
      ? [words.half(listed(withHalf.map((half) => unbrokenPercent(half, 1))), halves)]
      : []),
    words.own(listed(own)),
    words.over(seeds, images, pictures, motifs),
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
  return told.join(', ') || DOMAINS_WORDS.kept.caption.none;
}

/** What arms gain and lose of the backbone's accuracy on the other domains, and where that is clear. */
export function keptReading(arms: readonly KeptArm[]): Reading {
  if (arms.length === 0) return nothingYet();
  const told = arms.map(({ name, others }, i) => {
    const changed = DOMAINS_WORDS.kept.caption.changed(name, points(others.mean), others.mean < 0, i === 0);
    return `${changed}${differenceRemark(others, others.mean)}`;
  });
  const isKnown = arms.every(({ domains }) => domains.every(({ kept }) => clearSide(kept) !== null));
  return readingOf(
    [DOMAINS_WORDS.kept.caption.against(listed(told))],
    isKnown
      ? [DOMAINS_WORDS.kept.caption.lower(clearAt(-1, arms)), DOMAINS_WORDS.kept.caption.higher(clearAt(1, arms))]
      : [],
  );
}

/** The two arms that the page compares, at equal accuracy on the task; empty where updates were not scaled. */
function equalTaskReading(result: StudyResult): string {
  const { domains: part, config } = result;
  const arms = comparedArms(config);
  if (!part || !arms) return '';
  const words = DOMAINS_WORDS.target.caption;
  const found = arms.flatMap(({ id }, i) => {
    const runs = atEqualTask(part, id, arms[1 - i].id);
    return runs ? [runs] : [];
  });
  if (found.length < arms.length) return words.apart(listed(arms.map(({ name }) => name)));
  const levels = arms.map(({ id }, i) =>
    meanOfKnown(OTHER_DOMAINS_AT_EQUAL_TASK.values(result, id, arms[1 - i].id).map(({ value }) => value)),
  );
  const [verdict] = verdicts(arms, levels, 'ahead', differenceIn(result, OTHER_DOMAINS_AT_EQUAL_TASK));
  if (!verdict) return '';
  const scaled = arms.flatMap(({ name }, i) => {
    const s = mean(found[i].map((run) => run.s));
    return s < 1 ? [words.scaledBy(name, fixed(s, 2))] : [];
  });
  const reached = arms.flatMap(({ name }, i) => {
    const level = levels[i];
    return level === null ? [] : [`${name} ${unbrokenPercent(level, 1)}`];
  });
  return words.equalTask(listed(scaled), listed(reached), verdict);
}

export function domainsCaption(result: StudyResult): string {
  const part = result.domains;
  if (!part || part.runs.length === 0 || !hasOthers(part)) return '';
  const weights = otherDomains(part.domains);
  const tested = part.runs.map((run) => ({
    arm: run.arm,
    own: run.accuracy[0],
    others: weighted(run, weights),
    othersHalf: halfAccuracy(run, weights),
  }));
  const others = part.domains.slice(1);
  const images = others.reduce((sum, domain) => sum + domain.images, 0);
  const drawn = domainsSample(part, 'others');
  const about = {
    count: others.length,
    images,
    pictures: drawn.images,
    motifs: drawn.motifs !== null && drawn.motifs < drawn.images ? drawn.motifs : null,
    halves: Math.max(...part.runs.map(halvesOf)),
    frozen: weighted(part.frozen, weights),
    frozenName: frozenName(result.task),
  };
  return joined(
    readArms(result, tested, (arms) => domainsReading(arms, about, differenceIn(result, OTHER_DOMAINS_ACCURACY))),
    equalTaskReading(result),
    part.runs.some(isScaled) ? withoutDora(result, DOMAINS_WORDS.scaling) : '',
    result.config.analyses.domains?.paths.includes('product') ? withoutDora(result, DOMAINS_WORDS.productPath) : '',
  );
}

export function keptCaption(result: StudyResult): Reading {
  const part = result.domains;
  if (!part || part.runs.length === 0 || !hasOthers(part)) return UNREAD;
  const config = withNamedArms(result.config);
  return ofNamedArms(
    keptReading(
      byArm({ config }, part.runs).flatMap(({ id, name }): KeptArm[] => {
        const others = keptOfBackbone(part, id, 'others');
        const domains = part.domains.flatMap((domain, i) => {
          const kept = i > 0 ? keptOfBackbone(part, id, i) : null;
          return kept ? [{ name: domain.name, kept }] : [];
        });
        return others ? [{ name, others, domains }] : [];
      }),
    ),
    result.config,
  );
}

/**
 * What becomes of the backbone's accuracy on other domains, arm by arm: "On other domains, LoRA falls below the backbone; CopRA does not clearly
 * differ from it."
 * @param arms each with its difference to the backbone
 */
export function besideBackboneMessage(
  arms: readonly { readonly name: string; readonly difference: ScopedInterval }[],
): string {
  const words = DOMAINS_WORDS.kept.message;
  const ends = [
    [-1, words.below],
    [1, words.above],
    [0, words.unclear],
  ] as const;
  const sides = arms.map(({ name, difference }) => ({ name, side: clearSide(difference) }));
  if (sides.every(({ side }) => side === null)) return words.tooFew;
  const parts = ends.flatMap(([end, said]) => {
    const names = sides.filter(({ side }) => side === end).map(({ name }) => name);
    return names.length > 0 ? [said(listed(names), names.length)] : [];
  });
  return words.whole(listed(parts));
}

export function keptMessage(result: StudyResult): string {
  const part = result.domains;
  if (!part) return '';
  const arms = result.config.arms.flatMap(({ id, name }) => {
    const difference = keptOfBackbone(part, id, 'others');
    return difference ? [{ name, difference }] : [];
  });
  return arms.length > 0 ? besideBackboneMessage(arms) : '';
}
