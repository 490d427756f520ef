/** A few test images of every class of own images: those that the page has. A link brings none: then it says so. */
import { useMemo } from 'react';
import { STRIP_PER_CLASS } from '../../data/bundled/task-strip.ts';
import { picturesByClass } from '../../state/pictures/pictures-by-class.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { useTestPictures } from '../results/pictures/use-test-pictures.ts';
import { usePixels } from '../use-pixels.ts';
import { STORY } from './messages.ts';
import { TaskStrip } from './TaskStrip.tsx';
import css from './task-strip.module.css';

/** As many classes as bundled tasks have. */
const MOST_CLASSES = 9;

export interface TaskPicturesProps {
  readonly result: Pick<StudyResult, 'config' | 'task'>;
  /** Accuracy before training; null where it is not known, or not told. */
  readonly before: number | null;
}

function Picture({ pixels, size }: { readonly pixels: Uint8Array; readonly size: number }) {
  return <canvas ref={usePixels(pixels, size)} className={css.picture} width={size} height={size} />;
}

export function OwnTaskPictures({ result, before }: TaskPicturesProps) {
  const { task } = result;
  const images = useTestPictures(result, true);
  const classes = useMemo(() => picturesByClass(result, images, STRIP_PER_CLASS), [result, images]);
  // Of images that are at hand it may not be known what they show.
  if (images && classes.length === 0) return null;
  const instead = images ? null : (
    <div className={css.absent}>
      <p className={css.names}>{task.classes.join(' · ')}</p>
      <p>{STORY.task.absent}</p>
    </div>
  );
  return (
    <TaskStrip
      name={STORY.task.own(task.classes.length)}
      description={task.name}
      before={before}
      instead={instead}
      classes={classes.slice(0, MOST_CLASSES).map(({ name, pictures }) => ({
        name,
        pictures: pictures.map((pixels, i) => <Picture key={i} pixels={pixels} size={images?.size ?? 1} />),
      }))}
    />
  );
}
