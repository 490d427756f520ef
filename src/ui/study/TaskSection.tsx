import { Suspense } from 'react';
import { useStore } from 'zustand/react';
import { bundledById, BUNDLED_TASKS } from '../../data/bundled/tasks.ts';
import { PRESETS } from '../../study/presets/presets.ts';
import { useEditConfig, useServices, useStudy } from '../context.ts';
import { Choice } from '../controls/Choice.tsx';
import { NumberInput } from '../controls/NumberInput.tsx';
import { SettingRow } from '../controls/Setting.tsx';
import { Toggle } from '../controls/Toggle.tsx';
import { BringImages } from '../dataset/BringImages.tsx';
import { lazily } from '../lazily.tsx';
import { STUDY_WORDS } from './messages.ts';
import css from './study.module.css';
import { TaskThumbnails } from './TaskThumbnails.tsx';

const Arrival = lazily(async () => (await import('../dataset/Arrival.tsx')).Arrival);
const DatasetCard = lazily(async () => (await import('../dataset/DatasetCard.tsx')).DatasetCard);

const DEFAULTS = PRESETS[0].config;
const SHOTS = 16;

function FewShots() {
  const shots = useStudy((state) => state.config.shots);
  const edit = useEditConfig();
  const words = STUDY_WORDS.task;
  return (
    <SettingRow
      label={words.fewShots}
      help={words.fewShotsHelp}
      defaultText={DEFAULTS.shots === null ? words.allImages : String(DEFAULTS.shots)}
      onReset={shots !== DEFAULTS.shots ? () => edit((old) => ({ ...old, shots: DEFAULTS.shots })) : null}
    >
      <span className={css.inline}>
        {shots !== null && (
          <NumberInput
            label={words.imagesPerClass}
            value={shots}
            min={1}
            max={100000}
            step={1}
            onChange={(count) => edit((old) => ({ ...old, shots: count }))}
          />
        )}
        <Toggle
          label={words.fewShotsPerClass}
          value={shots !== null}
          onChange={(on) => edit((old) => ({ ...old, shots: on ? SHOTS : null }))}
        />
      </span>
    </SettingRow>
  );
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
    ...BUNDLED_TASKS.map(({ id, name, description }) => ({ id, name, description })),
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
      <FewShots />
    </section>
  );
}
