/** What testing on other domains takes: adapters of every run and pair of runs, and the images that each of them is tested on. */
import { otherDomainsOf, type OtherDomainId } from '../../../data/bundled/other-domains.ts';
import { removalCounts } from '../../../copra/pruning/structured.ts';
import type { Task } from '../../../data/task.ts';
import type { StudyConfig } from '../../config/config.ts';

type Settings = NonNullable<StudyConfig['analyses']['domains']>;

/** The chosen domains that the task can be tested on. */
export function testedDomains({ domains }: Settings, task: Pick<Task, 'id'>): OtherDomainId[] {
  return otherDomainsOf(task).filter((id) => domains.includes(id));
}

/** Number of domains besides the task's own: the chosen ones, and all that came with the images. */
export const domainCount = (settings: Settings, task: Pick<Task, 'id' | 'others'>): number =>
  testedDomains(settings, task).length + (task.others?.length ?? 0);

/** Adapters tested of a run: with every layer on, and with some of them. */
export const perRun = ({ orders }: Settings, layers: number): number => 1 + orders * removalCounts(layers).length;

/** Adapters tested between two runs, whose own tests are the ends of the paths. */
export const perPath = ({ points }: Settings): number => points - 2;
