import { comingCode } from '../../../platform/coming-code.ts';
import { shownTask } from '../../../data/bundled/task-names.ts';
import { otherDomainsOf } from '../../../data/bundled/other-domains.ts';
import { passes } from '../../run/work.ts';
import type { Analysis } from '../analysis.ts';
import { broughtDomains, domainCount, leastImages, ownDomains, perPath, perRun } from './work.ts';
import { ANALYSIS_NOTICES } from '../words.ts';

const described = (domains: readonly { readonly name: string; readonly images: number }[]): string =>
  domains.map(({ name, images }) => `${name} (${images})`).join(', ');

export const DOMAINS: Analysis = {
  id: 'domains',
  work({ analyses: { domains } }, { task, runs, pairs, layout, testImages }) {
    if (!domains) return passes(0);
    const images = testImages + domains.images * domainCount(domains, task);
    const ofRuns = runs * perRun(domains, layout);
    const ofPairs = pairs * domains.paths.length * perPath(domains);
    return passes(images * (1 + ofRuns + ofPairs));
  },
  check({ analyses: { domains } }, task, known) {
    if (!domains) return;
    if (domainCount(domains, task) === 0)
      throw new RangeError(
        [
          ...broughtDomains(domains, task).small.map(({ name, images }) =>
            ANALYSIS_NOTICES.domainLeftOut(name, images, leastImages(task)),
          ),
          ANALYSIS_NOTICES.noDomainFits(
            shownTask(task.id, task.name),
            domains.domains.join(', ') || '–',
            otherDomainsOf(task).join(', '),
          ),
        ].join(' '),
      );
    const before = known?.domains?.domains.slice(1);
    const now = ownDomains(domains, task, known);
    if (!before || !now) return;
    const isSame = (one: (typeof now)[number], i: number): boolean =>
      one.name === before[i].name && one.images === before[i].images;
    if (before.length === now.length && now.every(isSame)) return;
    throw new RangeError(ANALYSIS_NOTICES.otherDomains(described(before), described(now)));
  },
  run: async (context, scene) => (await comingCode(import('./run.ts'))).runDomains(context, scene),
};
