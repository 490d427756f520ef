/** "Data sets on this device": open, rename, delete. */
import { useState } from 'react';
import { Form, Input, TextField } from 'react-aria-components';
import { useStore } from 'zustand/react';
import type { StoredEntry } from '../../data/stored/storage.ts';
import { megabytes } from '../backbone/amounts.ts';
import { useServices } from '../context.ts';
import { Button } from '../controls/Button.tsx';
import { date } from '../format.ts';
import study from '../study/study.module.css';
import css from './dataset.module.css';
import { DATASET_WORDS } from './messages.ts';
import shared from '../shared.module.css';
import { ErrorText } from '../controls/ErrorText.tsx';
import { useOpenStored } from './use-open-stored.ts';

type Doing = 'nothing' | 'renaming' | 'deleting';

function RenameForm({ entry, onDone }: { entry: StoredEntry; onDone: () => void }) {
  const { stored } = useServices();
  const [name, setName] = useState(entry.info?.name ?? '');
  return (
    <Form
      className={css.oneLine}
      onSubmit={(event) => {
        event.preventDefault();
        void stored.rename(entry.id, name).then(onDone);
      }}
    >
      <TextField
        autoFocus
        aria-label={DATASET_WORDS.stored.newName}
        value={name}
        maxLength={100}
        onChange={setName}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onDone();
        }}
      >
        <Input className={study.textInput} />
      </TextField>
      <Button type="submit" isDisabled={name.trim() === ''}>
        {DATASET_WORDS.stored.save}
      </Button>
    </Form>
  );
}

function StoredRow({ entry }: { entry: StoredEntry }) {
  const { stored, dataset } = useServices();
  const words = DATASET_WORDS.stored;
  const busy = useStore(stored, (state) => state.busy);
  const inUse = useStore(dataset, (state) => state.keptId === entry.id);
  const open = useOpenStored();
  const [doing, setDoing] = useState<Doing>('nothing');
  /** The last action, for returning keyboard focus. */
  const [was, setWas] = useState<Doing>('nothing');
  const done = () => {
    setWas(doing);
    setDoing('nothing');
  };
  const { info, bytes } = entry;
  const name = info?.name ?? words.incomplete;
  if (doing === 'renaming')
    return (
      <li className={css.row}>
        <RenameForm entry={entry} onDone={done} />
      </li>
    );
  return (
    <li className={css.row}>
      <div>
        <p className={shared.rowTitle}>{name}</p>
        <p className={shared.rowFacts}>
          {info
            ? words.facts(info.images, info.classes, info.imageSize, megabytes(bytes), date(info.savedAt))
            : words.incompleteFacts(megabytes(bytes))}
          {inUse && words.inUse}
        </p>
      </div>
      <p className={css.actions}>
        {doing === 'deleting' ? (
          <>
            <span className={study.note}>{words.sure}</span>
            <Button autoFocus aria-label={words.yes(name)} onPress={() => void stored.remove(entry.id)}>
              {words.delete}
            </Button>
            <Button onPress={done}>{words.no}</Button>
          </>
        ) : (
          <>
            {info && (
              <Button isDisabled={busy} aria-label={words.openThis(name)} onPress={() => open(entry.id)}>
                {words.open}
              </Button>
            )}
            {info && (
              <Button
                autoFocus={was === 'renaming'}
                isDisabled={busy}
                aria-label={words.renameThis(name)}
                onPress={() => setDoing('renaming')}
              >
                {words.rename}
              </Button>
            )}
            <Button
              autoFocus={was === 'deleting'}
              isDisabled={busy}
              aria-label={words.deleteThis(name)}
              onPress={() => setDoing('deleting')}
            >
              {words.delete}
            </Button>
          </>
        )}
      </p>
    </li>
  );
}

export function StoredDatasets() {
  const { stored } = useServices();
  const words = DATASET_WORDS.stored;
  const { entries, free, refused, error } = useStore(stored);
  if (refused !== null) return <ErrorText>{refused()}</ErrorText>;
  return (
    <div className={css.stack}>
      {error && <ErrorText>{error()}</ErrorText>}
      {entries?.length === 0 && <p className={study.note}>{words.none}</p>}
      {entries && entries.length > 0 && (
        <ul className={shared.rows} aria-label={words.title}>
          {entries.map((entry) => (
            <StoredRow key={entry.id} entry={entry} />
          ))}
        </ul>
      )}
      <p className={study.note}>{words.note(free === null ? null : megabytes(free))}</p>
    </div>
  );
}
