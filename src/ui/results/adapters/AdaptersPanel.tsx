import { PART_WORDS } from '../../../lessons/part-words.ts';
import { memo, useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import { useStore } from 'zustand/react';
import { errorText } from '../../../core/error-text.ts';
import { withOrWithout } from '../../../core/with-or-without.ts';
import { fromFileList } from '../../../data/files/walk.ts';
import { listAdapters, type ListedAdapter } from '../../../state/adapters/adapter-list.ts';
import { listedResult } from '../../../state/adapters/listed-result.ts';
import { useServices, useStudy } from '../../context.ts';
import { Button } from '../../controls/Button.tsx';
import { InfoTip } from '../../controls/InfoTip.tsx';
import { AdapterTable } from './AdapterTable.tsx';
import css from './adapters.module.css';
import shared from '../../shared.module.css';
import { ChosenAdapters } from './ChosenAdapters.tsx';
import { HubAdapters } from './hub/HubAdapters.tsx';
import { PublishAdapter } from './hub/PublishAdapter.tsx';
import { ADAPTER_WORDS } from './messages.ts';
import { PythonButtons } from './PythonButtons.tsx';
import { ErrorText } from '../../controls/ErrorText.tsx';

/** The study's adapters and opened ones: download, merge, evaluate. Takes nothing from the results around it, which change with every event of a study. */
export const AdaptersPanel = memo(Panel, () => true);

function Panel() {
  const { adapters, adapterCommands: commands } = useServices();
  const state = useStore(adapters);
  const [select] = useState(listedResult);
  const result = useStudy(select);
  const images = useStudy((study) => study.images);
  const idle = useStudy((study) => study.status === 'idle');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState<string | null>(null);

  const attempt = async (what: string, work: () => Promise<void> | void): Promise<void> => {
    setBusy(what);
    setError(null);
    try {
      await work();
    } catch (cause) {
      setError(errorText(cause));
    } finally {
      setBusy(null);
    }
  };
  const open = (list: FileList | null) => {
    if (list && list.length > 0) void attempt(ADAPTER_WORDS.opening, () => commands.open(fromFileList(list)));
  };
  const listed = listAdapters(state, state.shelved?.result ?? result);
  const selected: ListedAdapter[] = listed.filter(({ id }) => chosen.has(id));

  return (
    <section className={css.panel} aria-label={PART_WORDS.adapters}>
      <div className={css.head}>
        <h3 className={css.title}>
          {PART_WORDS.adapters}
          <InfoTip about={ADAPTER_WORDS.about}>
            {ADAPTER_WORDS.help.map((text) => (
              <p key={text}>{text}</p>
            ))}
            <p>
              {ADAPTER_WORDS.helpPython.before}
              <code>copra_peft.py</code>
              {ADAPTER_WORDS.helpPython.after}
            </p>
          </InfoTip>
        </h3>
        <span className={css.buttons}>
          <FileTrigger
            allowsMultiple
            acceptedFileTypes={['.zip', 'application/zip', '.json', '.safetensors']}
            onSelect={open}
          >
            <Button isDisabled={busy !== null}>{ADAPTER_WORDS.openFile}</Button>
          </FileTrigger>
          <FileTrigger acceptDirectory onSelect={open}>
            <Button isDisabled={busy !== null}>{ADAPTER_WORDS.openFolder}</Button>
          </FileTrigger>
          <PythonButtons result={result} />
        </span>
      </div>
      {listed.length === 0 ? (
        <p className={css.note}>{ADAPTER_WORDS.none}</p>
      ) : (
        <AdapterTable
          adapters={listed}
          ofStudy={state.shelved ? state.shelved.images : images}
          chosen={chosen}
          isBusy={busy !== null}
          onChoose={(id, on) => setChosen(withOrWithout(chosen, id, on))}
          attempt={attempt}
        />
      )}
      {state.shelved && idle && (
        <p className={`${shared.warning} ${css.shelved}`}>
          {ADAPTER_WORDS.shelved}
          <Button kind="quiet" onPress={() => commands.restore()}>
            {ADAPTER_WORDS.restore}
          </Button>
        </p>
      )}
      {listed.length > 0 && <ChosenAdapters chosen={selected} isBusy={busy !== null} attempt={attempt} />}
      <HubAdapters />
      {listed.length > 0 && <PublishAdapter listed={listed} />}
      <p className={css.status} role="status">
        {busy && ADAPTER_WORDS.busy(busy)}
      </p>
      {error && <ErrorText>{error}</ErrorText>}
    </section>
  );
}
