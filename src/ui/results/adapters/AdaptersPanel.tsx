import { useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import { useStore } from 'zustand/react';
import { errorText } from '../../../core/error-text.ts';
import { fromFileList } from '../../../data/files/walk.ts';
import { listAdapters, type ListedAdapter } from '../../../state/adapters/adapter-list.ts';
import { useServices, useStudy } from '../../context.ts';
import { Button } from '../../controls/Button.tsx';
import { InfoTip } from '../../controls/InfoTip.tsx';
import { AdapterTable } from './AdapterTable.tsx';
import css from './adapters.module.css';
import shared from '../../shared.module.css';
import { ChosenAdapters } from './ChosenAdapters.tsx';
import { HubAdapters } from './hub/HubAdapters.tsx';
import { PublishAdapter } from './hub/PublishAdapter.tsx';
import { PythonButtons } from './PythonButtons.tsx';
import { ErrorText } from '../../controls/ErrorText.tsx';

/** The study's adapters and opened ones: download, merge, evaluate. */
export function AdaptersPanel() {
  const { adapters, adapterCommands: commands } = useServices();
  const state = useStore(adapters);
  const result = useStudy((study) => study.result);
  const config = useStudy((study) => study.config);
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
    if (list && list.length > 0) void attempt('Opening the adapter', () => commands.open(fromFileList(list)));
  };
  const listed = listAdapters(state, state.shelved?.result ?? result);
  const selected: ListedAdapter[] = listed.filter(({ id }) => chosen.has(id));

  return (
    <section className={css.panel} aria-label="Adapters">
      <div className={css.head}>
        <h3 className={css.title}>
          Adapters
          <InfoTip about="adapters">
            <p>
              What training leaves behind. Take an adapter home as a PEFT folder, or open one that was trained elsewhere
              for the same backbone.
            </p>
            <p>
              Chosen adapters can be merged into one, and evaluated on the task together: test accuracy, the landscape
              between every two, Shapley values and pruning.
            </p>
            <p>
              In Python: the study as one script or as a notebook for Colab and Kaggle. The zip has both, the same for
              SLURM and Ray, and <code>copra_peft.py</code>: CopRA for any other PEFT model. Drop the result.json that
              they write on this page.
            </p>
          </InfoTip>
        </h3>
        <span className={css.buttons}>
          <FileTrigger
            allowsMultiple
            acceptedFileTypes={['.zip', 'application/zip', '.json', '.safetensors']}
            onSelect={open}
          >
            <Button isDisabled={busy !== null}>Open an adapter</Button>
          </FileTrigger>
          <FileTrigger acceptDirectory onSelect={open}>
            <Button isDisabled={busy !== null}>Open a folder</Button>
          </FileTrigger>
          <PythonButtons config={config} task={result?.task ?? null} />
        </span>
      </div>
      {listed.length === 0 ? (
        <p className={css.note}>
          The adapters of your runs appear here when training is done; saved results and links carry none. A PEFT
          adapter from elsewhere can be opened as a zip, as a folder, or as its two files.
        </p>
      ) : (
        <AdapterTable
          adapters={listed}
          chosen={chosen}
          isBusy={busy !== null}
          onChoose={(id, on) => {
            const next = new Set(chosen);
            if (on) next.add(id);
            else next.delete(id);
            setChosen(next);
          }}
          attempt={attempt}
        />
      )}
      {state.shelved && idle && (
        <p className={`${shared.warning} ${css.shelved}`}>
          The charts above show the adapters you evaluated; nothing was trained for them.
          <Button kind="quiet" onPress={() => commands.restore()}>
            Back to the study
          </Button>
        </p>
      )}
      {listed.length > 0 && <ChosenAdapters chosen={selected} isBusy={busy !== null} attempt={attempt} />}
      <HubAdapters />
      {listed.length > 0 && <PublishAdapter listed={listed} />}
      <p className={css.status} role="status">
        {busy && `${busy} …`}
      </p>
      {error && <ErrorText>{error}</ErrorText>}
    </section>
  );
}
