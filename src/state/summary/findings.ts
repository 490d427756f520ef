/** The findings of the page's first screen: at most three figures of a result in which two arms are compared. */
import { mean } from '../../core/statistics.ts';
import type { ScopedInterval } from '../../core/crossed-interval.ts';
import { listed } from '../../core/listed.ts';
import { midpointValue } from '../../copra/midpoint.ts';
import { comparisonMessage } from '../../study/readings/comparison.ts';
import { unbrokenPercent } from '../../study/readings/numbers.ts';
import { clearSide, sharedValues } from '../../copra/seed-differences.ts';
import type { ArmConfig, StudyConfig } from '../../study/config/config.ts';
import { middleValue, sweepOf } from '../../study/config/sweep.ts';
import { TEST_ACCURACY } from '../../study/result/measures/accuracy.ts';
import { armDifference } from '../../study/result/measures/arm-difference.ts';
import { OTHER_DOMAINS_ACCURACY } from '../../study/result/measures/domains.ts';
import { averagesClients, FEDERATED_ACCURACY, FEDERATED_ERROR } from '../../study/result/measures/federated.ts';
import type { Measure } from '../../study/result/measures/measure.ts';
import { barrierMeasure } from '../../study/result/measures/paths.ts';
import { EVERY_OTHER_KEPT } from '../../study/result/measures/pruning.ts';
import { EVERY_OTHER, masksNamed } from '../../copra/pruning/kept.ts';
import { mergedMeasure } from '../../study/result/measures/tasks.ts';
import { landscapesOf, pruningsOf } from '../../study/result/of-arm.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { FINDING_WORDS } from './messages.ts';

/** With fewer steps CopRA, which trains fewer layers at first, has not caught up yet. */
const ENOUGH_STEPS = 1000;

/** What the first screen says something about, the most important first; the price comes last. */
const FINDING_IDS = ['half-off', 'average', 'other-domains', 'tasks', 'averaging', 'clients', 'price'] as const;
export type FindingId = (typeof FINDING_IDS)[number];

/** As many as stand side by side. */
const SHOWN = 3;

interface Sought {
  readonly measure: Measure;
  /** Whether a study with these settings finds it. */
  readonly isAsked: (config: StudyConfig) => boolean;
}

const SOUGHT: Readonly<Record<FindingId, Sought>> = {
  'half-off': {
    measure: EVERY_OTHER_KEPT,
    isAsked: ({ analyses }) => analyses.pruning.enabled,
  },
  average: {
    measure: barrierMeasure('factor'),
    isAsked: ({ analyses, seeds }) => analyses.landscape.enabled && seeds.length > 1,
  },
  'other-domains': {
    measure: OTHER_DOMAINS_ACCURACY,
    isAsked: ({ analyses }) => analyses.domains?.enabled === true,
  },
  tasks: {
    measure: mergedMeasure('updates'),
    isAsked: ({ analyses }) => analyses.multitask?.enabled === true,
  },
  averaging: {
    measure: FEDERATED_ERROR,
    isAsked: ({ analyses }) => averagesClients(analyses),
  },
  clients: {
    measure: FEDERATED_ACCURACY,
    isAsked: ({ analyses }) => averagesClients(analyses),
  },
  price: { measure: TEST_ACCURACY, isAsked: () => true },
};

/** The two arms that the first screen compares, baseline first: LoRA and CopRA, or else the first two. Null for a sweep and for a single arm. */
export function comparedArms({ arms }: Pick<StudyConfig, 'arms'>): readonly [ArmConfig, ArmConfig] | null {
  if (sweepOf({ arms })) return null;
  const first = arms.find(({ method }) => method === 'lora') ?? arms[0];
  const others = arms.filter((arm) => arm !== first);
  const second = others.find(({ method }) => method === 'copra') ?? others[0];
  return others.length > 0 ? [first, second] : null;
}

/**
 * The arms that the first screen pictures: those it compares, and of a sweep two methods at its middle value. One without a partner is shown alone, and of a sweep
 * of one method the first two.
 */
export function picturedArms(config: Pick<StudyConfig, 'arms'>): readonly ArmConfig[] {
  const compared = comparedArms(config);
  if (compared) return compared;
  const sweep = sweepOf(config);
  if (!sweep || sweep.methods.length < 2) return config.arms.slice(0, 2);
  const middle = middleValue(sweep);
  const ids = sweep.methods.slice(0, 2).map(({ arms }) => (arms.find(({ value }) => value === middle) ?? arms[0]).id);
  return config.arms.filter(({ id }) => ids.includes(id));
}

