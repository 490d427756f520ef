/** The classes found, to rename, merge or leave out, with previews of their first images. */
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useStore } from 'zustand/react';
import { cleanName } from '../../data/dataset/clean-name.ts';
import { useBackbone, useServices } from '../context.ts';
import study from '../study/study.module.css';
import { ClassRow } from './ClassRow.tsx';
import css from './dataset.module.css';
import { DATASET_WORDS } from './messages.ts';

/** Long lists are truncated: a thousand rows of text fields would make typing slow. */
const SHOWN = 40;
const MANY = 6;
const NONE: readonly Uint8Array[] = [];

export function ClassList() {
  const { dataset: store } = useServices();
  const words = DATASET_WORDS.classes;
  const { facts } = useBackbone();
  const { classes, used, previews, phase } = useStore(store);
  const [all, setAll] = useState(false);
  if (classes.length === 0 || phase === 'listing') return null;
  const shown = all ? classes : classes.slice(0, SHOWN);
  const sharing = new Map<string, number>();
  for (const { name } of classes) {
    const key = name?.trim();
    if (key) sharing.set(key, (sharing.get(key) ?? 0) + 1);
  }
  const usedAs = new Map(used.map((one) => [one.name, one]));
  return (
    <div className={css.classes}>
      <p className={study.note}>
        {facts.text ? `${words.prompts} ` : ''}
        {words.note}
      </p>
      {classes.length > MANY && (
        <p className={css.buttons}>
          <Button className={study.textButton} onPress={() => store.useAll(true)}>
            {words.useAll}
          </Button>
          <Button className={study.textButton} onPress={() => store.useAll(false)}>
            {words.leaveAll}
          </Button>
        </p>
      )}
      <ul className={css.classRows} aria-label={words.label}>
        {shown.map((entry, i) => (
          <ClassRow
            key={entry.found}
            entry={entry}
            used={entry.name === null ? null : (usedAs.get(cleanName(entry.name)) ?? null)}
            merged={(sharing.get(entry.name?.trim() ?? '') ?? 0) > 1}
            previews={previews?.ofClass[i] ?? NONE}
            size={previews?.size ?? 0}
            onName={(name) => store.rename(i, name)}
          />
        ))}
      </ul>
      {shown.length < classes.length && (
        <Button className={study.textButton} onPress={() => setAll(true)}>
          {words.showAll(classes.length)}
        </Button>
      )}
    </div>
  );
}
