/** The sentence under the rounds of a federation. */
import { FEDERATED_RULES } from '../../../copra/federated/rule-list.ts';
import { federatedReading } from '../../../copra/readings/federated.ts';
import { mean } from '../../../core/statistics.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { testedImages } from '../figure-meta.ts';
import { centralAccuracy, coursesOf, meanErrorOf, roundsDone, rulesOf } from './courses.ts';

export function federatedCaption(result: StudyResult): string {
  const { federated } = result.config.analyses;
  const rounds = roundsDone(result);
  if (!federated || rounds === 0) return '';
  const { arms } = result.config;
  const courses = coursesOf(result);
  const rules = rulesOf(result).map((id) => {
    const { name, exact } = FEDERATED_RULES.find((rule) => rule.id === id)!;
    const own = arms.map((arm) => courses.find((course) => course.arm === arm.id && course.rule === id));
    return {
      name,
      exact,
      accuracy: own.map((course) => (course ? mean(course.runs.map(({ accuracy }) => accuracy[rounds - 1])) : null)),
      error: own.map((course) => (course ? meanErrorOf(course, 0, rounds) : null)),
    };
  });
  const central = arms.map(({ id }) => centralAccuracy(result, id));
  return federatedReading({
    arms: arms.map(({ name }) => name),
    rules,
    rounds,
    ofRounds: federated.rounds,
    central: central.some((value) => value !== null) ? central : null,
    seeds: new Set(result.federated?.runs.map(({ seed }) => seed)).size,
    images: testedImages(result),
  });
}
