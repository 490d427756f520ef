/** The user's changes to a plan: classes renamed, merged and left out. */
import { counted } from '../../core/counted.ts';
import { PLAN_WORDS } from './messages.ts';
import { cleanName } from './clean-name.ts';
import type { DatasetPlan } from './plan.ts';
import { error, type Problem } from '../files/problem.ts';

/**
 * @param names new name of every class, null to leave it out; classes given equal names are merged
 * @returns the changed plan, in the order in which the names first occur
 * @throws RangeError when names and classes differ in number
 */
export function editPlan(plan: DatasetPlan, names: readonly (string | null)[]): DatasetPlan {
  if (names.length !== plan.classes.length) {
    throw new RangeError(
      `${counted(names.length, 'name')} given for ${counted(plan.classes.length, 'class', 'classes')}.`,
    );
  }
  const cleaned = names.map((name) => (name === null ? null : cleanName(name) || null));
  const classes = [...new Set(cleaned.filter((name) => name !== null))];
  const labelOf = cleaned.map((name) => (name === null ? -1 : classes.indexOf(name)));
  const images = plan.images
    .filter(({ label }) => labelOf[label] >= 0)
    .map((image) => ({ ...image, label: labelOf[image.label] }))
    .sort((a, b) => a.label - b.label); // stable: the order within a class is kept
  const counts = classes.map(() => 0);
  for (const { label } of images) counts[label]++;
  const bytes = classes.map((): number | null => 0);
  labelOf.forEach((label, i) => {
    const [sum, more] = [bytes[label], plan.bytes[i]];
    if (label >= 0) bytes[label] = sum === null || more === null ? null : sum + more;
  });
  const problems: Problem[] = plan.problems.filter(({ severity }) => severity === 'warning');
  if (classes.length < 2) problems.push(error(null, PLAN_WORDS.twoClasses));
  return { ...plan, classes, counts, bytes, images, problems };
}
