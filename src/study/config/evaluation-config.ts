/** The settings of a study of existing adapters. Separate from the code that runs it, because the page makes them before any engine exists. */
import { PROJECTIONS, TOWERS, type AdapterLayout } from '../../core/adapter-layout.ts';
import { plainArm, type ArmConfig, type StudyConfig } from './config.ts';
import { defaultArm } from './default-arm.ts';
import { ARM_SETTINGS } from './settings/arm.ts';
import { estimatorFor, mostPlayers, playersOf } from '../analyses/shapley/players.ts';

/** Most arms of such a study, and therefore most adapters evaluated together. */
export const MAX_EVALUATED = 8;

export interface GivenAdapter {
  /** Shown as the name of its arm. */
  readonly name: string;
  /** Settings of the arm it was trained under; null when it was trained elsewhere. */
  readonly arm: ArmConfig | null;
  /** Those of its classifier, in its order; empty: it has none, or nobody says. */
  readonly classes: readonly string[];
  readonly layout: AdapterLayout;
  readonly scale: number;
  readonly values: Float32Array<ArrayBuffer>;
}

/** Id of the arm that stands for the adapter at `index`. */
export const evaluatedArm = (index: number): string => `adapter-${index + 1}`;

/** What an arm can have. */
const { rank: RANK, alpha: ALPHA } = ARM_SETTINGS;

const alphaOf = ({ layout, scale }: Pick<GivenAdapter, 'layout' | 'scale'>): number => scale * layout.rank;

const isBeyond = (adapter: GivenAdapter): boolean => {
  const alpha = alphaOf(adapter);
  return adapter.layout.rank > RANK.max || alpha < ALPHA.min || alpha > ALPHA.max;
};

/** Ids of the arms that stand for adapters of this kind. */
const armsThat = (adapters: readonly GivenAdapter[], are: (adapter: GivenAdapter) => boolean): string[] =>
  adapters.flatMap((adapter, i) => (are(adapter) ? [evaluatedArm(i)] : []));

/** Rank, α, towers and projections come from the adapter, whatever its file says about its training. */
function armFor({ name, arm, layout, scale }: GivenAdapter, index: number): ArmConfig {
  const id = evaluatedArm(index);
  const has = <T>(all: readonly T[], of: (pair: AdapterLayout['pairs'][number]) => T): T[] =>
    all.filter((item) => layout.pairs.some((pair) => of(pair) === item));
  return plainArm({
    ...(arm ?? defaultArm('lora', id, name)),
    id,
    // It is what was taken of its training.
    take: 'last',
    name: name.slice(0, 60),
    rsLora: false,
    dora: layout.dora,
    rank: Math.min(RANK.max, layout.rank),
    alpha: Math.min(ALPHA.max, Math.max(ALPHA.min, alphaOf({ layout, scale }))),
    projections: has(PROJECTIONS, ({ projection }) => projection),
    towers: has(TOWERS, ({ tower }) => tower),
  });
}

/**
 * Configuration of the study: backbone, task and analyses of `config`, one arm and one run number per adapter. Shapley values are sampled when an adapter has
 * too many layers for all coalitions.
 */
export function evaluationConfig(config: StudyConfig, adapters: readonly GivenAdapter[]): StudyConfig {
  const analyses = { ...config.analyses };
  delete analyses.multitask; // The given adapters belong to one task.
  // Nothing is known of their training.
  delete analyses.timeline;
  delete analyses.timing;
  const { shapley } = analyses;
  const largest = mostPlayers(adapters.map(({ layout }) => playersOf(layout, shapley).players));
  return {
    ...config,
    arms: adapters.map(armFor),
    seeds: adapters.map((_, index) => index + 1),
    evaluated: { untold: armsThat(adapters, ({ arm }) => arm === null), beyond: armsThat(adapters, isBeyond) },
    // Clients would train, which is no evaluation of existing adapters.
    analyses: {
      ...analyses,
      federated: undefined,
      shapley: { ...shapley, estimator: estimatorFor(shapley, largest) },
    },
  };
}
