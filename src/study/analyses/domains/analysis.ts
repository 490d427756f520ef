import { otherDomainsOf } from '../../../data/bundled/other-domains.ts';
import { passes } from '../../run/work.ts';
import type { Analysis } from '../analysis.ts';
import { domainCount, perPath, perRun } from './work.ts';
import { ANALYSIS_NOTICES } from '../words.ts';

export const DOMAINS: Analysis = {
  id: 'domains',
  work({ analyses: { domains } }, { task, runs, pairs, layout, testImages }) {
    if (!domains) return passes(0);
    const images = testImages + domains.images * domainCount(domains, task);
    const ofRuns = runs * perRun(domains, layout.players.length);
    const ofPairs = pairs * domains.paths.length * perPath(domains);
    return passes(images * (1 + ofRuns + ofPairs));
  },
  check({ analyses: { domains } }, task) {
    if (!domains || domainCount(domains, task) > 0) return;
    throw new RangeError(
      ANALYSIS_NOTICES.noDomainFits(task.name, domains.domains.join(', ') || '–', otherDomainsOf(task).join(', ')),
    );
  },
  run: async (context, scene) => (await import('./run.ts')).runDomains(context, scene),
};
