/** What the reader's images are tested on besides their own domain: groups that are held out from training, and other data sets. */
import { Suspense, useId, useState } from 'react';
import { Button, Checkbox, FileTrigger } from 'react-aria-components';
import { useStore } from 'zustand/react';
import type { DatasetSource } from '../../data/dataset/source.ts';
import { READ_FILES } from '../../data/files/endings.ts';
import { fromFileList, type DroppedFile } from '../../data/files/walk.ts';
import { setOfAnalysis } from '../../state/study/config-edit.ts';
import { useEditConfig, useServices } from '../context.ts';
import { Choice } from '../controls/Choice.tsx';
import { IconButton } from '../controls/Button.tsx';
import { CloseIcon } from '../controls/icons.tsx';
import { bytes } from '../format.ts';
import study from '../study/study.module.css';
import { columnChoice } from './column-choice.ts';
import css from './dataset.module.css';
import { LazyAddressField } from './lazy-address-field.ts';
import { DATASET_WORDS } from './messages.ts';
import { Problems } from './ProblemList.tsx';
import { LoadingLine } from './LoadingLine.tsx';

/** Stands for no column in a choice of columns. */
const NONE = '';

/** Chooses the column that names the domains, where there are columns besides that of the classes. */
function DomainColumn() {
  const { dataset: store } = useServices();
  const words = DATASET_WORDS.domains;
  const { columns, labelColumn, domainColumn } = useStore(store);
  const others = columns.filter(({ name }) => name !== labelColumn);
  if (others.length === 0) return null;
  const options = [{ id: NONE, name: words.noColumn, description: words.noColumnNote }, ...others.map(columnChoice)];
  return (
    <div className={css.labelled}>
      <span className={css.label} aria-hidden="true">
        {words.from}
      </span>
      <Choice
        label={words.column}
        wide
        value={domainColumn ?? NONE}
        options={options}
        onChange={(id) => void store.relabel({ domainColumn: id === NONE ? null : id })}
      />
    </div>
  );
}

/** Switches the tests on other domains on, for which the reader has just chosen one. */
function useTested(): () => void {
  const edit = useEditConfig();
  return () =>
    edit((config) => (config.analyses.domains?.enabled ? config : setOfAnalysis(config, 'domains', 'enabled', true)));
}

function Groups() {
  const { dataset: store } = useServices();
  const words = DATASET_WORDS.domains;
  const { domains, heldOut } = useStore(store);
  const test = useTested();
  if (domains.length === 0) return null;
  return (
    <div role="group" aria-label={words.heldOut} className={css.stack}>
      <span className={css.label} aria-hidden="true">
        {words.heldOut}
      </span>
      <div className={css.domains}>
        {domains.map(({ name, count }) => (
          <Checkbox
            key={name}
            className={css.domain}
            isSelected={heldOut.includes(name)}
            onChange={(isHeld) => {
              store.holdOut(name, isHeld);
              if (isHeld) test();
            }}
          >
            <span className={css.checkBox} />
            {words.group(name, count)}
          </Checkbox>
        ))}
      </div>
    </div>
  );
}

/** Data sets that were added, each with a button that takes it away again. */
function AddedSets() {
  const { dataset: store } = useServices();
  const words = DATASET_WORDS.domains;
  const { added } = useStore(store);
  if (added.length === 0) return null;
  return (
    <ul className={css.addedSets}>
      {added.map(({ name, images }) => (
        <li key={name} className={css.addedSet}>
          <span>
            <strong>{name}</strong> {words.added(images)}
          </span>
          <IconButton name={words.remove(name)} onPress={() => store.removeDomain(name)}>
            <CloseIcon />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}

/** Adds another data set from files, an address or a hub. */
function AnotherSet() {
  const { dataset: store } = useServices();
  const words = DATASET_WORDS.domains;
  const { chooseFolder, chooseFiles, fromAddress } = DATASET_WORDS.bring;
  const { adding } = useStore(store);
  const test = useTested();
  const [fromElsewhere, setFromElsewhere] = useState(false);
  const fieldId = useId();
  const isDisabled = adding !== null;
  const add = async (source: readonly DroppedFile[] | DatasetSource): Promise<void> => {
    if (await store.addDomain(source)) test();
  };
  const select = (list: FileList | null): void => {
    if (list && list.length > 0) void add(fromFileList(list));
  };
  const labelled = (name: string) => ({ 'aria-label': `${words.another} ${name}`, className: study.textButton });
  return (
    <>
      <p className={css.buttons}>
        <span className={css.label} role="status">
          {adding ? words.adding : words.another}
        </span>
        <FileTrigger acceptDirectory onSelect={select}>
          <Button {...labelled(chooseFolder)} isDisabled={isDisabled}>
            {chooseFolder}
          </Button>
        </FileTrigger>
        <FileTrigger allowsMultiple acceptedFileTypes={READ_FILES} onSelect={select}>
          <Button {...labelled(chooseFiles)} isDisabled={isDisabled}>
            {chooseFiles}
          </Button>
        </FileTrigger>
        <Button
          {...labelled(fromAddress)}
          aria-expanded={fromElsewhere}
          aria-controls={fieldId}
          onPress={() => setFromElsewhere(!fromElsewhere)}
        >
          {fromAddress}
        </Button>
      </p>
      <div id={fieldId} hidden={!fromElsewhere}>
        {fromElsewhere && (
          <Suspense>
            <LazyAddressField isDisabled={isDisabled} onOpen={(source) => void add(source)} />
          </Suspense>
        )}
      </div>
      {adding && (
        <LoadingLine
          what={DATASET_WORDS.progress.loading}
          progress={adding}
          write={bytes}
          idle={DATASET_WORDS.progress.looking}
          onCancel={() => store.cancelDomain()}
        />
      )}
    </>
  );
}

/** Why the last data set was not added. */
function NotAdded() {
  const { dataset: store } = useServices();
  const { notAdded } = useStore(store);
  if (!notAdded) return null;
  return (
    <>
      <p className={css.refused}>{DATASET_WORDS.domains.notAdded(notAdded.what)}</p>
      <Problems problems={notAdded.problems} />
    </>
  );
}

export function DomainFields() {
  const { dataset: store } = useServices();
  const words = DATASET_WORDS.domains;
  const { classes, phase, dataset } = useStore(store);
  if (classes.length < 2 || phase === 'listing') return null;
  const tested = dataset?.others ?? [];
  return (
    <div role="group" aria-label={words.title} className={css.stack}>
      <h4 className={css.domainsTitle}>{words.title}</h4>
      <p className={study.note}>{words.note}</p>
      <DomainColumn />
      <Groups />
      <AddedSets />
      {tested.length > 0 && (
        <p className={study.note}>{tested.map(({ name, labels }) => words.tested(name, labels.length)).join(' · ')}</p>
      )}
      <AnotherSet />
      <NotAdded />
    </div>
  );
}
