/**
 * Tests every run on domains that it was not trained on, beside the backbone alone: with every layer on, with some of them in random orders, with its update
 * scaled, and along the paths between two seeds.
 */
import { hasLowRankUpdates } from '../../../copra/adapter-kinds.ts';
import { layerSubsets } from '../../../copra/layer-orders.ts';
import { lambdas } from '../../../copra/landscape.ts';
import { scalesBetween } from '../../../copra/scaled-curve.ts';
import { scaledUpdate } from '../../../copra/scaled-update.ts';
import { allGates, type AdapterLayout } from '../../../core/adapter-layout.ts';
import { denseMotifs } from '../../../core/clusters.ts';
import { without } from '../../../core/without.ts';
import { loadOtherDomains } from '../../../data/bundled/load-other-domains.ts';
import type { LabelledImages } from '../../../data/task.ts';
import type { Variant } from '../../../engine/engine.ts';
import { reportPhase, scoreVariants, type StudyContext, type TrainedRun } from '../../run/context.ts';
import { patchifyImages } from '../../run/images.ts';
import { isOf, isPairOf } from '../../result/run-names.ts';
import { found } from '../../result/result-parts.ts';
import type { Scene } from '../analysis.ts';
import { PATHS } from '../landscape/path-points.ts';
import type { RunPair } from '../../run/run-pairs.ts';
import { withoutDora } from '../without-dora.ts';
import type { DomainsResult, Tested } from './result.ts';
import {
  asBefore,
  broughtDomains,
  imagesTested,
  isSmall,
  leastImages,
  nameBeside,
  perPath,
  perRun,
  scalesOf,
  testedDomains,
} from './work.ts';
import { ANALYSIS_NOTICES } from '../words.ts';

type Settings = NonNullable<StudyContext['config']['analyses']['domains']>;
type Domain = DomainsResult['domains'][number];

interface DomainImages extends Domain {
  readonly set: LabelledImages;
}

/**
 * The task's own test images, as many as every analysis tests, then those of the domains that came with the images, then those of the chosen ones. Domains
 * that have hardly any images are left out, and a notice says so. Transforms have as many images as the task itself, be they few.
 */
async function imagesOfDomains(context: StudyContext, settings: Settings): Promise<DomainImages[]> {
  const { task, test, readAtlas = null, emit, known } = context;
  const least = leastImages(task);
  // What a domain has decides, not how many images of it are wanted.
  const loaded = await loadOtherDomains(
    task,
    testedDomains(settings, task),
    Math.max(settings.images, least),
    readAtlas,
  );
  const isLeftOut = ({ images, pictures }: (typeof loaded)[number]): boolean => pictures !== 0 && isSmall(images, task);
  const transformed = loaded
    .filter((domain) => !isLeftOut(domain))
    .map(({ id, images, pictures }) => ({
      name: nameBeside(id, task),
      images: imagesTested(images, settings),
      pictures,
      set: images,
    }));
  // Pictures of their own, with numbers that no other domain has.
  const first = 1 + loaded.reduce((highest, { pictures }) => Math.max(highest, pictures), 0);
  const { tested, small } = broughtDomains(settings, task);
  const brought = tested.map(({ place, ...domain }) => ({ ...domain, pictures: first + place }));
  const leftOut = [
    ...small,
    ...loaded.filter(isLeftOut).map(({ id, images }) => ({ name: nameBeside(id, task), images: images.count })),
  ];
  for (const { name, images } of leftOut)
    emit({ type: 'notice', message: ANALYSIS_NOTICES.domainLeftOut(name, images, least) });
  const others = asBefore([...brought, ...transformed], task, known);
  return [{ name: task.name, images: test.count, pictures: 0, set: task.test }, ...others];
}

/** What a result says of the domains. Motifs are numbered alike in all of them, where they are known of all: one that several domains show is one. */
function withMotifs(domains: readonly DomainImages[]): Domain[] {
  const all = domains.map(({ set, images }) => set.motifs?.subarray(0, images));
  const areKnown = all.every((motifs) => motifs !== undefined);
  const numbers = areKnown ? denseMotifs(all.flatMap((motifs) => [...motifs])) : [];
  let next = 0;
  return domains.map(({ name, images, pictures }) => ({
    name,
    images,
    pictures,
    ...(areKnown && { motifs: numbers.slice(next, (next += images)) }),
  }));
}

