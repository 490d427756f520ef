/** Which tasks are merged: bundled ones, or parts of the study's own. */
import { MAX_TASKS } from '../../study/analyses/multitask/settings.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import { MANY_TASKS } from '../../study/analyses/multitask/defaults.ts';
import { useEditConfig, useStudy } from '../context.ts';
import { NumberInput } from '../controls/NumberInput.tsx';
import { Segmented } from '../controls/Segmented.tsx';
import { SettingRow } from '../controls/Setting.tsx';
import css from './study.module.css';

type Settings = NonNullable<StudyConfig['analyses']['multitask']>;

const SOURCES = [
  { id: 'bundled', name: 'Four bundled' },
  { id: 'parts', name: 'Parts of the task' },
] as const;

export function MultitaskSettings() {
  const settings = useStudy((state) => state.config.analyses.multitask) ?? MANY_TASKS;
  const edit = useEditConfig();
  const change = (patch: Partial<Settings>) =>
    edit((old) => ({ ...old, analyses: { ...old.analyses, multitask: { ...settings, ...patch } } }));
  const source = settings.tasks.length > 0 ? 'bundled' : 'parts';
  return (
    <div className={css.nested}>
      <SettingRow
        label="Tasks"
        help="Four bundled tasks: animals, food, travel and objects. Or the classes of the chosen task, also of your own images, divided into parts: by what stands before a slash where every class is named “part/class”, else into groups of neighbours."
        defaultText="four bundled"
        onReset={source === 'parts' ? () => change({ tasks: MANY_TASKS.tasks }) : null}
        stacked
      >
        <Segmented
          label="Tasks that are merged"
          value={source}
          options={SOURCES}
          onChange={(id) => change({ tasks: id === 'bundled' ? MANY_TASKS.tasks : [] })}
        />
      </SettingRow>
      {source === 'parts' && (
        <SettingRow
          label="Parts"
          help="Into how many tasks the classes are divided, at least two classes each. Names of the form “part/class” decide for themselves."
          defaultText={String(MANY_TASKS.parts)}
          onReset={settings.parts !== MANY_TASKS.parts ? () => change({ parts: MANY_TASKS.parts }) : null}
        >
          <NumberInput
            label="Parts of the task"
            value={settings.parts}
            min={2}
            max={MAX_TASKS}
            step={1}
            onChange={(parts) => change({ parts })}
          />
        </SettingRow>
      )}
    </div>
  );
}
