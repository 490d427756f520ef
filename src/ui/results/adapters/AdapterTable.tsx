import { useState } from 'react';
import { Button as AriaButton, Checkbox } from 'react-aria-components';
import { useStore } from 'zustand/react';
import type { Naming } from '../../../model/peft/family-names.ts';
import { accuracyOn, type TestAccuracy } from '../../../state/adapters/adapter-accuracy.ts';
import type { ListedAdapter } from '../../../state/adapters/adapter-list.ts';
import { testedOn } from '../../../state/adapters/tested-on.ts';
import { imagesOf, type StudyImages } from '../../../state/study/images-diff.ts';
import { saveBlob } from '../../charts/download.ts';
import { useServices, useStudy } from '../../context.ts';
import { MISSING } from '../../../core/number-format.ts';
import { integer, percent } from '../../format.ts';
import shared from '../../shared.module.css';
import css from './adapters.module.css';
import { ADAPTER_WORDS } from './messages.ts';
import { NamingChoice } from './NamingChoice.tsx';

interface AdapterTableProps {
  readonly adapters: readonly ListedAdapter[];
  /** Own images of the study that trained those of runs; null: it has none, or they are not known. */
  readonly ofStudy: StudyImages | null;
  readonly chosen: ReadonlySet<string>;
  readonly isBusy: boolean;
  readonly onChoose: (id: string, on: boolean) => void;
  readonly attempt: (what: string, work: () => Promise<void> | void) => Promise<void>;
}

/** A test accuracy, with what it rests on. */
function Test({ found }: { readonly found: TestAccuracy | null }) {
  if (!found) return MISSING;
  const { accuracy, count } = found;
  return (
    <>
      {percent(accuracy)}
      {count !== null && <small className={css.kind}>{ADAPTER_WORDS.table.images(count)}</small>}
    </>
  );
}

export function AdapterTable({ adapters, ofStudy, chosen, isBusy, onChoose, attempt }: AdapterTableProps) {
  const words = ADAPTER_WORDS.table;
  const { adapterCommands: commands, adapters: store, dataset } = useServices();
  const measured = useStore(store, (state) => state.measured);
  const config = useStudy((state) => state.config);
  const own = useStore(dataset, (state) => state.dataset);
  const tested = testedOn(config, own && imagesOf(own));
  const [naming, setNaming] = useState<Naming>('v5');
  const saveFolder = (adapter: ListedAdapter) =>
    attempt(words.writing, async () => {
      const { name, blob } = await commands.exportFolder(adapter, naming);
      saveBlob(blob, name);
    });
  const saveModel = (adapter: ListedAdapter) =>
    attempt(words.mergingIn, async () => {
      for (const { name, blob } of await commands.exportModel(adapter)) saveBlob(blob, name);
    });
  return (
    <>
      <div className={css.scroll} data-arrival="adapters" tabIndex={0} role="region" aria-label={words.label}>
        <table className={`${shared.table} ${css.table}`}>
          <thead>
            <tr>
              <th scope="col">{words.adapter}</th>
              <th scope="col">{words.test}</th>
              <th scope="col">{words.rank}</th>
              <th scope="col">{words.layers}</th>
              <th scope="col">{words.parameters}</th>
              <th scope="col">{words.download}</th>
            </tr>
          </thead>
          <tbody>
            {adapters.map((adapter) => (
              <tr key={adapter.id}>
                <th scope="row">
                  <Checkbox
                    className={css.check}
                    isSelected={chosen.has(adapter.id)}
                    onChange={(on) => onChoose(adapter.id, on)}
                  >
                    <span className={css.box} aria-hidden="true" />
                    <span>
                      {adapter.name}
                      <small className={css.kind}>{words.kinds[adapter.kind]}</small>
                    </span>
                  </Checkbox>
                  {adapter.warnings.map((warning) => (
                    <p key={warning} className={css.warning}>
                      {warning}
                    </p>
                  ))}
                </th>
                <td>
                  <Test found={accuracyOn(tested, adapter, measured, ofStudy)} />
                </td>
                <td>{adapter.layout.rank}</td>
                <td>{adapter.layout.players.length}</td>
                <td>{integer(adapter.layout.size)}</td>
                <td className={css.actions}>
                  <AriaButton
                    className={css.link}
                    isDisabled={isBusy}
                    aria-label={words.folderOf(adapter.name)}
                    onPress={() => void saveFolder(adapter)}
                  >
                    {words.folder}
                  </AriaButton>
                  <AriaButton
                    className={css.link}
                    isDisabled={isBusy}
                    aria-label={words.modelOf(adapter.name)}
                    onPress={() => void saveModel(adapter)}
                  >
                    {words.model}
                  </AriaButton>
                  {adapter.kind !== 'run' && (
                    <AriaButton
                      className={css.link}
                      aria-label={words.removeOf(adapter.name)}
                      onPress={() => commands.remove(adapter.id)}
                    >
                      {words.remove}
                    </AriaButton>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <NamingChoice {...{ adapters, naming }} onChange={setNaming} />
    </>
  );
}
