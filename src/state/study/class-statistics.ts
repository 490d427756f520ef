/** Compares the studies of a class: every student's runs as points, and what limits the comparison. */
import { EVERY_OTHER, keptBy } from '../../copra/pruning/kept.ts';
import type { ArmConfig } from '../../study/config/config.ts';
import type { Student } from './classroom.ts';
import { differingSettings, listedSettings } from './differing-settings.ts';
import { STUDY_STATE_WORDS } from './messages.ts';

export const CLASS_METRICS = ['accuracy', 'barrier', 'half'] as const;
export type ClassMetric = (typeof CLASS_METRICS)[number];

export interface ClassPoint {
  readonly student: string;
  /** Name of the arm: students may give arms other ids. */
  readonly arm: string;
  /** "0", or "0–1" for a pair. */
  readonly seeds: string;
  /** Shares, not per cent. */
  readonly value: number;
}

/** Points of one student, in result order. */
function pointsOf({ name, result }: Student, metric: ClassMetric): ClassPoint[] {
  const armName = (id: string): string => result.config.arms.find((arm) => arm.id === id)?.name ?? id;
  const point = (arm: string, seeds: string, value: number | null | undefined): ClassPoint[] =>
    typeof value === 'number' && Number.isFinite(value) ? [{ student: name, arm: armName(arm), seeds, value }] : [];
  switch (metric) {
    case 'accuracy':
      return result.runs.flatMap(({ arm, seed, test }) => point(arm, String(seed), test?.accuracy));
    case 'barrier':
      return result.landscape
        .filter(({ path, alignment }) => path === 'factor' && !alignment)
        .flatMap(({ arm, seeds, barrierAccuracy }) => point(arm, seeds.join('–'), barrierAccuracy));
    case 'half':
      return result.pruning.flatMap(({ arm, seed, structured }) =>
        point(arm, String(seed), keptBy(structured, EVERY_OTHER, 'retainedGain')),
      );
    default:
      return metric satisfies never;
  }
}

export const classPoints = (students: readonly Student[], metric: ClassMetric): ClassPoint[] =>
  students.flatMap((student) => pointsOf(student, metric));

/** The arms of the class by name, in order of appearance; of arms with equal names the first stands for all. */
export function classArms(students: readonly Student[]): ArmConfig[] {
  const arms = new Map<string, ArmConfig>();
  for (const arm of students.flatMap(({ result }) => result.config.arms)) {
    if (arms.has(arm.name)) continue;
    const taken = [...arms.values()].some(({ id }) => id === arm.id);
    arms.set(arm.name, taken ? { ...arm, id: `${arm.id}-${arms.size}`.slice(-24) } : arm);
  }
  return [...arms.values()];
}

/** Caveats of the comparison: differing settings, and runs that occur twice. */
export function classCaveats(students: readonly Student[]): string[] {
  if (students.length < 2) return [];
  const differing = differingSettings(students.map(({ result }) => result.config));
  const caveats: string[] = [];
  if (differing.length > 0) caveats.push(STUDY_STATE_WORDS.class.settings(listedSettings(differing)));
  const runs = students.flatMap(({ result: { config, runs: own } }) =>
    own.map(({ arm, seed }) =>
      JSON.stringify([{ ...config, arms: [], seeds: [] }, config.arms.find(({ id }) => id === arm), seed]),
    ),
  );
  const repeated = runs.length - new Set(runs).size;
  if (repeated > 0) caveats.push(STUDY_STATE_WORDS.class.repeated(repeated, runs.length));
  return caveats;
}
