/** Settings of a federation. */
import type * as v from 'valibot';
import { FEDERATED_RULE_IDS, federatedRuleName } from '../../../copra/federated/rule-list.ts';
import { participantCount } from '../../../copra/federated/partition.ts';
import { analysisSchema, switchedOn } from '../../config/settings/analysis-rows.ts';
import { choice, many, number, onOff } from '../../config/settings/rows.ts';

export const PARTITIONS = ['dirichlet', 'style'] as const;

export const FEDERATED_SETTINGS = {
  enabled: onOff({
    label: 'Federated training',
    short: 'Federated',
    query: 'federated',
    usual: false,
  }),
  clients: number({
    label: 'Clients',
    query: 'federated-clients',
    min: 2,
    max: 32,
    whole: true,
    step: 1,
    usual: 5,
  }),
  rounds: number({
    label: 'Rounds',
    query: 'federated-rounds',
    min: 1,
    max: 500,
    whole: true,
    step: 1,
    usual: 15,
  }),
  localSteps: number({
    label: 'Local steps',
    query: 'federated-steps',
    min: 1,
    max: 1000,
    whole: true,
    step: 1,
    usual: 20,
  }),
  partition: choice({
    label: 'Partition',
    query: 'federated-partition',
    options: { dirichlet: 'Dirichlet', style: 'By style' } satisfies Record<(typeof PARTITIONS)[number], string>,
    usual: 'dirichlet',
  }),
  alpha: number({
    label: 'α',
    query: 'federated-alpha',
    when: ({ partition }) => partition === 'dirichlet',
    min: 0.01,
    max: 1000,
    usual: 0.3,
  }),
  rules: many({
    label: 'Rules',
    query: 'federated-rules',
    options: FEDERATED_RULE_IDS,
    named: federatedRuleName,
    usual: ['fedit', 'fedex-lora'],
  }),
  participation: number({
    label: 'Participation',
    query: 'federated-participation',
    min: 0.01,
    max: 1,
    usual: 1,
  }),
  seeds: number({
    label: 'Seeds',
    query: 'federated-seeds',
    min: 1,
    max: 32,
    whole: true,
    step: 1,
    usual: 1,
  }),
};

export const FederatedSchema = analysisSchema(FEDERATED_SETTINGS);
export type FederatedSettings = v.InferOutput<typeof FederatedSchema>;

export const USUAL_FEDERATED: FederatedSettings = switchedOn(FEDERATED_SETTINGS);

/** The arms that clients train. Others are taken of a training in some way, which a federation does not do: what it has is what its last round made. */
export const clientArms = <Arm extends { readonly take?: string }>(arms: readonly Arm[]): Arm[] =>
  arms.filter(({ take = 'last' }) => take === 'last');

/** Optimizer steps of all clients in one federated training; fewer where a client has no images. */
export const clientSteps = ({ clients, participation, rounds, localSteps }: FederatedSettings): number =>
  participantCount(clients, participation) * rounds * localSteps;
