/** What the study's task looks like: a few pictures of every class. They stand where a study that runs shows who is right, until one does. */
import { shownTask } from '../../data/bundled/task-names.ts';
import { Suspense } from 'react';
import { STRIP_PER_CLASS, stripFile } from '../../data/bundled/task-strip.ts';
import { shownClass } from '../../data/bundled/shown-classes.ts';
import { bundledById, className } from '../../data/bundled/tasks.ts';
import { lazily } from '../lazily.tsx';
import type { TaskPicturesProps } from './OwnTaskPictures.tsx';
import { TaskStrip } from './TaskStrip.tsx';
import css from './task-strip.module.css';

/** Own images are looked up in what the page has of them. */
const OwnTaskPictures = lazily(async () => (await import('./OwnTaskPictures.tsx')).OwnTaskPictures, false);

export function TaskPictures({ result, before }: TaskPicturesProps) {
  const task = bundledById(result.config.task);
  if (!task)
    return (
      <Suspense>
        <OwnTaskPictures {...{ result, before }} />
      </Suspense>
    );
  const last = STRIP_PER_CLASS * task.classes.length - 1;
  return (
    <TaskStrip
      name={shownTask(task.id, task.name)}
      description={task.description}
      before={before}
      classes={task.classes.map((name, label) => ({
        name: shownClass(task.id, className(name)),
        pictures: Array.from({ length: STRIP_PER_CLASS }, (_, i) => (
          <img
            key={i}
            className={css.picture}
            src={`atlas/${stripFile(task.id)}`}
            alt=""
            style={{ objectPosition: `${(100 * (STRIP_PER_CLASS * label + i)) / last}% 0` }}
          />
        )),
      }))}
    />
  );
}
