/** Names and descriptions of the aggregation rules, without the algebra. */
import { RULES_WORDS } from './messages.ts';

/**
 * exact: the server's result equals the average of the updates. magnitudes: the rule also works for DoRA, because it only averages factors
 * of the clients' own maps; magnitudes are averaged with them.
 */
export const FEDERATED_RULES = [
  {
    id: 'fedit',
    name: 'FedIT',
    get text() {
      return RULES_WORDS.fedit;
    },
    exact: false,
    magnitudes: true,
  },
  {
    id: 'rotated',
    name: 'FedIT, rotated',
    get text() {
      return RULES_WORDS.rotated;
    },
    exact: false,
    magnitudes: true,
  },
  {
    id: 'flexlora',
    name: 'FlexLoRA',
    get text() {
      return RULES_WORDS.flexlora;
    },
    exact: false,
    magnitudes: false,
  },
  {
    id: 'ffa-lora',
    name: 'FFA-LoRA',
    get text() {
      return RULES_WORDS.ffaLora;
    },
    exact: true,
    magnitudes: false,
  },
  {
    id: 'fedex-lora',
    name: 'FedEx-LoRA',
    get text() {
      return RULES_WORDS.fedexLora;
    },
    exact: true,
    magnitudes: false,
  },
  {
    id: 'stacking',
    name: 'Stacking',
    get text() {
      return RULES_WORDS.stacking;
    },
    exact: true,
    magnitudes: false,
  },
] as const;

export type FederatedRuleId = (typeof FEDERATED_RULES)[number]['id'];

export const FEDERATED_RULE_IDS: readonly FederatedRuleId[] = FEDERATED_RULES.map(({ id }) => id);

/** True if A is the same for all clients and stays at its initial value. */
export const keepsA = (rule: FederatedRuleId): boolean => rule === 'ffa-lora';

/** Whether the rule aggregates DoRA adapters. */
export const takesDora = (rule: FederatedRuleId): boolean =>
  FEDERATED_RULES.some(({ id, magnitudes }) => id === rule && magnitudes);

/** Its name for people; the id itself where no rule has it. */
export const federatedRuleName = (rule: string): string => FEDERATED_RULES.find(({ id }) => id === rule)?.name ?? rule;
