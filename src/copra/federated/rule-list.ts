/** Names and descriptions of the aggregation rules, without the algebra. */

/**
 * exact: the server's result equals the average of the updates. magnitudes: the rule also works for DoRA, because it only averages factors
 * of the clients' own maps; magnitudes are averaged with them.
 */
export const FEDERATED_RULES = [
  {
    id: 'fedit',
    name: 'FedIT',
    text: 'A and B are averaged on their own.',
    exact: false,
    magnitudes: true,
  },
  {
    id: 'rotated',
    name: 'FedIT, rotated',
    text: 'Each client’s A and B are first rotated onto those it started from, which leaves its update as it is; then averaged.',
    exact: false,
    magnitudes: true,
  },
  {
    id: 'flexlora',
    name: 'FlexLoRA',
    text: 'The updates are averaged, and the best approximation of rank r is sent out.',
    exact: false,
    magnitudes: false,
  },
  {
    id: 'ffa-lora',
    name: 'FFA-LoRA',
    text: 'One random A for everybody, never trained; B is trained and averaged.',
    exact: true,
    magnitudes: false,
  },
  {
    id: 'fedex-lora',
    name: 'FedEx-LoRA',
    text: 'As FedIT; what that loses is added to everybody’s frozen weights.',
    exact: true,
    magnitudes: false,
  },
  {
    id: 'stacking',
    name: 'Stacking',
    text: 'The average of the updates is added to everybody’s frozen weights, and every round begins with new adapters (FLoRA).',
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

export const federatedRuleName = (rule: string): string => FEDERATED_RULES.find(({ id }) => id === rule)?.name ?? rule;
