/** Makes links to a result away from the page's thread: for each, the result is encoded many times. */
import { errorText } from '../../core/error-text.ts';
import { beWatched } from '../../platform/heartbeat.ts';
import type { LinksAnswer, LinksRequest } from './make-links.ts';
import { linkTo } from './result-address.ts';

beWatched({ de: async () => (await import('./german.ts')).LINKS_WORKER_DE });
const scope = self as unknown as DedicatedWorkerGlobalScope;
const reply = (answer: LinksAnswer): void => scope.postMessage(answer);

scope.onmessage = ({ data: { result, page, sizes } }: MessageEvent<LinksRequest>) => {
  try {
    for (const size of sizes) reply({ size, link: linkTo(result, page, size) });
  } catch (error) {
    reply({ problem: errorText(error) });
  }
};
