import { useState } from 'react';
import { Button as AriaButton, Checkbox } from 'react-aria-components';
import { useStore } from 'zustand/react';
import { isRenamed, type Naming } from '../../../model/peft/names.ts';
import type { ListedAdapter } from '../../../state/adapters/adapter-list.ts';
import type { AdaptersState } from '../../../state/adapters/adapters-store.ts';
import { saveBlob } from '../../charts/download.ts';
import { useServices, useStudy } from '../../context.ts';
import { Segmented } from '../../controls/Segmented.tsx';
import { integer, percent } from '../../format.ts';
import shared from '../../shared.module.css';
import css from './adapters.module.css';

interface AdapterTableProps {
  readonly adapters: readonly ListedAdapter[];
  readonly chosen: ReadonlySet<string>;
  readonly isBusy: boolean;
  readonly onChoose: (id: string, on: boolean) => void;
  readonly attempt: (what: string, work: () => Promise<void> | void) => Promise<void>;
}

const KINDS = { run: 'this study', opened: 'opened', merged: 'merged' } as const;
const NAMINGS = [
  { id: 'v5', name: 'transformers 5' },
  { id: 'v4', name: '4' },
] as const;

/** The accuracy measured on the current task, or else the study's result. */
function accuracyOf({ id, provenance }: ListedAdapter, measured: AdaptersState['measured'], task: string): string {
  const own = measured[id];
  if (own?.task === task) return percent(own.accuracy, 2);
  return provenance.kind === 'run' && provenance.study.task === task ? percent(provenance.testAccuracy, 2) : '–';
}

export function AdapterTable({ adapters, chosen, isBusy, onChoose, attempt }: AdapterTableProps) {
  const { adapterCommands: commands, adapters: store } = useServices();
  const measured = useStore(store, (state) => state.measured);
  const task = useStudy((state) => state.config.task);
  const [naming, setNaming] = useState<Naming>('v5');
  const renamed = adapters.some(({ base }) => isRenamed(base.family));
  const saveFolder = (adapter: ListedAdapter) =>
    attempt('Writing the adapter', async () => {
      const { name, blob } = await commands.exportFolder(adapter, naming);
      saveBlob(blob, name);
    });
  const saveModel = (adapter: ListedAdapter) =>
    attempt('Merging into the backbone', async () => {
      for (const { name, blob } of await commands.exportModel(adapter)) saveBlob(blob, name);
    });
  return (
    <>
      <div className={css.scroll} tabIndex={0} role="region" aria-label="Adapters at hand">
        <table className={`${shared.table} ${css.table}`}>
          <thead>
            <tr>
              <th scope="col">Adapter</th>
              <th scope="col">Test</th>
              <th scope="col">Rank</th>
              <th scope="col">Layers</th>
              <th scope="col">Parameters</th>
              <th scope="col">Download</th>
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
                      <small className={css.kind}>{KINDS[adapter.kind]}</small>
                    </span>
                  </Checkbox>
                  {adapter.warnings.map((warning) => (
                    <p key={warning} className={css.warning}>
                      {warning}
                    </p>
                  ))}
                </th>
                <td>{accuracyOf(adapter, measured, task)}</td>
                <td>{adapter.layout.rank}</td>
                <td>{adapter.layout.players.length}</td>
                <td>{integer(adapter.layout.size)}</td>
                <td className={css.actions}>
                  <AriaButton
                    className={css.link}
                    isDisabled={isBusy}
                    aria-label={`${adapter.name}: download as a PEFT folder`}
                    onPress={() => void saveFolder(adapter)}
                  >
                    PEFT
                  </AriaButton>
                  <AriaButton
                    className={css.link}
                    isDisabled={isBusy}
                    aria-label={`${adapter.name}: download the backbone with it merged in`}
                    onPress={() => void saveModel(adapter)}
                  >
                    Merged model
                  </AriaButton>
                  {adapter.kind !== 'run' && (
                    <AriaButton
                      className={css.link}
                      aria-label={`${adapter.name}: remove from this list`}
                      onPress={() => commands.remove(adapter.id)}
                    >
                      Remove
                    </AriaButton>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {renamed && (
        <p className={css.naming}>
          Module names of
          <Segmented label="Module names in downloads" value={naming} options={NAMINGS} onChange={setNaming} />
        </p>
      )}
    </>
  );
}
