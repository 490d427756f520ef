/** Class prompts of a CLIP: templates for all classes, plus optional prompts for single classes. */
import { counted } from '../../core/counted.ts';
import { Input, Label, TextArea, TextField } from 'react-aria-components';
import { useStore } from 'zustand/react';
import { BUNDLED_TASKS, className } from '../../data/bundled/tasks.ts';
import { without } from '../../core/without.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import { useEditConfig, useServices, useStudy } from '../context.ts';
import { Button } from '../controls/Button.tsx';
import { Fold } from '../controls/Fold.tsx';
import study from '../study/study.module.css';
import css from './backbone.module.css';
import { ErrorText } from '../controls/ErrorText.tsx';

type Prompts = NonNullable<StudyConfig['prompts']>;

/** Initial templates when the reader starts editing prompts. */
const START: Prompts = { templates: ['a picture of {}'], perClass: {} };
const MAX_TEMPLATES = 16;

/** Class names of the chosen task. */
function useClassNames(): readonly string[] {
  const task = useStudy((state) => state.config.task);
  const { dataset: store } = useServices();
  const dropped = useStore(store, (state) => state.dataset);
  const bundled = BUNDLED_TASKS.find(({ id }) => id === task);
  return bundled ? bundled.classes.map(className) : (dropped?.classes ?? []);
}

const lines = (text: string): string[] =>
  text
    .split('\n')
    .slice(0, MAX_TEMPLATES)
    .map((line) => line.slice(0, 200));

export function PromptsFold() {
  const prompts = useStudy((state) => state.config.prompts);
  const adaptsText = useStudy(({ config }) => config.arms.some(({ towers }) => towers.includes('text')));
  const edit = useEditConfig();
  const classes = useClassNames();
  const current = prompts ?? START;
  const change = (next: Prompts | undefined) =>
    edit((config) => (next ? { ...config, prompts: next } : without(config, 'prompts')));
  const setOwn = (name: string, text: string) => {
    const others = Object.entries(current.perClass).filter(([other]) => other !== name);
    const own: [string, string][] = text === '' ? [] : [[name, text.slice(0, 200)]];
    change({ ...current, perClass: Object.fromEntries([...others, ...own]) });
  };
  const own = Object.keys(current.perClass).length;
  const summary = prompts
    ? `${counted(current.templates.length, 'template')}${own > 0 ? `, ${own} of its own` : ''}`
    : 'a picture of …';
  const incomplete = current.templates.some((template) => !template.includes('{}'));
  return (
    <Fold title="Prompts" summary={summary} level={4}>
      <div className={css.stack}>
        <TextField
          className={css.field}
          value={current.templates.join('\n')}
          onChange={(text) => change({ ...current, templates: lines(text) })}
        >
          <Label className={css.label}>Templates, one per line; {'{}'} is the name of the class</Label>
          <TextArea className={css.area} rows={Math.min(6, Math.max(2, current.templates.length))} />
        </TextField>
        {incomplete && <ErrorText>Every template needs {'{}'} where the name of the class goes.</ErrorText>}
        {current.templates.length > 1 && (
          <p className={study.note}>
            {adaptsText
              ? 'Several templates are averaged only while the text tower is frozen: keep one, or let the arms adapt the vision tower only.'
              : 'The features of the templates are averaged for every class.'}
          </p>
        )}
        <Fold title="Prompt of one class" quiet level={4}>
          <div className={css.own}>
            {classes.map((name) => (
              <TextField
                key={name}
                className={css.field}
                value={current.perClass[name] ?? ''}
                onChange={(text) => setOwn(name, text)}
              >
                <Label className={css.label}>{name}</Label>
                <Input className={study.textInput} placeholder={current.templates[0]?.replaceAll('{}', name)} />
              </TextField>
            ))}
          </div>
        </Fold>
        {prompts && (
          <div>
            <Button onPress={() => change(undefined)}>Back to the default prompts</Button>
          </div>
        )}
      </div>
    </Fold>
  );
}
