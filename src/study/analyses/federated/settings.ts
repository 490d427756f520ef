/** Settings of a federation, and what may be set. */
import * as v from 'valibot';
import { FEDERATED_RULE_IDS } from '../../../copra/federated/rule-list.ts';
import { count, finite } from '../../config/setting-schemas.ts';

export const PARTITIONS = ['dirichlet', 'style'] as const;

export const FederatedSchema = v.object({
  enabled: v.boolean(),
  clients: count(2, 32),
  rounds: count(1, 500),
  /** Steps of every client between two rounds; batch size and augmentation are those of the study's training. */
  localSteps: count(1, 1000),
  /** Which client holds which training images: by Dirichlet shares of every class, or by artwork style. */
  partition: v.picklist(PARTITIONS),
  /** Concentration of the Dirichlet distribution: the smaller, the more uneven. */
  alpha: v.pipe(finite, v.minValue(0.01), v.maxValue(1000)),
  rules: v.pipe(v.array(v.picklist(FEDERATED_RULE_IDS)), v.minLength(1), v.maxLength(FEDERATED_RULE_IDS.length)),
  /** Share of the clients that take part in a round. */
  participation: v.pipe(finite, v.minValue(0.01), v.maxValue(1)),
  /** Seeds of the study that are federated, the first ones. */
  seeds: count(1, 32),
});
export type FederatedSettings = v.InferOutput<typeof FederatedSchema>;

/** Federated training as it is when it is switched on. */
export const FEDERATED: FederatedSettings = {
  enabled: true,
  clients: 5,
  rounds: 15,
  localSteps: 20,
  partition: 'dirichlet',
  alpha: 0.3,
  rules: ['fedit', 'fedex-lora'],
  participation: 1,
  seeds: 1,
};
