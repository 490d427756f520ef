/** Adapters that others published: opened by name or address, several at once, and kept on this device. */
import { memo, useEffect, useState } from 'react';
import { Form, Label, TextArea, TextField } from 'react-aria-components';
import { useStore } from 'zustand/react';
import { said } from '../../../../core/language/catalogue.ts';
import type { AdapterManifest, UnfinishedAdapter } from '../../../../model/hub/adapters/adapter-manifest.ts';
import { isCommit, splitModelId } from '../../../../model/hub/model-id.ts';
import { ADAPTER_SETS } from '../../../../state/adapters/curated-adapters.ts';
import { megabytes } from '../../../backbone/amounts.ts';
import backbone from '../../../backbone/backbone.module.css';
import { licenceName } from '../../../backbone/licence-name.ts';
import { TransferLine } from '../../../backbone/TransferLine.tsx';
import { useBackbone, useServices, useStudy } from '../../../context.ts';
import { Button } from '../../../controls/Button.tsx';
import { ErrorText } from '../../../controls/ErrorText.tsx';
import { Fold } from '../../../controls/Fold.tsx';
import shared from '../../../shared.module.css';
import adapters from '../adapters.module.css';
import { HUB_ADAPTER_WORDS } from './messages.ts';

function AdapterSets({ isBusy }: { isBusy: boolean }) {
  const { hubAdapters } = useServices();
  return (
    <ul className={shared.rows} aria-label={HUB_ADAPTER_WORDS.sets}>
      {ADAPTER_SETS.map(({ name, baseModel, paper, form, adapters: names }) => (
        <li key={name} className={backbone.row}>
          <div>
            <p className={shared.rowTitle}>{HUB_ADAPTER_WORDS.setOf(name, names.length)}</p>
            <p className={shared.rowFacts}>
              {HUB_ADAPTER_WORDS.forBackbone(baseModel)} · {form} · <a href={paper.address}>{paper.name}</a>
            </p>
          </div>
          <Button
            isDisabled={isBusy}
            aria-label={HUB_ADAPTER_WORDS.getSet(name)}
            onPress={() => void hubAdapters.open(names.join('\n'))}
          >
            {HUB_ADAPTER_WORDS.openAll}
          </Button>
        </li>
      ))}
    </ul>
  );
}

function StoredRow({ adapter, isBusy }: { adapter: AdapterManifest; isBusy: boolean }) {
  const { hubAdapters } = useServices();
  const { id, files, licence, baseModel } = adapter;
  const name = splitModelId(id)?.name ?? id;
  const facts = [
    megabytes(files.reduce((sum, { bytes }) => sum + bytes, 0)),
    baseModel && HUB_ADAPTER_WORDS.forBackbone(baseModel),
    licence && HUB_ADAPTER_WORDS.licence(licenceName(licence)),
    files.some(({ confirmed }) => confirmed) && HUB_ADAPTER_WORDS.confirmed,
  ];
  return (
    <li className={backbone.row}>
      <div>
        <p className={shared.rowTitle}>{name}</p>
        <p className={shared.rowFacts}>{facts.filter(Boolean).join(' · ')}</p>
      </div>
      <span className={backbone.actions}>
        <Button
          isDisabled={isBusy}
          aria-label={HUB_ADAPTER_WORDS.openOne(name)}
          onPress={() => void hubAdapters.openStored([adapter])}
        >
          {HUB_ADAPTER_WORDS.open}
        </Button>
        <Button
          isDisabled={isBusy}
          aria-label={HUB_ADAPTER_WORDS.removeOne(name)}
          onPress={() => void hubAdapters.remove(id)}
        >
          {HUB_ADAPTER_WORDS.remove}
        </Button>
      </span>
    </li>
  );
}

/** With as much of a revision as tells two commits apart. */
const atRevision = (name: string, revision: string | null): string =>
  revision === null ? name : `${name}@${isCommit(revision) ? revision.slice(0, 12) : revision}`;

function UnfinishedRow({ adapter: { id, bytes }, isBusy }: { adapter: UnfinishedAdapter; isBusy: boolean }) {
  const { hubAdapters } = useServices();
  const { name: place, revision } = splitModelId(id) ?? { name: id, revision: '' };
  const isOfHub = isCommit(revision);
  const name = atRevision(place, isOfHub ? revision : null);
  return (
    <li className={backbone.row}>
      <div>
        <p className={shared.rowTitle}>{name}</p>
        <p className={shared.rowFacts}>{HUB_ADAPTER_WORDS.unfinished(megabytes(bytes), isOfHub)}</p>
      </div>
      <Button
        isDisabled={isBusy}
        aria-label={HUB_ADAPTER_WORDS.removeOne(name)}
        onPress={() => void hubAdapters.remove(id)}
      >
        {HUB_ADAPTER_WORDS.remove}
      </Button>
    </li>
  );
}

