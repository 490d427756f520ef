/** The sentence under the heat maps of the aggregation error. */
import { federatedRuleName } from '../../../copra/federated/rule-list.ts';
import { aggregationErrorReading } from '../../../copra/readings/federated.ts';
import { meanErrorOf, type FederatedParts } from './courses.ts';
import { inexactCourses } from './error-plot.ts';

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
