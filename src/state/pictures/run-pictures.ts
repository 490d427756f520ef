/** Who is right about a few test pictures while a study trains: the backbone, and the first seed of every arm. */
import { shownClass } from '../../data/bundled/shown-classes.ts';
import { trueClasses } from '../../study/predictions/answers.ts';
import { rightAt } from '../../study/predictions/right.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { testedImages } from '../../study/result/tested-images.ts';
import { frozenScores } from '../../study/result/frozen.ts';
import { STRIP_PICTURES, type Glimpse } from '../../study/result/glimpse.ts';
import { PICTURE_STATE_WORDS } from './messages.ts';

/** One answerer. */
export interface PictureRow {
  /** Null for the backbone. */
  readonly arm: string | null;
  readonly name: string;
  /** [pictures]: null where it is not known yet. */
  readonly right: readonly (boolean | null)[];
}

export interface RunPictures {
  /** [pictures]: names of the true classes; empty where they are not known. */
  readonly classes: readonly string[];
  readonly rows: readonly PictureRow[];
}

/**
 * @param result of the running study; null before it has begun
 * @param arms that are shown
 */
export function runPictures(
  result: Pick<StudyResult, 'task' | 'config'> | null,
  glimpse: Glimpse | null,
  arms: readonly { readonly id: string; readonly name: string }[],
): RunPictures {
  const tested = result ? testedImages(result) : STRIP_PICTURES;
  const places = Array.from({ length: Math.min(STRIP_PICTURES, tested) }, (_, i) => i);
  const frozen = result && rightAt(frozenScores(result.task) ?? {}, tested, places);
  const labels = result && trueClasses(result);
  return {
    classes:
      labels && result ? places.map((place) => shownClass(result.config.task, result.task.classes[labels[place]])) : [],
    rows: [
      { arm: null, name: PICTURE_STATE_WORDS.backbone, right: places.map((i) => (frozen ? frozen[i] === 1 : null)) },
      ...arms.map(({ id, name }) => {
        const own = glimpse?.answers.find(({ arm }) => arm === id)?.right;
        return { arm: id, name, right: places.map((i) => own?.[i] ?? null) };
      }),
    ],
  };
}

/** "7 of 12"; empty before it is known. */
export function scoreOf({ right }: PictureRow): string {
  const known = right.filter((one) => one !== null);
  return known.length > 0 ? PICTURE_STATE_WORDS.score(known.filter(Boolean).length, known.length) : '';
}