/** Asks what to do with adapters that were trained for another backbone. */
function OtherBaseQuestion({ isBusy }: { isBusy: boolean }) {
  const { hubAdapters, models } = useServices();
  const otherBase = useStore(hubAdapters, (state) => state.otherBase);
  const transfer = useStore(models, (state) => state.transfer);
  const isIdle = useStudy(({ status }) => status === 'idle');
  const chosen = useBackbone();
  if (!otherBase) return null;
  const { adapters: waiting, baseModel, baseRevision } = otherBase;
  const theirs = atRevision(baseModel, baseRevision);
  const ours = chosen.name === baseModel ? atRevision(chosen.name, chosen.revision) : chosen.name;
  return (
    <div className={`${shared.warning} ${backbone.stack}`} role="group" aria-label={HUB_ADAPTER_WORDS.title}>
      <p>{HUB_ADAPTER_WORDS.otherBase(waiting.length, theirs, ours)}</p>
      <span className={adapters.buttons}>
        <Button
          kind="primary"
          isDisabled={isBusy || !isIdle || transfer !== null}
          onPress={() => void hubAdapters.settle('theirs')}
        >
          {HUB_ADAPTER_WORDS.getBase(theirs)}
        </Button>
        <Button isDisabled={isBusy} onPress={() => void hubAdapters.settle('chosen')}>
          {HUB_ADAPTER_WORDS.openAnyway}
        </Button>
        <Button kind="quiet" onPress={() => void hubAdapters.dismiss()}>
          {HUB_ADAPTER_WORDS.leave}
        </Button>
      </span>
      {!isIdle && <p>{HUB_ADAPTER_WORDS.running}</p>}
    </div>
  );
}

function Content() {
  const { hubAdapters } = useServices();
  const { stored, unfinished, transfer, errors } = useStore(hubAdapters);
  const [names, setNames] = useState('');
  const isBusy = transfer !== null;
  return (
    <div className={backbone.stack}>
      <p className={adapters.note}>
        {HUB_ADAPTER_WORDS.intro} {HUB_ADAPTER_WORDS.namesHelp}
      </p>
      <Form
        className={backbone.any}
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy) void hubAdapters.open(names);
        }}
      >
        <TextField className={backbone.field} value={names} onChange={setNames}>
          <Label className={backbone.label}>{HUB_ADAPTER_WORDS.names}</Label>
          <TextArea
            className={backbone.area}
            rows={2}
            placeholder={HUB_ADAPTER_WORDS.placeholder}
            spellCheck="false"
            autoComplete="off"
          />
        </TextField>
        <Button type="submit" isDisabled={isBusy || names.trim() === ''}>
          {HUB_ADAPTER_WORDS.get}
        </Button>
      </Form>
      {transfer && <TransferLine transfer={transfer} onCancel={() => hubAdapters.cancel()} />}
      <OtherBaseQuestion isBusy={isBusy} />
      {said(errors).map((line) => (
        <ErrorText key={line}>{line}</ErrorText>
      ))}
      <AdapterSets isBusy={isBusy} />
      {stored !== null && stored.length + unfinished.length > 0 && (
        <>
          <span className={adapters.head}>
            <h4 className={adapters.subtitle}>{HUB_ADAPTER_WORDS.stored}</h4>
            {stored.length > 0 && (
              <Button isDisabled={isBusy} onPress={() => void hubAdapters.openStored(stored)}>
                {HUB_ADAPTER_WORDS.openAll}
              </Button>
            )}
          </span>
          <ul className={shared.rows} aria-label={HUB_ADAPTER_WORDS.stored}>
            {stored.map((adapter) => (
              <StoredRow key={adapter.id} {...{ adapter, isBusy }} />
            ))}
            {unfinished.map((adapter) => (
              <UnfinishedRow key={adapter.id} {...{ adapter, isBusy }} />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

/** Remembered: the panel around it is rendered whenever a running study tells something. */
export const HubAdapters = memo(function HubAdapters() {
  const { hubAdapters } = useServices();
  const count = useStore(hubAdapters, (state) => state.stored?.length ?? 0);
  useEffect(() => void hubAdapters.refresh(), [hubAdapters]);
  return (
    <Fold title={HUB_ADAPTER_WORDS.title} level={4} summary={count > 0 ? HUB_ADAPTER_WORDS.onDevice(count) : undefined}>
      <Content />
    </Fold>
  );
});
