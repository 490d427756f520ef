import { shownTask } from '../../data/bundled/task-names.ts';
import { Suspense, useCallback } from 'react';
import { useStore } from 'zustand/react';
import { bundledById, BUNDLED_TASKS } from '../../data/bundled/tasks.ts';
import { setOfStudy } from '../../state/study/config-edit.ts';
import { counts, type Row, type RowValue } from '../../study/config/settings/rows.ts';
import { STUDY_ROWS } from '../../study/config/settings/study.ts';
import { useEditConfig, useServices, useStudy } from '../context.ts';
import { Choice } from '../controls/Choice.tsx';
import { BringImages } from '../dataset/BringImages.tsx';
import { lazily } from '../lazily.tsx';
import { STUDY_WORDS } from './messages.ts';
import { RowControl } from './RowControl.tsx';
import css from './study.module.css';
import { TaskThumbnails } from './TaskThumbnails.tsx';

const Arrival = lazily(async () => (await import('../dataset/Arrival.tsx')).Arrival);
const DatasetCard = lazily(async () => (await import('../dataset/DatasetCard.tsx')).DatasetCard);

/** Which of the training images. */
function Shots() {
  const config = useStudy((state) => state.config);
  const edit = useEditConfig();
  const change = useCallback(
    (value: RowValue, key: string, row: Row) => edit((old) => setOfStudy(old, key, row, value)),
    [edit],
  );
  return STUDY_ROWS.filter(([, row]) => counts(row, config)).map(([key, row]) => (
    <RowControl key={key} id={key} row={row} value={config[key] ?? row.usual} onChange={change} />
  ));
}

export function TaskSection() {
  const chosen = useStudy((state) => state.config.task);
  const edit = useEditConfig();
  const words = STUDY_WORDS.task;
  const { dataset } = useServices();
  const dropped = useStore(dataset);
  const task = bundledById(chosen);
  const own = {
    id: 'dropped',
    name: dropped.name || words.myImages,
    description: words.ownDescription,
  };
  const options = [
    ...BUNDLED_TASKS.map(({ id, name, description }) => ({ id, name: shownTask(id, name), description })),
    ...(dropped.phase !== 'empty' || chosen === 'dropped' ? [own] : []),
  ];
  return (
    <section className={css.section} aria-labelledby="task-title">
      <div className={css.sectionHead}>
        <h3 id="task-title" className={css.sectionTitle}>
          {words.title}
        </h3>
      </div>
      <Choice
        label={words.title}
        wide
        value={chosen}
        options={options}
        onChange={(id) => edit((old) => ({ ...old, task: id }))}
      />
      {task && <TaskThumbnails task={task} />}
      {task && (
        <p className={css.note}>
          {task.description} {words.newConcepts}
        </p>
      )}
      <Suspense>{chosen === 'dropped' && <DatasetCard />}</Suspense>
      <BringImages />
      <Suspense>{(dropped.phase !== 'empty' || dropped.refused) && <Arrival />}</Suspense>
      <Shots />
    </section>
  );
}
