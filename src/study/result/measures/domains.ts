/** Figures of adapters tested on domains that they were not trained on. */
import { byMotif, type Drawn } from '../../../core/clusters.ts';
import { imageVariance, type ScopedInterval, type SeedValue } from '../../../core/crossed-interval.ts';
import { remembered } from '../../../core/remembered.ts';
import { halfOfLayers } from '../../../copra/layer-orders.ts';
import { midpointWeights } from '../../../copra/midpoint.ts';
import { differencesBySeed, seedDifference } from '../../../copra/seed-differences.ts';
import type { DomainsResult, Tested } from '../../analyses/domains/result.ts';
import { countMotifs } from '../motifs.ts';
import { answersOf, finite, type Measure } from './measure.ts';
import { MEASURE_WORDS } from './messages.ts';

type Domains = DomainsResult['domains'];

/** Weights of domains, [domains], of which the figure is the weighted sum. */
export type Weights = readonly number[];

/** A share of a figure: the change of the figure per change of each of these accuracies. */
export interface DomainShare {
  readonly tested: Tested;
  readonly weights: Weights;
}

export const times = (factor: number, weights: Weights): Weights => weights.map((weight) => factor * weight);

export const onlyDomain = ({ length }: Domains, domain: number): Weights =>
  Array.from({ length }, (_, i) => Number(i === domain));

/** Every domain but the task's own counts the same, regardless of its number of images. */
export const otherDomains = ({ length }: Domains): Weights =>
  Array.from({ length }, (_, i) => (i > 0 ? 1 / (length - 1) : 0));

/** Whether something was tested besides the domain of the task. */
export const hasOthers = ({ domains }: Pick<DomainsResult, 'domains'>): boolean => domains.length > 1;

interface Pictures {
  /** First of the pictures of every group of domains that show the same ones. */
  readonly first: ReadonlyMap<number, number>;
  readonly count: number;
  /** [count]: the number of the motif of each; null where that is not known of all. */
  readonly motifs: readonly number[] | null;
}

/** The pictures of the domains that count. A picture counts once, in however many domains it is shown. */
function picturesOf(domains: Domains, weights: Weights): Pictures {
  /** The domain that shows most of every group. */
  const largest = new Map<number, Domains[number]>();
  domains.forEach((domain, i) => {
    const before = largest.get(domain.pictures);
    if (weights[i] !== 0 && (!before || before.images < domain.images)) largest.set(domain.pictures, domain);
  });
  const first = new Map<number, number>();
  let count = 0;
  for (const [pictures, { images }] of largest) {
    first.set(pictures, count);
    count += images;
  }
  const motifs = [...largest.values()].flatMap((domain) => domain.motifs ?? []);
  return { first, count, motifs: motifs.length === count ? motifs : null };
}

/** The accuracies of a test, weighted. */
export const weighted = ({ accuracy }: Tested, weights: Weights): number =>
  accuracy.reduce((sum, value, domain) => sum + (weights[domain] === 0 ? 0 : weights[domain] * value), 0);

/**
 * A weighted sum of accuracies on domains, and how single pictures enter it.
 * @param counted domains with a weight are those whose pictures it is of, whatever the weights of a part
 */
