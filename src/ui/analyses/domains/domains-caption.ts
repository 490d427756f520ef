/** The sentences under the figures of other domains. Empty while there is nothing to read. */
import { besideBackboneMessage } from '../../../copra/readings/message.ts';
import { domainsReading, keptReading, type KeptArm } from '../../../copra/readings/domains.ts';
import { differenceIn } from '../../../study/result/measures/arm-difference.ts';
import {
  halfAccuracy,
  halvesOf,
  hasOthers,
  keptOfBackbone,
  otherDomains,
  OTHER_DOMAINS_ACCURACY,
  weighted,
} from '../../../study/result/measures/domains.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { joined, withoutDora } from '../../results/left-out.ts';
import { readArms } from '../../results/read-arms.ts';
import { DOMAINS_WORDS } from './messages.ts';

export function domainsCaption(result: StudyResult): string {
  const part = result.domains;
  if (!part || part.runs.length === 0 || !hasOthers(part)) return '';
  const weights = otherDomains(part.domains);
  const tested = part.runs.map((run) => ({
    arm: run.arm,
    own: run.accuracy[0],
    others: weighted(run, weights),
    othersHalf: halfAccuracy(run, weights),
  }));
  const others = part.domains.slice(1);
  const images = others.reduce((sum, domain) => sum + domain.images, 0);
  const about = {
    count: others.length,
    images,
    pictures: OTHER_DOMAINS_ACCURACY.sample(result)?.images ?? images,
    halves: Math.max(...part.runs.map(halvesOf)),
    backbone: weighted(part.frozen, weights),
  };
  return joined(
    readArms(result, tested, (arms) => domainsReading(arms, about, differenceIn(result, OTHER_DOMAINS_ACCURACY))),
    result.config.analyses.domains?.paths.includes('product') ? withoutDora(result, DOMAINS_WORDS.productPath) : '',
  );
}

export function keptCaption(result: StudyResult): string {
  const part = result.domains;
  if (!part || part.runs.length === 0 || !hasOthers(part)) return '';
  return readArms(result, part.runs, (arms) =>
    keptReading(
      arms.flatMap(({ id, name }): KeptArm[] => {
        const others = keptOfBackbone(part, id, 'others');
        const domains = part.domains.flatMap((domain, i) => {
          const kept = i > 0 ? keptOfBackbone(part, id, i) : null;
          return kept ? [{ name: domain.name, kept }] : [];
        });
        return others ? [{ name, others, domains }] : [];
      }),
    ),
  );
}

export function keptMessage(result: StudyResult): string {
  const part = result.domains;
  if (!part) return '';
  const arms = result.config.arms.flatMap(({ id, name }) => {
    const difference = keptOfBackbone(part, id, 'others');
    return difference ? [{ name, difference }] : [];
  });
  return arms.length > 0 ? besideBackboneMessage(arms) : '';
}
