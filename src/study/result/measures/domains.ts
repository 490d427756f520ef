/** Figures of adapters tested on domains that they were not trained on. */
import { byMotif, type Drawn } from '../../../core/clusters.ts';
import { imageVariance, type ScopedInterval, type SeedValue } from '../../../core/crossed-interval.ts';
import { halfOfLayers } from '../../../copra/layer-orders.ts';
import { midpointWeights } from '../../../copra/midpoint.ts';
import { differencesBySeed, seedDifference } from '../../../copra/seed-differences.ts';
import type { DomainsResult, Tested } from '../../analyses/domains/result.ts';
import { countMotifs } from '../motifs.ts';
import { answersOf, finite, type Measure } from './measure.ts';
import { MEASURE_WORDS } from './messages.ts';

type Domains = DomainsResult['domains'];

/** A share of a figure. */
interface Part {
  readonly tested: Tested;
  readonly weight: number;
}

/** Weights of domains, [domains], of which the figure is the weighted sum. */
type Weights = readonly number[];

const onlyDomain = ({ length }: Domains, domain: number): Weights =>
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

/** A weighted sum of accuracies on domains, and how single pictures enter it. */
function domainsValue(
  domains: Domains,
  seeds: readonly number[],
  parts: readonly Part[],
  weights: Weights,
): SeedValue[] {
  const isWhole = parts.every(
    ({ tested }) => tested.accuracy.length === domains.length && tested.accuracy.every(finite),
  );
  // Where no domain counts, as where there is none but the task's own, the sum would be 0.
  if (parts.length === 0 || !isWhole || weights.every((weight) => weight === 0)) return [];
  const value = parts.reduce((sum, { tested, weight }) => sum + weight * weighted(tested, weights), 0);
  const { first, count, motifs } = picturesOf(domains, weights);
  /** Change of the figure per answer, times the number of pictures. */
  const scales = domains.map(({ images }, i) => (weights[i] === 0 ? 0 : (weights[i] * count) / images));
  const largest = Math.max(...scales.map(Math.abs));
  const sensitivity = (largest ** 2 * parts.reduce((sum, { weight }) => sum + weight ** 2, 0)) / 2;
  const byImage = new Float64Array(count).fill(value);
  for (const { tested, weight } of parts)
    for (const [domain, { images, pictures }] of domains.entries()) {
      if (weights[domain] === 0) continue;
      const { accuracy, correct } = answersOf(tested, tested.accuracy[domain], tested.correct?.[domain], {
        test: images,
      });
      if (!correct) return [{ seeds, value, sensitivity }];
      const from = first.get(pictures) ?? 0;
      for (let i = 0; i < images; i++) byImage[from + i] += weight * scales[domain] * (correct[i] - accuracy);
    }
  return [{ seeds, value, sensitivity, byMotif: byMotif(byImage, motifs) }];
}

const whole = (tested: Tested): Part[] => [{ tested, weight: 1 }];

/** The mean over the orders of layers. */
function halfOf({ layers, subsets }: DomainsResult['runs'][number]): Part[] {
  const halves = subsets.filter(({ active }) => active === halfOfLayers(layers));
  return halves.map((tested) => ({ tested, weight: 1 / halves.length }));
}

/** How many halves of the layers were tested. */
export const halvesOf = (run: DomainsResult['runs'][number]): number => halfOf(run).length;

/** Accuracy with half of the layers on, weighted, mean over the orders of layers; null where that was not tested. */
export function halfAccuracy(run: DomainsResult['runs'][number], weights: Weights): number | null {
  const halves = halfOf(run);
  return halves.length > 0
    ? halves.reduce((sum, { tested, weight }) => sum + weight * weighted(tested, weights), 0)
    : null;
}

const midpointOf = ({ points }: DomainsResult['paths'][number]): Part[] =>
  midpointWeights(points.map(({ lambda }) => lambda)).flatMap(({ point, weight }) =>
    points[point] ? [{ tested: points[point], weight }] : [],
  );