/** Tests variants of one layout on all domains. @returns one test per variant */
async function testVariants(
  context: StudyContext,
  domains: readonly DomainImages[],
  { layout, scale }: { readonly layout: AdapterLayout; readonly scale: number },
  variants: readonly Variant[],
  onShare: (share: number) => void,
): Promise<Required<Tested>[]> {
  const { engine, objective, model } = context;
  const tests = variants.map((): Required<Tested> => ({ accuracy: [], correct: [] }));
  const evaluator = engine.createEvaluator({ objective, layout, scale });
  try {
    for (const [index, { set: images, images: most }] of domains.entries()) {
      const { patches, labels } = patchifyImages(images, model, most);
      const set = evaluator.imageSet(patches, labels);
      try {
        const scores = await scoreVariants(context, evaluator, set, labels, variants, (share) =>
          onShare((index + share) / domains.length),
        );
        tests.forEach(({ accuracy, correct }, variant) => {
          accuracy.push(scores.accuracy[variant]);
          correct.push(scores.correct[variant]);
        });
      } finally {
        set.dispose();
      }
    }
  } finally {
    evaluator.dispose();
  }
  return tests;
}

/** Of a run, what is tested of it. */
interface RunJob {
  readonly run: TrainedRun;
  /** What was tested of it before it had scaled updates; null: nothing. */
  readonly before: DomainsResult['runs'][number] | null;
  readonly scales: readonly number[];
}

/** Adapters that a job tests. */
const sizeOf = (settings: Settings, { run, before, scales }: RunJob): number =>
  before ? scales.length : perRun(settings, run.layout);

/** Every layer on, then some of them, then the update scaled. */
async function testRun(
  context: StudyContext,
  domains: readonly DomainImages[],
  { orders, frozenHead }: { readonly orders: number; readonly frozenHead: Scene['frozenHead'] },
  { run, before, scales }: RunJob,
  onShare: (share: number) => void,
): Promise<DomainsResult['runs'][number]> {
  const { arm, seed, layout, adapter } = run;
  const every = allGates(layout);
  const subsets = before ? [] : layerSubsets(layout, orders);
  const gated = before ? [] : [every, ...subsets.map(({ gates }) => gates)];
  const tests = await testVariants(
    context,
    domains,
    run,
    [
      ...gated.map((gates) => ({ adapter, gates })),
      ...scales.map((s) => ({ adapter: scaledUpdate(layout, adapter, s, frozenHead), gates: every })),
    ],
    onShare,
  );
  const scaled = scales.map((s, i) => ({ s, ...tests[gated.length + i] }));
  const found = before ?? {
    arm: arm.id,
    seed,
    layers: layout.players.length,
    ...tests[0],
    subsets: subsets.map(({ order, active }, i) => ({ order, active, ...tests[1 + i] })),
  };
  return { ...found, ...(scaled.length > 0 && { scaled }) };
}

/** The points between two runs, and the tests of both as ends. */
async function testPath(
  context: StudyContext,
  domains: readonly DomainImages[],
  [first, second]: RunPair,
  { path, at, ends }: { path: DomainsResult['paths'][number]['path']; at: readonly number[]; ends: readonly Tested[] },
  onShare: (share: number) => void,
): Promise<DomainsResult['paths'][number]> {
  const { layout: layoutOf, point } = PATHS[path];
  const { layout, scale, arm } = first;
  const gates = allGates(layoutOf(layout));
  const inner = at.slice(1, -1);
  const variants = inner.map((lambda) => ({ adapter: point(layout, first.adapter, second.adapter, lambda), gates }));
  const tests = await testVariants(context, domains, { layout: layoutOf(layout), scale }, variants, onShare);
  const all = [ends[0], ...tests, ends[1]];
  return {
    arm: arm.id,
    seeds: [first.seed, second.seed],
    path,
    points: at.map((lambda, i) => ({ lambda, ...testOf(all[i]) })),
  };
}

const testOf = ({ accuracy, correct }: Tested): Tested => ({ accuracy, ...(correct && { correct }) });

