/** What testing on other domains takes: adapters of every run and pair of runs, and the images that each of them is tested on. */
import { otherDomainName, otherDomainsOf, type OtherDomainId } from '../../../data/bundled/other-domains.ts';
import { bundledById } from '../../../data/bundled/tasks.ts';
import { removalCounts } from '../../../copra/pruning/structured.ts';
import type { LabelledImages, Task } from '../../../data/task.ts';
import type { StudyConfig } from '../../config/config.ts';

type Settings = NonNullable<StudyConfig['analyses']['domains']>;

/** The chosen domains that the task can be tested on. */
export function testedDomains({ domains }: Settings, task: Pick<Task, 'id'>): OtherDomainId[] {
  return otherDomainsOf(task).filter((id) => domains.includes(id));
}

/** With fewer images a class, an accuracy says nothing of a domain. */
const LEAST_PER_CLASS = 2;

export const leastImages = ({ classes }: Pick<Task, 'classes'>): number => LEAST_PER_CLASS * classes.length;

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

/** The domains that came with the images. What a domain has decides whether it is tested, not how many images of it are. */
export function broughtDomains(
  { images: most }: Settings,
  { classes, others = [] }: Pick<Task, 'classes' | 'others'>,
): BroughtDomains {
  const least = leastImages({ classes });
  const isSmall = ({ images }: { readonly images: LabelledImages }): boolean => images.count < least;
  return {
    tested: others.flatMap((domain, place) => {
      const { name, images } = domain;
      return isSmall(domain) ? [] : [{ place, name, images: Math.min(images.count, most), set: images }];
    }),
    small: others.filter(isSmall).map(({ name, images }) => ({ name, images: images.count })),
  };
}

/** What a chosen domain is called beside the task and the domains that came with its images, which may have its name. */
export function nameBeside(id: OtherDomainId, { name: own, others = [] }: Pick<Task, 'name' | 'others'>): string {
  const name = otherDomainName(id);
  const taken = [own, ...others.map((other) => other.name)].map((other) => other.toLowerCase());
  return taken.includes(name.toLowerCase()) ? `${name}, transformed` : name;
}

/**
 * Names and numbers of images of the domains besides the task's own that own images are tested on, in the order of the result; null for a bundled task, whose
 * domains follow from the settings.
 */
export function ownDomains(
  settings: Settings,
  task: Task,
): { readonly name: string; readonly images: number }[] | null {
  if (bundledById(task.id)) return null;
  const images = Math.min(task.test.count, settings.images);
  return [
    ...broughtDomains(settings, task).tested,
    ...testedDomains(settings, task).map((id) => ({ name: nameBeside(id, task), images })),
  ];
}

/** Number of domains besides the task's own that are tested on: the chosen ones, and those that came with the images. */
export const domainCount = (settings: Settings, task: Pick<Task, 'id' | 'classes' | 'others'>): number =>
  testedDomains(settings, task).length + broughtDomains(settings, task).tested.length;

/** Adapters tested of a run: with every layer on, and with some of them. */
export const perRun = ({ orders }: Settings, layers: number): number => 1 + orders * removalCounts(layers).length;

/** Adapters tested between two runs, whose own tests are the ends of the paths. */
export const perPath = ({ points }: Settings): number => points - 2;
