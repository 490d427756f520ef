/** Captions of the federated figures. */
import { federatedRuleName } from '../../../copra/federated/rule-list.ts';
import { federatedReading, aggregationErrorReading } from '../../../copra/readings/federated.ts';
import { meanOfKnown } from '../../../copra/readings/words.ts';
import { mean } from '../../../core/statistics.ts';
import { alikeRounds, COMPARED_RULE } from '../../../study/analyses/federated/alike-rounds.ts';
import { comparedRuns } from '../../../study/analyses/federated/compared.ts';
import { testSample } from '../../../study/result/measures/sample.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { averagingErrors } from '../../../study/result/measures/federated.ts';
import { centralAccuracy, comparedCourses, meanErrorOf, rulesOf } from './courses.ts';
import { isInexact } from './error-plot.ts';

export function federatedCaption(result: StudyResult): string {
  const { federated } = result.config.analyses;
  const { rounds, diverged, begun } = comparedRuns(result);
  if (!federated || (rounds === 0 && diverged.length === 0)) return '';
  const arms = result.config.arms.filter(({ id }) => begun(id) > 0);
  const courses = comparedCourses(result);
  const rules = rulesOf(result).map((id) => {
    const own = arms.map((arm) => courses.find((course) => course.arm === arm.id && course.rule === id));
    return {
      name: federatedRuleName(id),
      accuracy: own.map((course) => (course ? mean(course.runs.map(({ accuracy }) => accuracy[rounds - 1])) : null)),
    };
  });
  // Ordinary runs have the steps of all rounds.
  const central = arms.map(({ id }) => (rounds === federated.rounds ? centralAccuracy(result, id) : null));
  return federatedReading({
    arms: arms.map(({ name }) => name),
    rules,
    rounds,
    ofRounds: federated.rounds,
    central: central.some((value) => value !== null) ? central : null,
    diverged: arms.flatMap(({ id, name }) => {
      const ended = diverged.filter(({ arm }) => arm === id);
      return ended.length > 0
        ? [{ name, of: begun(id), ended: ended.map(({ rule, ...end }) => ({ ...end, rule: federatedRuleName(rule) })) }]
        : [];
    }),
    seeds: courses.map(({ runs }) => runs.length),
    images: testSample(result),
  });
}

export function errorCaption(result: StudyResult): string {
  const compared = comparedRuns(result);
  const courses = comparedCourses(result).filter(isInexact);
  if (courses.length === 0) return '';
  const rules = [...new Set(courses.map(({ rule }) => rule))].map((rule) => {
    const own = courses.filter((course) => course.rule === rule);
    const errors = Array.from({ length: compared.rounds }, (_, round) =>
      own.map((course) => meanErrorOf(course, round)),
    );
    return { name: federatedRuleName(rule), errors };
  });
  const arms = [...new Map(courses.map(({ arm, armName }) => [arm, armName]))];
  const isCompared = arms.length > 1 && courses.some(({ rule }) => rule === COMPARED_RULE);
  const alike = alikeRounds(compared);
  const lengths = arms.map(([id]) => {
    const errors = averagingErrors(compared, id, alike);
    return {
      error: meanOfKnown(errors.map(({ error }) => error)),
      update: meanOfKnown(errors.map(({ update }) => update)),
    };
  });
  return aggregationErrorReading(
    arms.map(([, name]) => name),
    rules,
    isCompared
      ? {
          alike: alike.length,
          lengths: lengths.every(({ error }) => error !== null) ? lengths : null,
        }
      : null,
  );
}