/** What was not tested before. */
interface Jobs {
  readonly runs: readonly RunJob[];
  readonly paths: readonly { readonly path: DomainsResult['paths'][number]['path']; readonly pair: RunPair }[];
}

function jobsOf(
  context: StudyContext,
  settings: Settings,
  { source, runs }: Pick<Scene, 'source' | 'runs'>,
  already: DomainsResult | null,
): Jobs {
  const isNew = (pair: RunPair, path: string): boolean =>
    !already?.paths.some((entry) => entry.path === path && isPairOf(entry, pair));
  const scales = scalesBetween(scalesOf(settings));
  const scalable = scales.length > 0 ? new Set(withoutDora(context, runs, 'scaled')) : new Set<TrainedRun>();
  const groups = source.pairs(runs);
  if (settings.paths.includes('product')) withoutDora(context, groups.flat(2), 'product');
  return {
    runs: runs.flatMap((run): RunJob[] => {
      const before = already?.runs.find((entry) => isOf(entry, run)) ?? null;
      const own = scalable.has(run) && !before?.scaled ? scales : [];
      return before && own.length === 0 ? [] : [{ run, before, scales: own }];
    }),
    paths: groups.flatMap((pairs) =>
      settings.paths.flatMap((path) =>
        pairs
          .filter((pair) => (path === 'factor' || hasLowRankUpdates(pair[0].layout)) && isNew(pair, path))
          .map((pair) => ({ path, pair })),
      ),
    ),
  };
}

/** Work in tested adapters, which all see the same images. */
const workOf = (settings: Settings, { runs, paths }: Jobs): number =>
  1 + runs.reduce((sum, job) => sum + sizeOf(settings, job), 0) + paths.length * perPath(settings);

export async function runDomains(
  context: StudyContext,
  { source, runs, frozenOn, frozenHead }: Pick<Scene, 'source' | 'runs' | 'frozenOn' | 'frozenHead'>,
): Promise<void> {
  const settings = context.config.analyses.domains;
  if (!settings) return;
  const already = context.known?.domains ?? null;
  const jobs = jobsOf(context, settings, { source, runs }, already);
  if (jobs.runs.length + jobs.paths.length === 0) return;
  const domains = await imagesOfDomains(context, settings);
  const total = workOf(settings, jobs);
  let done = 0;
  /** Reports the shares of a part of the work. */
  const part = (work: number): ((share: number) => void) => {
    const from = done;
    done += work;
    return (share) => reportPhase(context, 'domains', (from + share * work) / total);
  };
  const ofFrozen = part(1);
  const frozen: Required<Tested> = { accuracy: [], correct: [] };
  for (const [index, { set, images }] of domains.entries()) {
    await context.checkpoint();
    const { accuracy, correct } = (await frozenOn(patchifyImages(set, context.model, images))).scores;
    frozen.accuracy.push(accuracy);
    frozen.correct.push(correct);
    ofFrozen((index + 1) / domains.length);
  }
  let result: DomainsResult = {
    // With other seeds the images add another variance.
    ...(already ? without(already, 'imageVariances') : { runs: [], paths: [] }),
    domains: withMotifs(domains),
    frozen,
  };
  const tell = (news: Partial<DomainsResult>): void => {
    result = { ...result, ...news };
    context.emit(found('domains', result));
  };
  tell({});
  for (const job of jobs.runs) {
    const onShare = part(sizeOf(settings, job));
    const tested = await testRun(context, domains, { ...settings, frozenHead }, job, onShare);
    tell({
      runs: job.before ? result.runs.map((entry) => (entry === job.before ? tested : entry)) : [...result.runs, tested],
    });
  }
  const at = lambdas(settings.points);
  const endOf = (run: TrainedRun): Tested => {
    const test = result.runs.find((entry) => isOf(entry, run));
    if (!test) throw new Error(`The run of arm “${run.arm.id}”, seed ${run.seed}, was not tested on other domains.`);
    return test;
  };
  for (const { path, pair } of jobs.paths) {
    const onShare = part(perPath(settings));
    const ends = pair.map(endOf);
    tell({ paths: [...result.paths, await testPath(context, domains, pair, { path, at, ends }, onShare)] });
  }
}
