/** Class prompts of a CLIP: templates for all classes, plus optional prompts for single classes. */
import { shownClass } from '../../data/bundled/shown-classes.ts';
import { Input, Label, TextArea, TextField } from 'react-aria-components';
import { useStore } from 'zustand/react';
import { bundledById, className } from '../../data/bundled/tasks.ts';
import { without } from '../../core/without.ts';
import { PLACE, type StudyConfig } from '../../study/config/config.ts';
import { filledPrompt } from '../../study/config/prompts.ts';
import { useEditConfig, useServices, useStudy } from '../context.ts';
import { Button } from '../controls/Button.tsx';
import { Fold } from '../controls/Fold.tsx';
import study from '../study/study.module.css';
import css from './backbone.module.css';
import { BACKBONE_WORDS } from './messages.ts';
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
  const bundled = bundledById(task);
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
  const task = useStudy((state) => state.config.task);
  const classes = useClassNames();
  const words = BACKBONE_WORDS.prompts;
  const current = prompts ?? START;
  const change = (next: Prompts | undefined) =>
    edit((config) => (next ? { ...config, prompts: next } : without(config, 'prompts')));
  const setOwn = (name: string, text: string) => {
    const others = Object.entries(current.perClass).filter(([other]) => other !== name);
    const own: [string, string][] = text === '' ? [] : [[name, text.slice(0, 200)]];
    change({ ...current, perClass: Object.fromEntries([...others, ...own]) });
  };
  const own = Object.keys(current.perClass).length;
  const summary = prompts ? words.summary(current.templates.length, own) : words.default;
  const incomplete = current.templates.some((template) => !template.includes(PLACE));
  return (
    <Fold title={words.title} summary={summary} level={4}>
      <div className={css.stack}>
        <TextField
          className={css.field}
          value={current.templates.join('\n')}
          onChange={(text) => change({ ...current, templates: lines(text) })}
        >
          <Label className={css.label}>{words.templates}</Label>
          <TextArea className={css.area} rows={Math.min(6, Math.max(2, current.templates.length))} />
        </TextField>
        {incomplete && <ErrorText>{words.incomplete}</ErrorText>}
        {current.templates.length > 1 && (
          <p className={study.note}>{adaptsText ? words.averagedFrozen : words.averaged}</p>
        )}
        <Fold title={words.ofOne} quiet level={4}>
          <div className={css.own}>
            {classes.map((name) => (
              <TextField
                key={name}
                className={css.field}
                value={current.perClass[name] ?? ''}
                onChange={(text) => setOwn(name, text)}
              >
                <Label className={css.label}>{shownClass(task, name)}</Label>
                <Input className={study.textInput} placeholder={filledPrompt(current.templates[0] ?? '', name)} />
              </TextField>
            ))}
          </div>
        </Fold>
        {prompts && (
          <div>
            <Button onPress={() => change(undefined)}>{words.back}</Button>
          </div>
        )}
      </div>
    </Fold>
  );
}
