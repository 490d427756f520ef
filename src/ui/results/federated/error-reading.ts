/** The sentence under the heat maps of the aggregation error. */
import { mean } from '../../../core/statistics.ts';
import { meanErrors, type FederatedParts } from './courses.ts';
import { inexactCourses } from './error-plot.ts';

const percent = (share: number): string => `${(100 * share).toFixed(0)}\u00a0%`;

export function errorReading(result: FederatedParts): string {
  const sentences = inexactCourses(result).map((course) => {
    const rounds = meanErrors(course).map((layers) => layers.map((layer) => layer.mean));
    const last = rounds.at(-1) ?? [];
    const layer = course.runs[0].players[last.indexOf(Math.max(...last))];
    const where = layer.tower === 'text' ? `text layer ${layer.layer + 1}` : `layer ${layer.layer + 1}`;
    return `${course.name}: ${percent(mean(rounds[0]))} in round 1, ${percent(mean(last))} in round ${rounds.length}, most in ${where} (${percent(Math.max(...last))})`;
  });
  return sentences.length > 0 ? `Mean over layers. ${sentences.join('; ')}.` : '';
}
