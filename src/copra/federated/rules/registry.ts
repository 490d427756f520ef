/** All rules with their algebra. To add a rule, add its file, one line here and one in rule-list.ts. */
import type { FederatedRule } from '../rule.ts';
import type { FederatedRuleId } from '../rule-list.ts';
import { fedexLora } from './fedex-lora.ts';
import { fedit } from './fedit.ts';
import { ffaLora } from './ffa-lora.ts';
import { flexlora } from './flexlora.ts';
import { rotated } from './rotated.ts';
import { stacking } from './stacking.ts';

const RULES: Record<FederatedRuleId, FederatedRule> = {
  fedit,
  rotated,
  flexlora,
  'ffa-lora': ffaLora,
  'fedex-lora': fedexLora,
  stacking,
};

export const federatedRule = (id: FederatedRuleId): FederatedRule => RULES[id];
