/** Captions of the federated figures. */
import { FEDERATED_RULES, federatedRuleName } from '../../../copra/federated/rule-list.ts';
import { federatedReading, aggregationErrorReading } from '../../../copra/readings/federated.ts';
import { mean } from '../../../core/statistics.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { testedImages } from '../../results/figure-meta.ts';
import { centralAccuracy, coursesOf, meanErrorOf, roundsDone, rulesOf, type FederatedParts } from './courses.ts';
import { inexactCourses } from './error-plot.ts';

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

export function errorCaption(result: FederatedParts): string {
  const courses = inexactCourses(result);
  if (courses.length === 0) return '';
  const rounds = Math.max(...courses.flatMap(({ runs }) => runs.map(({ error }) => error.length)));
  const rules = [...new Set(courses.map(({ rule }) => rule))].map((rule) => {
    const own = courses.filter((course) => course.rule === rule);
    const [first, last] = [0, rounds - 1].map((round) => own.map((course) => meanErrorOf(course, round)));
    return { name: federatedRuleName(rule), first, last };
  });
  return aggregationErrorReading([...new Set(courses.map(({ armName }) => armName))], rules, rounds);
}
