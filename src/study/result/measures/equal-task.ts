/** Arms on other domains at equal accuracy on the task: the better one there has its update scaled down (WiSE-FT). docs/domains.md defines it. */
import { scaleOfAccuracy } from '../../../copra/scaled-curve.ts';
import type { DomainsResult } from '../../analyses/domains/result.ts';
import {
  domainsSample,
  domainsValue,
  everyDomain,
  hasOthers,
  isScaled,
  onlyDomain,
  otherDomains,
  times,
  weighted,
  type DomainShare,
  type Run,
  type Weights,
} from './domains.ts';
import type { Measure } from './measure.ts';
import { MEASURE_WORDS } from './messages.ts';
import { runOf } from '../run-names.ts';

/** A run with its update scaled by s. */
interface ScaledRun {
  readonly s: number;
  /** The neighbouring s that were tested; none of a run as it was trained. */
  readonly between: readonly number[];
  /** Of its accuracy on the other domains. */
  readonly parts: readonly DomainShare[];
}

const unscaled = (run: Run, others: Weights): ScaledRun => ({
  s: 1,
  between: [],
  parts: [{ tested: run, weights: others }],
});

/**
 * Two runs of one seed at the lower of their accuracies on the task: the better one with its update scaled by the largest s at which it has that of the other,
 * on straight lines between the tested s. 'apart' where it was not tested so, or every s leaves it above.
 *
 * How far it is scaled depends on single answers too. With T on the task and O on the others linear between two tests, O(s) moves with T by their slope
 * g = ΔO / ΔT: its influence is that of O − g · T there plus g · T of the other run, and so is its value, because both T are equal.
 */
function atLowerAccuracy({ domains, frozen }: Pick<DomainsResult, 'domains' | 'frozen'>, runs: readonly [Run, Run]) {
  const others = otherDomains(domains);
  const own = onlyDomain(domains, 0);
  const [first, second] = runs.map(({ accuracy }) => accuracy[0]);
  if (first === second) return runs.map((run) => unscaled(run, others));
  const better = first > second ? 0 : 1;
  const [above, below] = [runs[better], runs[1 - better]];
  // As a DoRA arm beside others: without the seeds in which it is the better one, it would be compared where it is behind.
  if (!isScaled(above)) return 'apart';
  const curve = [{ s: 0, ...frozen }, ...(above.scaled ?? []), { s: 1, ...above }];
  const place = scaleOfAccuracy(
    curve.map(({ s }) => s),
    curve.map(({ accuracy }) => accuracy[0]),
    below.accuracy[0],
  );
  if (!place) return 'apart';
  const ends = [curve[place.below], curve[place.below + 1]];
  const [gain, change] = [own, others].map((weights) => weighted(ends[1], weights) - weighted(ends[0], weights));
  const slope = change / gain;
  const along = others.map((weight, domain) => weight - slope * own[domain]);
  const scaled: ScaledRun = {
    s: place.s,
    between: ends.map(({ s }) => s),
    parts: [
      { tested: ends[0], weights: times(1 - place.weight, along) },
      { tested: ends[1], weights: times(place.weight, along) },
      { tested: below, weights: times(slope, own) },
    ],
  };
  return better === 0 ? [scaled, unscaled(below, others)] : [unscaled(below, others), scaled];
}

/** An arm beside another at equal accuracy on the task, seed by seed: null where some seed has none, as leaving it out would choose seeds by what they found. */
export function atEqualTask(
  part: DomainsResult,
  arm: string,
  beside: string,
): readonly (ScaledRun & { readonly seed: number })[] | null {
  const found: (ScaledRun & { readonly seed: number })[] = [];
  if (!hasOthers(part)) return found;
  for (const run of part.runs.filter((one) => one.arm === arm)) {
    const other = runOf(part.runs, beside, run.seed);
    // Where neither was scaled nothing is known, even of two that happen to be equal.
    const pair = other && (isScaled(run) || isScaled(other)) ? atLowerAccuracy(part, [run, other]) : null;
    if (pair === 'apart') return null;
    if (pair) found.push({ seed: run.seed, ...pair[0] });
  }
  return found;
}

export const OTHER_DOMAINS_AT_EQUAL_TASK: Measure = {
  id: 'other domains equal task',
  get name() {
    return MEASURE_WORDS.domains.equalTask;
  },
  unit: 'seed',
  lowerIsBetter: false,
  ofPair: true,
  sample: ({ domains: part }) => (part && hasOthers(part) ? domainsSample(part, 'all') : null),
  values: ({ domains: part }, arm, beside) =>
    part && beside !== undefined
      ? (atEqualTask(part, arm, beside) ?? []).flatMap(({ seed, parts }) =>
          domainsValue(part.domains, [seed], parts, everyDomain(part.domains)),
        )
      : [],
};