export function domainsValue(
  domains: Domains,
  seeds: readonly number[],
  parts: readonly DomainShare[],
  counted: Weights,
): SeedValue[] {
  const isWhole = parts.every(
    ({ tested }) => tested.accuracy.length === domains.length && tested.accuracy.every(finite),
  );
  // Where no domain counts, as where there is none but the task's own, the sum would be 0.
  if (parts.length === 0 || !isWhole || counted.every((weight) => weight === 0)) return [];
  const value = parts.reduce((sum, { tested, weights }) => sum + weighted(tested, weights), 0);
  const { first, count, motifs } = picturesOf(domains, counted);
  /** Change of the figure per answer, times the number of pictures. */
  const scalesOf = (weights: Weights): number[] =>
    domains.map(({ images }, i) => (weights[i] === 0 ? 0 : (weights[i] * count) / images));
  const sensitivity =
    parts.reduce((sum, { weights }) => sum + Math.max(...scalesOf(weights).map(Math.abs)) ** 2, 0) / 2;
  const byImage = new Float64Array(count).fill(value);
  for (const { tested, weights } of parts) {
    const scales = scalesOf(weights);
    for (const [domain, { images, pictures }] of domains.entries()) {
      if (weights[domain] === 0) continue;
      const { accuracy, correct } = answersOf(tested, tested.accuracy[domain], tested.correct?.[domain], {
        test: images,
      });
      if (!correct) return [{ seeds, value, sensitivity }];
      const from = first.get(pictures) ?? 0;
      for (let i = 0; i < images; i++) byImage[from + i] += scales[domain] * (correct[i] - accuracy);
    }
  }
  return [{ seeds, value, sensitivity, byMotif: byMotif(byImage, motifs) }];
}

export type Run = DomainsResult['runs'][number];

/** A mean of several adapters. */
type Mean = readonly { readonly tested: Tested; readonly weight: number }[];

const whole = (tested: Tested): Mean => [{ tested, weight: 1 }];

const partsOf = (mean: Mean, weights: Weights): DomainShare[] =>
  mean.map(({ tested, weight }) => ({ tested, weights: times(weight, weights) }));

/** The mean over the orders of layers. */
function halfOf({ layers, subsets }: Run): Mean {
  const halves = subsets.filter(({ active }) => active === halfOfLayers(layers));
  return halves.map((tested) => ({ tested, weight: 1 / halves.length }));
}

/** How many halves of the layers were tested. */
export const halvesOf = (run: Run): number => halfOf(run).length;

/** Accuracy with half of the layers on, weighted, mean over the orders of layers; null where that was not tested. */
export function halfAccuracy(run: Run, weights: Weights): number | null {
  const halves = halfOf(run);
  return halves.length > 0
    ? halves.reduce((sum, { tested, weight }) => sum + weight * weighted(tested, weights), 0)
    : null;
}

const midpointOf = ({ points }: DomainsResult['paths'][number]): Mean =>
  midpointWeights(points.map(({ lambda }) => lambda)).flatMap(({ point, weight }) =>
    points[point] ? [{ tested: points[point], weight }] : [],
  );

function otherMeasure(
  id: string,
  name: keyof typeof MEASURE_WORDS.domains,
  unit: Measure['unit'],
  values: (part: DomainsResult, arm: string) => readonly { readonly seeds: readonly number[]; readonly mean: Mean }[],
): Measure {
  return {
    id,
    get name() {
      return MEASURE_WORDS.domains[name];
    },
    unit,
    lowerIsBetter: false,
    sample: ({ domains: part }) => (part && hasOthers(part) ? domainsSample(part, 'others') : null),
    values: ({ domains: part }, arm) =>
      part
        ? values(part, arm).flatMap(({ seeds, mean }) => {
            const weights = otherDomains(part.domains);
            return domainsValue(part.domains, seeds, partsOf(mean, weights), weights);
          })
        : [],
  };
}

const ofRuns =
  (meanOf: (run: Run) => Mean) =>
  ({ runs }: DomainsResult, arm: string) =>
    runs.filter((run) => run.arm === arm).map((run) => ({ seeds: [run.seed], mean: meanOf(run) }));

export const OTHER_DOMAINS_ACCURACY = otherMeasure('other domains', 'whole', 'seed', ofRuns(whole));

export const OTHER_DOMAINS_HALF = otherMeasure('other domains half', 'half', 'seed', ofRuns(halfOf));

