/** Data sets that a study is tested on besides its own: opened in workers of their own, and matched with the classes of the images that are trained on. */
import type { StoreApi } from 'zustand/vanilla';
import type { openDataset, OpenedDataset } from '../../data/dataset/dataset-client.ts';
import { matchDomain, type MatchedDomain } from '../../data/dataset/held-out.ts';
import { matchingPlan } from '../../data/dataset/matching-plan.ts';
import type { DatasetPlan } from '../../data/dataset/plan.ts';
import type { DatasetSource } from '../../data/dataset/source.ts';
import { hasError, type Problem } from '../../data/files/problem.ts';
import type { DatasetState } from './dataset-state.ts';
import { failure, type DatasetWork } from './dataset-work.ts';
import { calledBy } from './plan-state.ts';
import { knownClasses } from './planned-study.ts';

/** "photo", then "photo (2)". */
function freeName(wanted: string, taken: readonly string[]): string {
  if (!taken.includes(wanted)) return wanted;
  let number = 2;
  while (taken.includes(`${wanted} (${number})`)) number++;
  return `${wanted} (${number})`;
}

/** Opens a data set and adds it to the session that is open when this is called. @returns whether it was added; false too if it was cancelled */
export async function addDomain(
  store: StoreApi<DatasetState>,
  work: DatasetWork,
  start: typeof openDataset,
  source: DatasetSource,
): Promise<boolean> {
  const { session } = work;
  const trained = await work.edited();
  if (!trained || work.session !== session || store.getState().adding) return false;
  const isCurrent = (): boolean => work.session === session;
  const signal = session.beginAdding();
  const refuse = (problems: readonly Problem[]): false => {
    const notAdded = signal.aborted ? null : { what: calledBy(source), problems };
    if (isCurrent()) store.setState({ adding: null, notAdded });
    return false;
  };
  store.setState({ adding: { done: 0, total: 0, waiting: null }, notAdded: null });
  let opened: OpenedDataset | null = null;
  try {
    opened = await start(source, {
      signal,
      onProgress(done, total, waiting = null) {
        if (isCurrent() && !signal.aborted) store.setState({ adding: { done, total, waiting } });
      },
    });
    const match = (plan: DatasetPlan): MatchedDomain =>
      matchDomain(knownClasses(trained.plan, store.getState()), plan.name, plan);
    const plan = await matchingPlan(opened, match, signal);
    signal.throwIfAborted();
    const { images, problems } = match(plan);
    if (!isCurrent() || hasError(plan.problems) || hasError(problems)) {
      opened.close();
      return refuse(hasError(plan.problems) ? plan.problems : problems);
    }
    const { name, domains, added } = store.getState();
    const taken = [name, ...domains.map((domain) => domain.name), ...added.map((one) => one.name)];
    const called = freeName(plan.name, taken);
    session.added = [...session.added, { name: called, plan, opened }];
    store.setState({ adding: null, added: [...added, { name: called, images: images.length }] });
    work.editSoon();
    return true;
  } catch (error) {
    opened?.close();
    return refuse([failure(error)]);
  }
}
