/** What testing on other domains takes: adapters of every run and pair of runs, and the images that each of them is tested on. */
import { otherDomainName, otherDomainsOf, type OtherDomainId } from '../../../data/bundled/other-domains.ts';
import { bundledById } from '../../../data/bundled/tasks.ts';
import { hasLowRankUpdates } from '../../../copra/adapter-kinds.ts';
import { removalCounts } from '../../../copra/pruning/structured.ts';
import type { AdapterLayout } from '../../../core/adapter-layout.ts';
import type { LabelledImages, Task } from '../../../data/task.ts';
import type { StudyConfig } from '../../config/config.ts';
import type { StudyResult } from '../../result/result.ts';
import { DOMAINS_SETTINGS } from './settings.ts';

type Settings = NonNullable<StudyConfig['analyses']['domains']>;

/** The chosen domains that the task can be tested on. */
export function testedDomains({ domains }: Settings, task: Pick<Task, 'id'>): OtherDomainId[] {
  return otherDomainsOf(task).filter((id) => domains.includes(id));
}

/** With fewer images a class, an accuracy says nothing of a domain. */
const LEAST_PER_CLASS = 2;

export const leastImages = ({ classes }: Pick<Task, 'classes'>): number => LEAST_PER_CLASS * classes.length;

/** What a domain has decides whether it is tested, not how many images of it are. */
export const isSmall = ({ count }: Pick<LabelledImages, 'count'>, task: Pick<Task, 'classes'>): boolean =>
  count < leastImages(task);

/** How many images of a domain are tested on. */
export const imagesTested = ({ count }: Pick<LabelledImages, 'count'>, { images: most }: Settings): number =>
  Math.min(count, most);

interface BroughtDomain {
  /** Among those that came with the images. */
  readonly place: number;
  readonly name: string;
  /** As many as are tested on. */
  readonly images: number;
  readonly set: LabelledImages;
}

interface BroughtDomains {
  readonly tested: readonly BroughtDomain[];
  /** Left out, with all the images that they have. */
  readonly small: readonly { readonly name: string; readonly images: number }[];
}

/** The domains that came with the images. */
export function broughtDomains(settings: Settings, task: Pick<Task, 'classes' | 'others'>): BroughtDomains {
  const { others = [] } = task;
  return {
    tested: others.flatMap(({ name, images }, place) =>
      isSmall(images, task) ? [] : [{ place, name, images: imagesTested(images, settings), set: images }],
    ),
    small: others
      .filter(({ images }) => isSmall(images, task))
      .map(({ name, images }) => ({ name, images: images.count })),
  };
}

/** What a chosen domain is called beside the task and the domains that came with its images, which may have its name. */
export function nameBeside(id: OtherDomainId, { name: own, others = [] }: Pick<Task, 'name' | 'others'>): string {
  const name = otherDomainName(id);
  const taken = [own, ...others.map((other) => other.name)].map((other) => other.toLowerCase());
  return taken.includes(name.toLowerCase()) ? `${name}, transformed` : name;
}

/** A domain besides the task's own, with the number of its images that are tested on. */
interface OtherDomain {
  readonly name: string;
  readonly images: number;
}

/** Earlier versions left out domains of which few images were wanted: seeds are added on the same ones. @param known the study to which they are; null: none */
export function asBefore<Domain extends OtherDomain>(
  domains: readonly Domain[],
  task: Pick<Task, 'classes'>,
  known: Pick<StudyResult, 'domains'> | null,
): readonly Domain[] {
  const before = known?.domains?.domains.map(({ name }) => name);
  return before ? domains.filter(({ name, images }) => before.includes(name) || images >= leastImages(task)) : domains;
}

/**
 * The domains besides the task's own that own images are tested on, in the order of the result; null for a bundled task, whose domains follow from the
 * settings.
 */
export function ownDomains(
  settings: Settings,
  task: Task,
  known: Pick<StudyResult, 'domains'> | null,
): readonly OtherDomain[] | null {
  if (bundledById(task.id)) return null;
  const images = imagesTested(task.test, settings);
  const transformed = testedDomains(settings, task).map((id) => ({ name: nameBeside(id, task), images }));
  return asBefore([...broughtDomains(settings, task).tested, ...transformed], task, known);
}

/** Number of domains besides the task's own that are tested on: the chosen ones, and those that came with the images. */
export const domainCount = (settings: Settings, task: Pick<Task, 'id' | 'classes' | 'others'>): number =>
  testedDomains(settings, task).length + broughtDomains(settings, task).tested.length;

/** Of how many scaled updates every run with updates of low rank is tested. */
export const scalesOf = ({ scales = DOMAINS_SETTINGS.scales.usual }: Settings): number => scales;

/** Adapters tested of a run: with every layer on, with some of them, and scaled. */
export const perRun = (settings: Settings, layout: Pick<AdapterLayout, 'players' | 'dora'>): number =>
  1 +
  settings.orders * removalCounts(layout.players.length).length +
  (hasLowRankUpdates(layout) ? scalesOf(settings) : 0);

/** Adapters tested between two runs, whose own tests are the ends of the paths. */
export const perPath = ({ points }: Settings): number => points - 2;