/** The arms whose answers are followed while they train: all, and of a sweep those that the first screen pictures. */
export const followedArms = (config: Pick<StudyConfig, 'arms'>): readonly ArmConfig[] =>
  sweepOf(config) ? picturedArms(config) : config.arms;

/** Two arms compared in one figure. */
export interface Compared {
  /** Baseline first. */
  readonly names: readonly [string, string];
  /** Means over the seeds (or pairs of seeds) that both have, as shares. */
  readonly values: readonly [number, number];
  /** Second − first, with its 95 % interval. */
  readonly difference: ScopedInterval;
  /** Of paths between two adapters: mean accuracy at their ends and half-way. */
  readonly path?: { readonly ends: readonly [number, number]; readonly middles: readonly [number, number] };
}

/** The arms that the first screen compares; null while the result does not have the measure of both. */
export function comparedIn(result: StudyResult, measure: Measure): Compared | null {
  const arms = comparedArms(result.config);
  if (!arms) return null;
  const [first, second] = arms.map(({ id }, i) => measure.values(result, id, arms[1 - i].id));
  const difference = armDifference(result, measure, arms[0].id, arms[1].id);
  if (!difference) return null;
  const [one, other] = sharedValues(first, second);
  return { names: [arms[0].name, arms[1].name], values: [mean(one), mean(other)], difference };
}

/** Where the mean paths of two arms begin and how far down they are half-way; null where one has none. */
function pathsOf(result: StudyResult): Compared['path'] | null {
  const [first, second] = (comparedArms(result.config) ?? []).map(({ id }) => meanFactorPath(result, id));
  if (!first || !second) return null;
  const endsOf = ({ accuracy }: MeanPath): number => (accuracy[0] + accuracy[accuracy.length - 1]) / 2;
  const middleOf = ({ lambdas, accuracy }: MeanPath): number => midpointValue(lambdas, accuracy);
  return { ends: [endsOf(first), endsOf(second)], middles: [middleOf(first), middleOf(second)] };
}

function findingOf(result: StudyResult, id: FindingId): Compared | null {
  const compared = comparedIn(result, SOUGHT[id].measure);
  const path = compared && id === 'average' ? pathsOf(result) : null;
  return compared && path ? { ...compared, path } : compared;
}

/**
 * Where the arm that loses less on the way between two seeds has no more left half-way, that it starts lower is the finding; null elsewhere.
 */
export function startsLower({ names, path, difference }: Compared): string | null {
  const side = clearSide(difference);
  if (!path || !side) return null;
  // A lower barrier is better.
  const [better, other] = side < 0 ? [1, 0] : [0, 1];
  const [reached, beside] = [path.middles[better], path.middles[other]].map((accuracy) => unbrokenPercent(accuracy));
  return reached === beside && path.ends[better] < path.ends[other]
    ? FINDING_WORDS.startsLower(names[better], reached)
    : null;
}

/** The same of a result. */
export function lowerStart(result: StudyResult): string | null {
  const lost = findingOf(result, 'average');
  return lost && startsLower(lost);
}

/** Why a study that has ended has no finding, and which of its two arms are the reason. */
export interface Lack {
  readonly why: 'too little' | 'diverged';
  readonly names: readonly string[];
}

export interface Finding {
  readonly id: FindingId;
  /** Null while the study that is shown has not found it yet, or where something is lacking. */
  readonly compared: Compared | null;
  /** While a study runs that has not found it yet: what the result before it says. */
  readonly earlier: Compared | null;
  /** Null where nothing is lacking that the arms themselves explain. */
  readonly lack: Lack | null;
}

/** Whether the layers of an arm were switched off, but no run gained enough over the backbone for a share of it. */
function gainedTooLittle(result: StudyResult, arm: string): boolean {
  const kept = pruningsOf(result, arm).flatMap(({ structured }) => masksNamed(structured, EVERY_OTHER));
  return kept.length > 0 && kept.every(({ retainedGain }) => retainedGain === null);
}

function hasDiverged({ runs }: StudyResult, arm: string): boolean {
  const own = runs.filter((run) => run.arm === arm);
  return own.length > 0 && own.every(({ diverged }) => diverged !== undefined);
}

