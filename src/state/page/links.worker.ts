/** Makes links to a result away from the page's thread: for each, the result is encoded many times. */
import { serveJob } from '../../platform/serve-job.ts';
import type { LinksJob, MadeLink } from './make-links.ts';
import { linkTo } from './result-address.ts';

const LANGUAGES = { de: async () => (await import('./german.ts')).LINKS_WORKER_DE };

serveJob<LinksJob, void, MadeLink>(LANGUAGES, ({ result, page, sizes }, onMade) => {
  for (const size of sizes) onMade({ size, link: linkTo(result, page, size) });
});