function otherMeasure(
  id: string,
  name: keyof typeof MEASURE_WORDS.domains,
  unit: Measure['unit'],
  values: (
    part: DomainsResult,
    arm: string,
  ) => readonly { readonly seeds: readonly number[]; readonly parts: Part[] }[],
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
        ? values(part, arm).flatMap(({ seeds, parts }) =>
            domainsValue(part.domains, seeds, parts, otherDomains(part.domains)),
          )
        : [],
  };
}

const ofRuns =
  (partsOf: (run: DomainsResult['runs'][number]) => Part[]) =>
  ({ runs }: DomainsResult, arm: string) =>
    runs.filter((run) => run.arm === arm).map((run) => ({ seeds: [run.seed], parts: partsOf(run) }));

export const OTHER_DOMAINS_ACCURACY = otherMeasure('other domains', 'whole', 'seed', ofRuns(whole));

export const OTHER_DOMAINS_HALF = otherMeasure('other domains half', 'half', 'seed', ofRuns(halfOf));

export const otherDomainsMidpoint = (path: 'factor' | 'product'): Measure =>
  otherMeasure(`other domains midpoint ${path}`, path, 'pair of seeds', ({ paths }, arm) =>
    paths
      .filter((entry) => entry.arm === arm && entry.path === path)
      .map((entry) => ({ seeds: entry.seeds, parts: midpointOf(entry) })),
  );

/** A domain by its index, or the mean of those that are not the task's own. */
export type DomainChoice = number | 'others';

const weightsOf = (domains: Domains, choice: DomainChoice): Weights =>
  choice === 'others' ? otherDomains(domains) : onlyDomain(domains, choice);

/** The pictures of a domain, or of all but the task's own. */
export function domainsSample({ domains, motifCounts }: DomainsResult, choice: DomainChoice): Drawn {
  const { count, motifs } = picturesOf(domains, weightsOf(domains, choice));
  const kept = choice === 'others' ? motifCounts?.others : motifCounts?.domains[choice];
  return { images: count, motifs: motifs ? countMotifs(motifs) : kept || null };
}

/** Accuracy of the backbone alone and of an arm with everything on, seed by seed. */
function besideBackbone({ domains, frozen, runs }: DomainsResult, arm: string, choice: DomainChoice) {
  const weights = weightsOf(domains, choice);
  const own = runs.filter((run) => run.arm === arm);
  return {
    arm: own.flatMap((run) => domainsValue(domains, [run.seed], whole(run), weights)),
    backbone: own.flatMap(({ seed }) => domainsValue(domains, [seed], whole(frozen), weights)),
  };
}

/** What an arm gains (> 0) or forgets (< 0) of the backbone's accuracy with everything on, with its 95 % interval; null without runs. */
export function keptOfBackbone(part: DomainsResult, arm: string, choice: DomainChoice): ScopedInterval | null {
  const values = besideBackbone(part, arm, choice);
  const known = part.imageVariances?.find((entry) => entry.arm === arm);
  const variance = known && (choice === 'others' ? known.others : known.domains[choice]);
  return seedDifference(values.backbone, values.arm, domainsSample(part, choice), variance ?? null);
}

/** How many motifs the domains show, for results that do not keep the motif of every image; what was kept before stays. */
export function keptMotifs(part: DomainsResult): Pick<DomainsResult, 'motifCounts'> {
  const others = hasOthers(part) ? domainsSample(part, 'others').motifs : 0;
  const domains = part.domains.flatMap((_, domain) => domainsSample(part, domain).motifs ?? []);
  return others !== null && domains.length === part.domains.length ? { motifCounts: { domains, others } } : {};
}

/** What the images add to the variances of keptOfBackbone, for results without answers; those that were stored before stay. */
export function keptVariances(part: DomainsResult): NonNullable<DomainsResult['imageVariances']> {
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