/** What a finding can lack. An arm that was not measured at all, as in a study that was stopped, has no finding: the others are told. */
const LACKS: Partial<Record<FindingId, Pick<Lack, 'why'> & { readonly of: typeof hasDiverged }>> = {
  'half-off': { why: 'too little', of: gainedTooLittle },
  price: { why: 'diverged', of: hasDiverged },
};

function lackOf(result: StudyResult, id: FindingId, arms: readonly ArmConfig[]): Lack | null {
  const sought = LACKS[id];
  const names = sought ? arms.filter((arm) => sought.of(result, arm.id)).map(({ name }) => name) : [];
  return sought && names.length > 0 ? { why: sought.why, names } : null;
}

/**
 * The findings that a result has or, while it grows, that its study will have.
 * @param config of the study that is shown or awaited
 * @param before what was shown before the study that runs; null while none runs
 */
export function findingsToShow(
  result: StudyResult | null,
  config: StudyConfig,
  before: StudyResult | null = null,
): Finding[] {
  const arms = comparedArms(config);
  if (!arms) return [];
  const isGrowing = result === null || result.status === 'running';
  const find = (id: FindingId): Finding | null => {
    const compared = result && findingOf(result, id);
    const lack = compared || isGrowing ? null : lackOf(result, id, arms);
    const earlier = compared === null && before ? findingOf(before, id) : null;
    return compared || lack || (isGrowing && SOUGHT[id].isAsked(config)) ? { id, compared, earlier, lack } : null;
  };
  const found: Finding[] = [];
  for (const id of FINDING_IDS) {
    // The place of the last tile is for the price; intervals of what has no place are not computed.
    const finding = id === 'price' || found.length < SHOWN - 1 ? find(id) : null;
    if (finding) found.push(finding);
  }
  return found;
}

const toldOf = (findings: readonly Finding[]) =>
  findings.flatMap(({ id, compared }) => (compared ? [{ id, ...compared }] : []));

/** Of several the first: what was switched off after training comes before the price. */
const lackIn = (findings: readonly Finding[]): Lack | null => findings.find(({ lack }) => lack)?.lack ?? null;

/** The finding that a headline tells: the first that is clear. None where an arm has hardly learned: longer training may turn it round. */
export const clearFinding = (findings: readonly Finding[]) =>
  lackIn(findings) ? undefined : toldOf(findings).find(({ difference }) => clearSide(difference));

/** The first clear finding of a study in one sentence, or what would make one clear; empty while there are none. */
export function headlineOf(findings: readonly Finding[]): string {
  const clear = clearFinding(findings);
  if (clear)
    return (
      (clear.id === 'average' && startsLower(clear)) ||
      comparisonMessage(FINDING_WORDS.comparisons[clear.id], clear.names, clear.difference, SOUGHT[clear.id].measure)
    );
  const told = toldOf(findings);
  const lack = lackIn(findings);
  if (lack) return FINDING_WORDS.lacks[lack.why](listed(lack.names), lack.names.length);
  if (told.length === 0) return '';
  const measures = told.map(({ id }) => FINDING_WORDS.comparisons[id].measure);
  return FINDING_WORDS.cannotTell(listed(told[0].names), listed(measures));
}

/** What qualifies a headline: a study of so few steps says little of an arm that trains fewer layers at first. Empty where there is no such arm, or the steps are enough. */
export function fewStepsRemark({ arms, training }: Pick<StudyConfig, 'arms' | 'training'>): string {
  const dropping = arms.find(({ method }) => method === 'copra');
  return dropping && training.steps < ENOUGH_STEPS ? FINDING_WORDS.fewSteps(training.steps, dropping.name) : '';
}

export interface MeanPath {
  /** [points], from 0 to 1. */
  readonly lambdas: readonly number[];
  /** [points], mean over the pairs of seeds. */
  readonly accuracy: readonly number[];
}

/** The mean accuracy along the factor path of an arm; null where nothing is measured. */
export function meanFactorPath(result: Pick<StudyResult, 'landscape'>, arm: string): MeanPath | null {
  const paths = landscapesOf(result, arm, 'factor');
  const { lambdas } = paths[0] ?? { lambdas: [] };
  const alike = paths.filter((path) => path.accuracy.length === lambdas.length);
  if (lambdas.length < 2 || alike.length === 0) return null;
  return { lambdas, accuracy: lambdas.map((_, point) => mean(alike.map(({ accuracy }) => accuracy[point]))) };
}
