import { shownClass } from '../../data/bundled/shown-classes.ts';
import { useEffect, useState } from 'react';
import type { BundledTask } from '../../data/bundled/tasks.ts';
import css from './study.module.css';
import type { TaskSamples } from '../../data/bundled/task-samples.ts';
import { loadTaskSamples } from './task-samples.ts';
import { Thumbnail } from './Thumbnail.tsx';

const MIN_COLUMNS = 7;

/** One picture per class, loaded once the page has settled. Reserves its space while loading, and stays empty without artwork. */
export function TaskThumbnails({ task }: { task: BundledTask }) {
  const [loaded, setLoaded] = useState<{ task: BundledTask; samples: TaskSamples } | null>(null);
  useEffect(() => {
    let current = true;
    const timer = setTimeout(() => {
      loadTaskSamples(task)
        .then((samples) => {
          if (current) setLoaded({ task, samples });
        })
        .catch((error: unknown) => console.warn('No thumbnails.', error));
    }, 150);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [task]);
  const samples = loaded?.task === task ? loaded.samples : null;
  return (
    <div
      className={css.thumbnails}
      style={{ gridTemplateColumns: `repeat(${Math.max(MIN_COLUMNS, task.classes.length)}, 1fr)` }}
    >
      {samples
        ? samples.images.map(({ label, pixels }) => (
            <Thumbnail key={label} pixels={pixels} size={samples.size} label={shownClass(task.id, label)} />
          ))
        : task.classes.map((name) => <span key={name} className={css.thumbnail} />)}
    </div>
  );
}
