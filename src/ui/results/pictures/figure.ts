import type { StudyResult } from '../../../study/result/result.ts';
import type { Figure } from '../figure.ts';
import { noPictures } from './picture-words.ts';
import { PicturesFigure } from './PicturesFigure.tsx';

const isKept = ({ predictions = [], task }: StudyResult): boolean =>
  predictions.length > 0 && task.labels !== undefined;

export const PICTURES = {
  part: 'pictures',
  Content: PicturesFigure,
  fills: isKept,
  // Until then only the backbone's answers are there.
  begins: ({ predictions = [] }) => predictions.some(({ of }) => of === 'run'),
  isAskedFor: () => true,
  place: 'top',
  views: [{ id: 'pictures', height: 620 }],
  absence: ({ task }, source) => noPictures(task, source),
} as const satisfies Figure;
