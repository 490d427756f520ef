/**
 * Federated runs that can be compared, and after which round. A run says whether it diverged. Those of earlier versions of the page do not, and there the
 * courses of a seed, every arm under every rule, advance in turn (run.ts). So a course that is behind others of its seed by more than its turn explains
 * diverged. Where all of a seed are equally far, the study was stopped there or is under way, unless it is complete. Other seeds say nothing of it: a stopped
 * study may be united with one that went on.
 */
import type { FederatedRuleId } from '../../../copra/federated/rule-list.ts';
import type { StudyResult } from '../../result/result.ts';
import type { FederatedRun } from './result.ts';
import { clientArms } from './settings.ts';

type Parts = Pick<StudyResult, 'federated' | 'config' | 'status' | 'provenance'>;

/** One arm under one rule and seed. */
interface CourseSoFar {
  readonly arm: string;
  readonly seed: number;
  readonly rule: FederatedRuleId;
  /** Absent before the end of its first round. */
  readonly run: FederatedRun | undefined;
  readonly rounds: number;
}

/** In the order in which they advance. */
function coursesOfSeed({ federated, config }: Parts, seed: number): CourseSoFar[] {
  const trained = clientArms(config.arms);
  return config.arms.flatMap((arm) =>
    [...new Set(config.analyses.federated?.rules)].flatMap((rule) => {
      const run = federated?.runs.find((one) => one.arm === arm.id && one.seed === seed && one.rule === rule);
      return run || trained.includes(arm) ? [{ arm: arm.id, seed, rule, run, rounds: run?.accuracy.length ?? 0 }] : [];
    }),
  );
}

/** @param isOver the study is complete: no course goes on */
function fellBehind(courses: readonly CourseSoFar[], place: number, ofRounds: number, isOver: boolean): boolean {
  const { rounds } = courses[place];
  if (rounds >= ofRounds) return false;
  return isOver || courses.some((other, i) => other.rounds > (i > place ? rounds : rounds + 1));
}

/** Courses of a seed that diverged. */
function divergedOf(courses: readonly CourseSoFar[], { config, status, provenance }: Parts): readonly CourseSoFar[] {
  if (courses.some(({ run }) => run?.diverged !== undefined)) return courses.filter(({ run }) => run?.diverged);
  // The Flower app runs one course after the other.
  if (provenance.backend === 'python') return [];
  const ofRounds = config.analyses.federated?.rounds ?? 0;
  return courses.filter((_, place) => fellBehind(courses, place, ofRounds, status === 'complete'));
}

export interface ComparedRuns {
  /** The last round that all of them have done; 0 before there is one. */
  readonly rounds: number;
  readonly runs: readonly FederatedRun[];
  /** What ended by divergence, and is not among them. */
  readonly diverged: readonly {
    readonly arm: string;
    readonly seed: number;
    readonly rule: FederatedRuleId;
    readonly round: number;
  }[];
  /** Courses of each arm that began, over all seeds. */
  readonly begun: (arm: string) => number;
}

/** Seeds that are not as far as the first ones are left out: their rounds would be others. */
export function comparedRuns(parts: Parts): ComparedRuns {
  const { federated, config } = parts;
  const begun = new Set([...(federated?.partitions ?? []), ...(federated?.runs ?? [])].map(({ seed }) => seed));
  const seeds = config.seeds.filter((seed) => begun.has(seed));
  const federations = seeds.map((seed) => {
    const courses = coursesOfSeed(parts, seed);
    const ended = divergedOf(courses, parts);
    // Of a complete study nothing more will come.
    const others = courses.filter(
      (course) => !ended.includes(course) && (course.run !== undefined || parts.status !== 'complete'),
    );
    return { ended, others, rounds: others.length > 0 ? Math.min(...others.map((one) => one.rounds)) : 0 };
  });
  const rounds = Math.max(0, ...federations.map((federation) => federation.rounds));
  return {
    rounds,
    runs: federations
      .filter((federation) => rounds > 0 && federation.rounds === rounds)
      .flatMap(({ others }) => others.flatMap(({ run }) => run ?? [])),
    diverged: federations.flatMap(({ ended }) =>
      ended.map(({ arm, seed, rule, run, rounds: done }) => ({ arm, seed, rule, round: run?.diverged ?? done + 1 })),
    ),
    begun: (arm) =>
      federations.flatMap(({ ended, others }) => [...ended, ...others].filter((course) => course.arm === arm)).length,
  };
}
