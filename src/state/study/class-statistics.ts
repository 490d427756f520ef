/** Compares the studies of a class: every student's runs as points, and what limits the comparison. */
import { EVERY_OTHER, keptBy } from '../../copra/pruning/kept.ts';
import type { ArmConfig } from '../../study/config/config.ts';
import { haveOtherPixels } from '../../study/result/image-digests.ts';
import type { StudyResult } from '../../study/result/result.ts';
import type { Student } from './classroom.ts';
import { differingSettings, listedSettings } from './differing-settings.ts';
import { STUDY_FILE_WORDS } from './study-file-words.ts';
import { whyImagesDiffer } from './unite-studies.ts';

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
  /** An earlier student has the same: no new evidence. */
  readonly repeats: boolean;
}

/** What was computed of an arm with a seed, or with a pair of them. */
interface Computed {
  readonly arm: string;
  readonly seeds: readonly number[];
}

interface Measured extends Computed {
  readonly value: number;
}

/** What one student measured, in result order. */
function measuredBy({ result }: Student, metric: ClassMetric): Measured[] {
  const point = (arm: string, seeds: readonly number[], value: number | null | undefined): Measured[] =>
    typeof value === 'number' && Number.isFinite(value) ? [{ arm, seeds, value }] : [];
  switch (metric) {
    case 'accuracy':
      return result.runs.flatMap(({ arm, seed, test }) => point(arm, [seed], test?.accuracy));
    case 'barrier':
      return result.landscape
        .filter(({ path, alignment }) => path === 'factor' && !alignment)
        .flatMap(({ arm, seeds, barrierAccuracy }) => point(arm, seeds, barrierAccuracy));
    case 'half':
      return result.pruning.flatMap(({ arm, seed, structured }) =>
        point(arm, [seed], keptBy(structured, EVERY_OTHER, 'retainedGain')),
      );
    default:
      return metric satisfies never;
  }
}

const areOfSameImages = (one: StudyResult, other: StudyResult): boolean =>
  whyImagesDiffer(one, other) === null && !haveOtherPixels(one, other);

/** All that the students computed, each with what it repeats: the same seeds with the same settings on the same images. */
function ofClass<T extends Computed>(students: readonly Student[], computedBy: (student: Student) => readonly T[]) {
  const known = new Set<string>();
  return students.flatMap((student) => {
    const { config } = student.result;
    const images = students.findIndex(({ result }) => areOfSameImages(result, student.result));
    const settings = JSON.stringify({ ...config, arms: [], seeds: [] });
    return computedBy(student).map((computed) => {
      const arm = config.arms.find(({ id }) => id === computed.arm);
      const name = JSON.stringify([images, settings, arm, computed.seeds]);
      const repeats = known.has(name);
      known.add(name);
      return { ...computed, student: student.name, arm: arm?.name ?? computed.arm, repeats };
    });
  });
}

export const classPoints = (students: readonly Student[], metric: ClassMetric): ClassPoint[] =>
  ofClass(students, (student) => measuredBy(student, metric)).map((point) => ({
    ...point,
    seeds: point.seeds.join('–'),
  }));

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
  if (differing.length > 0) caveats.push(STUDY_FILE_WORDS.class.settings(listedSettings(differing)));
  const runs = ofClass(students, ({ result }) => result.runs.map(({ arm, seed }) => ({ arm, seeds: [seed] })));
  const repeated = runs.filter(({ repeats }) => repeats).length;
  if (repeated > 0) caveats.push(STUDY_FILE_WORDS.class.repeated(repeated, runs.length));
  return caveats;
}
