/**
 * The locks by which tabs tell one another of studies that are saved: a running study holds one, so no other tab offers to continue it, and a page that offers to
 * resume a study where it was stopped holds another. The browser releases them when the tab or worker ends.
 */
import { randomId } from '../../platform/random-id.ts';

/** The part of the browser's lock API in use. */
export type Locks = Pick<LockManager, 'query' | 'request'>;

const RUNNING = 'copra-study-';
const runningOf = (id: string): string => RUNNING + id;
const offerOf = (id: string): string => `copra-offer-${id}`;

/** Whether another tab computes a study that it saves. False where the browser does not tell. */
export async function isComputedElsewhere(locks: Locks | undefined): Promise<boolean> {
  if (!locks) return false;
  const own = `copra-asks-${randomId()}`; // tells which locks are held here
  const isElsewhere = async (): Promise<boolean> => {
    const { held = [] } = await locks.query();
    const here = held.find(({ name }) => name === own)?.clientId;
    return held.some(({ name, clientId }) => name?.startsWith(RUNNING) && clientId !== here);
  };
  return locks.request(own, {}, isElsewhere).catch(() => false);
}

/** What tabs do with studies at one moment. */
interface HeldStudies {
  readonly isRunning: (id: string) => boolean;
  readonly isOffered: (id: string) => boolean;
}

export async function heldStudies(locks: Locks): Promise<HeldStudies> {
  const { held = [] } = await locks.query();
  const names = new Set(held.map(({ name }) => name));
  return { isRunning: (id) => names.has(runningOf(id)), isOffered: (id) => names.has(offerOf(id)) };
}

/** Marks a study as offered where it was stopped. @returns ends that */
export function offerStudy(locks: Locks, id: string): () => void {
  let end = (): void => undefined;
  const offered = new Promise<void>((resolve) => (end = resolve));
  void locks.request(offerOf(id), { mode: 'shared' }, () => offered).catch(() => undefined);
  return end;
}

/** Resolves once nobody is computing the study. */
export async function studyEnded(locks: Locks, id: string): Promise<void> {
  await locks.request(runningOf(id), { mode: 'shared' }, () => undefined);
}

/**
 * Marks a study as running while `work` goes on.
 * @param elsewhere called instead where somebody is computing it; what it throws is thrown
 */
export async function holdStudy(
  locks: Locks,
  id: string,
  work: () => Promise<void>,
  elsewhere: () => void = () => undefined,
): Promise<void> {
  await locks.request(runningOf(id), { ifAvailable: true }, (lock) => (lock ? work() : elsewhere()));
}
