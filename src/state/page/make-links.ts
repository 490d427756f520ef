/** The page's side of the worker that makes links to a result. */
import { spokenLocale } from '../../core/language/catalogue.ts';
import { watched } from '../../platform/heartbeat.ts';
import { SHARE_CHECKS } from '../../share/words.ts';
import type { StudyResult } from '../../study/result/result.ts';
import type { LinkSize, ResultLink } from './result-address.ts';

export interface LinksRequest {
  readonly result: StudyResult;
  /** Its address. */
  readonly page: string;
  /** In the order in which they are made. */
  readonly sizes: readonly LinkSize[];
}

export type LinksAnswer = { readonly size: LinkSize; readonly link: ResultLink } | { readonly problem: string };

/** Of every result, by language, page and size. */
const MADE = new WeakMap<StudyResult, Map<string, ResultLink>>();

/**
 * Passes on the links of these sizes, each as soon as it is made; those of before at once.
 * @throws Error with a readable message; the signal's reason when aborted
 */
export function makeLinks(
  { result, page, sizes }: LinksRequest,
  receive: (size: LinkSize, link: ResultLink) => void,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const made = MADE.get(result) ?? new Map<string, ResultLink>();
  MADE.set(result, made);
  const locale = spokenLocale();
  const keyOf = (size: LinkSize): string => JSON.stringify([locale, page, size]);
  const missing = new Set<LinkSize>();
  for (const size of sizes) {
    const link = made.get(keyOf(size));
    if (link) receive(size, link);
    else missing.add(size);
  }
  if (missing.size === 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const worker = watched(
      new Worker(new URL('./links.worker.ts', import.meta.url), { type: 'module', name: 'copra-links' }),
    );
    const end = (settle: () => void): void => {
      signal.removeEventListener('abort', aborted);
      worker.terminate();
      settle();
    };
    const aborted = () => end(() => reject(signal.reason as Error));
    signal.addEventListener('abort', aborted);
    worker.onerror = () => end(() => reject(new Error(SHARE_CHECKS.linksStopped)));
    worker.onmessage = ({ data }: MessageEvent<LinksAnswer>) => {
      if ('problem' in data) return end(() => reject(new Error(data.problem)));
      made.set(keyOf(data.size), data.link);
      receive(data.size, data.link);
      missing.delete(data.size);
      if (missing.size === 0) end(resolve);
    };
    worker.postMessage({ result, page, sizes: [...missing] } satisfies LinksRequest);
  });
}
