/** The study is on own images and the page has none: those that are kept on this device are a press away. */
import { useStore } from 'zustand/react';
import { useServices } from '../context.ts';
import { Button } from '../controls/Button.tsx';
import { ErrorText } from '../controls/ErrorText.tsx';
import study from '../study/study.module.css';
import css from './dataset.module.css';
import { DATASET_WORDS } from './messages.ts';
import { useOpenStored } from './use-open-stored.ts';

/** The list of data sets on this device has the others. */
const MOST = 3;

export function NoImages() {
  const { stored } = useServices();
  const words = DATASET_WORDS.card;
  const { entries, busy, error } = useStore(stored);
  const open = useOpenStored();
  const kept = (entries ?? []).flatMap(({ id, info }) => (info ? [{ id, name: info.name }] : []));
  if (kept.length === 0) return <p className={study.note}>{words.empty}</p>;
  return (
    <div className={css.stack}>
      <p className={study.note}>{words.emptyButKept(kept.length)}</p>
      <p className={css.actions}>
        {kept.slice(0, MOST).map(({ id, name }) => (
          <Button key={id} isDisabled={busy} onPress={() => open(id)}>
            {DATASET_WORDS.stored.openThis(name)}
          </Button>
        ))}
      </p>
      {error && <ErrorText>{error()}</ErrorText>}
    </div>
  );
}
