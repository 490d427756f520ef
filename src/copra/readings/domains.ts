import type { ScopedInterval } from '../../core/crossed-interval.ts';
import { counted } from '../../core/counted.ts';
import { listed } from '../../core/listed.ts';
import { mean } from '../../core/statistics.ts';
import { clearSide } from '../seed-differences.ts';
import {
  countedEach,
  differenceRemark,
  meanOfKnown,
  NOTHING_YET,
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
  /** With half of the layers on; null where that was not tested. */
  readonly othersHalf: number | null;
}

interface TestedDomains {
  /** Number of other domains. */
  readonly count: number;
  readonly images: number;
  /** Accuracy of the backbone alone on them. */
  readonly backbone: number;
}

/**
 * The accuracy of arms on domains that they were not trained on, beside that on their own.
 * @param differ difference of two arms on the other domains
 */
export function domainsReading(
  arms: readonly ArmResults<TestedRun>[],
  { count, images, backbone }: TestedDomains,
  differ: Differ,
): string {
  const measured = withResults(arms);
  if (measured.length === 0) return NOTHING_YET;
  const others = measured.map(({ results }) => results.map((run) => run.others));
  const levels = measured.map(({ name }, i) => `${name} ${spread(others[i])}`);
  const halves = measured.map(({ results }) => meanOfKnown(results.map((run) => run.othersHalf)));
  const own = measured.map(({ results }) => percent(mean(results.map((run) => run.own)), 1));
  const compared = verdicts(
    measured,
    others.map((values) => mean(values)),
    { more: 'ahead of', less: 'behind' },
    differ,
  );
  const where = count === 1 ? 'On the other domain' : `On ${count} other domains`;
  const reached = `${listed(levels)}, the backbone alone ${percent(backbone, 1)}`;
  return sentence([
    ...(compared.length > 0 ? [`${where} ${compared.join('; ')}`, reached] : [`${where}: ${reached}`]),
    ...(halves.every((half) => half !== null)
      ? [`with half of the layers on ${listed(halves.map((half) => percent(half, 1)))}`]
      : []),
    `on the domain they were trained on ${listed(own)}`,
    `${countedEach(
      measured.map(({ results }) => results.length),
      'seed',
    )}, ${counted(images, 'test image')} of other domains`,
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
  return told.join(', ') || 'none';
}

/** What arms gain and lose of the backbone's accuracy on the other domains, and where that is clear. */
export function keptReading(arms: readonly KeptArm[]): string {
  if (arms.length === 0) return NOTHING_YET;
  const told = arms.map(({ name, others }, i) => {
    const changed = `${others.mean < 0 ? 'loses' : 'gains'} ${points(others.mean)}${i === 0 ? ' points' : ''}`;
    return `${name} ${changed}${differenceRemark(others, others.mean)}`;
  });
  const isKnown = arms.every(({ domains }) => domains.every(({ kept }) => clearSide(kept) !== null));
  return sentence([
    `Against the backbone alone, over the other domains ${listed(told)}`,
    ...(isKnown ? [`clearly lower on ${clearAt(-1, arms)}`, `clearly higher on ${clearAt(1, arms)}`] : []),
  ]);
}