export const otherDomainsMidpoint = (path: 'factor' | 'product'): Measure =>
  otherMeasure(`other domains midpoint ${path}`, path, 'pair of seeds', ({ paths }, arm) =>
    paths
      .filter((entry) => entry.arm === arm && entry.path === path)
      .map((entry) => ({ seeds: entry.seeds, mean: midpointOf(entry) })),
  );

/** A domain by its index, or the mean of those that are not the task's own. */
export type DomainChoice = number | 'others';

const weightsOf = (domains: Domains, choice: DomainChoice): Weights =>
  choice === 'others' ? otherDomains(domains) : onlyDomain(domains, choice);

export const everyDomain = ({ length }: Domains): Weights => Array.from({ length }, () => 1);

/** The pictures of a domain, of all but the task's own, or of all. */
export function domainsSample({ domains, motifCounts }: DomainsResult, choice: DomainChoice | 'all'): Drawn {
  const { count, motifs } = picturesOf(domains, choice === 'all' ? everyDomain(domains) : weightsOf(domains, choice));
  const kept = typeof choice === 'number' ? motifCounts?.domains[choice] : motifCounts?.[choice];
  return { images: count, motifs: motifs ? countMotifs(motifs) : kept || null };
}

/** Whether a run was tested with its update scaled. */
export const isScaled = ({ scaled = [] }: Pick<Run, 'scaled'>): boolean => scaled.length > 0;

/** Accuracy of the backbone alone and of an arm with everything on, seed by seed. */
function besideBackbone({ domains, frozen, runs }: DomainsResult, arm: string, choice: DomainChoice) {
  const weights = weightsOf(domains, choice);
  const own = runs.filter((run) => run.arm === arm);
  return {
    arm: own.flatMap((run) => domainsValue(domains, [run.seed], partsOf(whole(run), weights), weights)),
    backbone: own.flatMap(({ seed }) => domainsValue(domains, [seed], partsOf(whole(frozen), weights), weights)),
  };
}

const once = remembered<ScopedInterval | null>();

/** What an arm gains (> 0) or forgets (< 0) of the backbone's accuracy with everything on, with its 95 % interval; null without runs. Computed once of a result. */
export const keptOfBackbone = (part: DomainsResult, arm: string, choice: DomainChoice): ScopedInterval | null =>
  once(part, JSON.stringify([arm, choice]), () => {
    const values = besideBackbone(part, arm, choice);
    const known = part.imageVariances?.find((entry) => entry.arm === arm);
    const variance = known && (choice === 'others' ? known.others : known.domains[choice]);
    return seedDifference(values.backbone, values.arm, domainsSample(part, choice), variance ?? null);
  });

/** How many motifs the domains show, for results that do not keep the motif of every image; what was kept before stays. */
export function keptMotifs(part: DomainsResult): Pick<DomainsResult, 'motifCounts'> {
  const others = hasOthers(part) ? domainsSample(part, 'others').motifs : 0;
  const domains = part.domains.flatMap((_, domain) => domainsSample(part, domain).motifs ?? []);
  if (others === null || domains.length < part.domains.length) return {};
  const all = part.runs.some(isScaled) ? domainsSample(part, 'all').motifs : null;
  return { motifCounts: { domains, others, ...(all !== null && { all }) } };
}

/** What the images add to the variances of keptOfBackbone, for results without answers; those that were stored before stay. */
export function keptDomainVariances(part: DomainsResult): NonNullable<DomainsResult['imageVariances']> {
  return [...new Set(part.runs.map(({ arm }) => arm))].flatMap((arm) => {
    const of = (choice: DomainChoice): number | null => {
      const values = besideBackbone(part, arm, choice);
      return imageVariance(differencesBySeed(values.backbone, values.arm));
    };
    const others = of('others');
    const domains = part.domains.map((_, domain) => of(domain));
    const isKnown = others !== null && domains.every((variance) => variance !== null);
    return isKnown ? [{ arm, domains, others }] : (part.imageVariances ?? []).filter((entry) => entry.arm === arm);
  });
}
