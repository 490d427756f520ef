import { comingCode } from '../../../platform/coming-code.ts';
import { listed } from '../../../core/listed.ts';
import { FEDERATED_RULES, federatedRuleName, takesDora } from '../../../copra/federated/rule-list.ts';
import type { ArmConfig } from '../../config/config.ts';
import { passes, trainingPasses } from '../../run/work.ts';
import type { Analysis } from '../analysis.ts';
import { checkPartition } from './clients.ts';
import { clientArms, clientSteps, USUAL_FEDERATED, type FederatedSettings } from './settings.ts';
import { ANALYSIS_NOTICES } from '../words.ts';

/** @throws RangeError naming a DoRA arm and a rule that merges updates of low rank. */
function checkRules(arms: readonly ArmConfig[], { rules }: FederatedSettings): void {
  const arm = clientArms(arms).find(({ dora }) => dora);
  const rule = rules.find((id) => !takesDora(id));
  if (!arm || !rule) return;
  const others = listed(FEDERATED_RULES.filter(({ magnitudes }) => magnitudes).map(({ name }) => name));
  throw new RangeError(ANALYSIS_NOTICES.ruleWithDora(federatedRuleName(rule), arm.name, others));
}

export const FEDERATED: Analysis = {
  id: 'federated',
  asksClass: true,
  // Server-side algebra is not counted.
  work({ arms: all, training, analyses: { federated = USUAL_FEDERATED } }, { federatedSeeds, testImages }) {
    const arms = clientArms(all);
    if (arms.length === 0) return passes(0);
    const courses = federatedSeeds * arms.length * new Set(federated.rules).size;
    const steps = clientSteps(federated) * training.batchSize * trainingPasses(arms);
    return passes(courses * (steps + federated.rounds * testImages));
  },
  check({ arms, analyses: { federated = USUAL_FEDERATED } }, task) {
    checkPartition(federated, task);
    checkRules(arms, federated);
  },
  run: async (context) => (await comingCode(import('./run.ts'))).runFederated(context),
};
