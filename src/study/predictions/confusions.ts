/** How often which class was taken for which. */
import type { StudyResult } from '../result/result.ts';
import { keptPlaces, readAnswers, trueClasses } from './answers.ts';
import type { Confusion } from './result.ts';

/** Counts of the backbone and of all runs of every arm with everything on, from their predictions. Empty if there are none. */
function counted(result: StudyResult): Confusion[] {
  const { predictions = [], config, task } = result;
  const labels = trueClasses(result);
  if (!labels) return [];
  const places = keptPlaces(result);
  const classes = task.classes.length;
  return [null, ...config.arms.map(({ id }) => id)].flatMap((arm) => {
    const own = predictions.filter(({ of, arm: its }) => its === arm && of === (arm === null ? 'backbone' : 'run'));
    if (own.length === 0) return [];
    const counts = new Array<number>(classes ** 2).fill(0); // [true class, predicted class]
    for (const { answers } of own) {
      const { predicted } = readAnswers(answers);
      places.forEach((place, i) => counts[labels[place] * classes + predicted[i]]++);
    }
    return [{ arm, seeds: own.flatMap(({ seeds }) => seeds), counts }];
  });
}

/** A class taken for another. */
export interface Taken {
  readonly of: number;
  readonly as: number;
  /** So many of the answers to its pictures. */
  readonly times: number;
  readonly answers: number;
}

/** The most frequent confusion; of equally frequent ones that of the larger share of its class, then the first. Null where nothing is mistaken. */
export function mostTaken({ counts }: Confusion, classes: number): Taken | null {
  const taken = Array.from({ length: classes }, (_, of): Taken[] => {
    const row = counts.slice(of * classes, (of + 1) * classes);
    const answers = row.reduce((sum, count) => sum + count, 0);
    return row.flatMap((times, as) => (of === as || times === 0 ? [] : [{ of, as, times, answers }]));
  });
  const [most = null] = taken.flat().toSorted((a, b) => b.times - a.times || a.answers - b.answers);
  return most;
}

/** Of all test images: stored ones where the result has them, because it may keep the predictions of some images only. */
export const confusionsOf = (result: StudyResult): readonly Confusion[] => result.confusions ?? counted(result);
