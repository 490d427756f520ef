/** "Datasets on this device": open, rename, delete. */
import { counted } from '../../core/counted.ts';
import { useState } from 'react';
import { Form, Input, TextField } from 'react-aria-components';
import { useStore } from 'zustand/react';
import type { StoredEntry } from '../../data/stored/storage.ts';
import { megabytes } from '../backbone/amounts.ts';
import { useEditConfig, useServices } from '../context.ts';
import { Button } from '../controls/Button.tsx';
import { date } from '../format.ts';
import study from '../study/study.module.css';
import css from './dataset.module.css';
import shared from '../shared.module.css';
import { useGeometry } from './use-open-dataset.ts';
import { ErrorText } from '../controls/ErrorText.tsx';

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
        aria-label="New name of the data set"
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
        Save
      </Button>
    </Form>
  );
}

function StoredRow({ entry }: { entry: StoredEntry }) {
  const { stored, dataset } = useServices();
  const busy = useStore(stored, (state) => state.busy);
  const inUse = useStore(dataset, (state) => state.keptId === entry.id);
  const edit = useEditConfig();
  const geometry = useGeometry();
  const [doing, setDoing] = useState<Doing>('nothing');
  /** The last action, for returning keyboard focus. */
  const [was, setWas] = useState<Doing>('nothing');
  const done = () => {
    setWas(doing);
    setDoing('nothing');
  };
  const { info, bytes } = entry;
  const name = info?.name ?? 'Kept incompletely';
  const open = async () => {
    if (await stored.open(entry.id, geometry)) edit((config) => ({ ...config, task: 'dropped' }));
  };
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
            ? `${counted(info.images, 'image')}, ${counted(info.classes, 'class', 'classes')} · ${info.imageSize} px · ${megabytes(bytes)} · ${date(info.savedAt)}`
            : `${megabytes(bytes)}: the page was closed meanwhile, or there was no room`}
          {inUse && ' · in use'}
        </p>
      </div>
      <p className={css.actions}>
        {doing === 'deleting' ? (
          <>
            <span className={study.note}>Delete for good?</span>
            <Button autoFocus aria-label={`Yes, delete ${name}`} onPress={() => void stored.remove(entry.id)}>
              Delete
            </Button>
            <Button onPress={done}>No</Button>
          </>
        ) : (
          <>
            {info && (
              <Button isDisabled={busy} aria-label={`Open ${name}`} onPress={() => void open()}>
                Open
              </Button>
            )}
            {info && (
              <Button
                autoFocus={was === 'renaming'}
                isDisabled={busy}
                aria-label={`Rename ${name}`}
                onPress={() => setDoing('renaming')}
              >
                Rename
              </Button>
            )}
            <Button
              autoFocus={was === 'deleting'}
              isDisabled={busy}
              aria-label={`Delete ${name}`}
              onPress={() => setDoing('deleting')}
            >
              Delete
            </Button>
          </>
        )}
      </p>
    </li>
  );
}

export function StoredDatasets() {
  const { stored } = useServices();
  const { entries, free, error } = useStore(stored);
  return (
    <div className={css.stack}>
      {error && <ErrorText>{error}</ErrorText>}
      {entries?.length === 0 && (
        <p className={study.note}>
          None yet. When your images are ready, “Keep on this device” saves them here for the next visit.
        </p>
      )}
      {entries && entries.length > 0 && (
        <ul className={shared.rows} aria-label="Datasets on this device">
          {entries.map((entry) => (
            <StoredRow key={entry.id} entry={entry} />
          ))}
        </ul>
      )}
      <p className={study.note}>
        Kept by this browser for this page, never sent anywhere
        {free !== null && `; ${megabytes(free)} are free`}. Clearing the page’s data deletes them.
      </p>
    </div>
  );
}
