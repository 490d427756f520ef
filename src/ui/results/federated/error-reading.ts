/** The sentence under the heat maps of the aggregation error. */
import { hundredths } from '../../../core/number-format.ts';
import { federatedRuleName } from '../../../copra/federated/rule-list.ts';
import { meanErrorOf, type Course, type FederatedParts } from './courses.ts';
import { inexactCourses } from './error-plot.ts';

/** Mean over layers in the first and the last round, per rule and arm. */
export function errorReading(result: FederatedParts): string {
  const courses = inexactCourses(result);
  if (courses.length === 0) return '';
  const names = [...new Set(courses.map(({ armName }) => armName))];
  const rounds = Math.max(...courses.flatMap(({ runs }) => runs.map(({ error }) => error.length)));
  const per = (own: readonly Course[], round: number): string =>
    `${own.map((course) => hundredths(meanErrorOf(course, round) ?? NaN, 0)).join(' / ')}\u00a0%`;
  const ofRule = (rule: string): string => {
    const own = courses.filter((course) => course.rule === rule);
    const end = rounds > 1 ? `, ${per(own, rounds - 1)} in round ${rounds}` : '';
    return `${federatedRuleName(rule)} ${per(own, 0)} in round 1${end}`;
  };
  const rules = [...new Set(courses.map(({ rule }) => rule))];
  return `Mean over layers, ${names.join(' / ')}: ${rules.map(ofRule).join('; ')}. Exact rules have no error.`;
}
