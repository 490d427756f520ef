/** The page's side of the worker that makes links to a result. */
import { spokenLocale } from '../../core/language/catalogue.ts';
import { workerJob } from '../../platform/worker-job.ts';
import { SHARE_CHECKS } from '../../share/words.ts';
import type { StudyResult } from '../../study/result/result.ts';
import type { LinkSize, ResultLink } from './result-address.ts';

export interface LinksJob {
  readonly result: StudyResult;
  /** Its address. */
  readonly page: string;
  /** In the order in which they are made. */
  readonly sizes: readonly LinkSize[];
}

export interface MadeLink {
  readonly size: LinkSize;
  readonly link: ResultLink;
}

/** Of every result, by language, page and size. */
const MADE = new WeakMap<StudyResult, Map<string, ResultLink>>();

/**
 * Passes on the links of these sizes, each as soon as it is made; those of before at once.
 * @throws Error with a readable message; the signal's reason when aborted
 */
export function makeLinks(
  { result, page, sizes }: LinksJob,
  receive: (size: LinkSize, link: ResultLink) => void,
  signal?: AbortSignal,
): Promise<void> {
  signal?.throwIfAborted();
  const made = MADE.get(result) ?? new Map<string, ResultLink>();
  MADE.set(result, made);
  const locale = spokenLocale();
  const keyOf = (size: LinkSize): string => JSON.stringify([locale, page, size]);
  const missing: LinkSize[] = [];
  for (const size of sizes) {
    const link = made.get(keyOf(size));
    if (link) receive(size, link);
    else missing.push(size);
  }
  if (missing.length === 0) return Promise.resolve();
  return workerJob<LinksJob, void, MadeLink>({
    start: () => new Worker(new URL('./links.worker.ts', import.meta.url), { type: 'module', name: 'copra-links' }),
    job: { result, page, sizes: missing },
    onProgress: ({ size, link }) => {
      made.set(keyOf(size), link);
      receive(size, link);
    },
    stopped: () => SHARE_CHECKS.linksStopped,
    signal,
  });
}
