/** What the reader's images are tested on besides their own domain: groups that are held out from training, and other data sets. */
import { Button, Checkbox, FileTrigger } from 'react-aria-components';
import { useStore } from 'zustand/react';
import { fromFileList } from '../../data/files/walk.ts';
import { setOfAnalysis } from '../../state/study/config-edit.ts';
import { useEditConfig, useServices } from '../context.ts';
import { Choice } from '../controls/Choice.tsx';
import { IconButton } from '../controls/Button.tsx';
import { CloseIcon } from '../controls/icons.tsx';
import study from '../study/study.module.css';
import css from './dataset.module.css';
import { DATASET_WORDS } from './messages.ts';
import { Problems } from './ProblemList.tsx';
import { READ_FILES } from './read-files.ts';

/** Stands for no column in a choice of columns. */
const NONE = '';

/** Chooses the column that names the domains, where there are columns besides that of the classes. */
function DomainColumn() {
  const { dataset: store } = useServices();
  const words = DATASET_WORDS.domains;
  const { columns, labelColumn, domainColumn } = useStore(store);
  const others = columns.filter(({ name }) => name !== labelColumn);
  if (others.length === 0) return null;
  const { values } = DATASET_WORDS.labels;
  const options = [
    { id: NONE, name: words.noColumn, description: words.noColumnNote },
    ...others.map(({ name, distinct, examples }) => ({
      id: name,
      name,
      description: distinct > 0 ? values(distinct, examples, distinct <= examples.length) : '',
    })),
  ];
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
        onChange={(id) => void store.relabel({ labelColumn, domainColumn: id === NONE ? null : id })}
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

function AddedSets() {
  const { dataset: store } = useServices();
  const words = DATASET_WORDS.domains;
  const { added, adding, notAdded } = useStore(store);
  const test = useTested();
  const add = async (list: FileList | null): Promise<void> => {
    if (list && list.length > 0 && (await store.addDomain(fromFileList(list)))) test();
  };
  return (
    <>
      {added.length > 0 && (
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
      )}
      <p className={css.buttons} role="status">
        <span className={css.label}>{adding ? words.adding : words.another}</span>
        <FileTrigger acceptDirectory onSelect={(list) => void add(list)}>
          <Button
            className={study.textButton}
            aria-label={`${words.another} ${DATASET_WORDS.bring.chooseFolder}`}
            isDisabled={adding}
          >
            {DATASET_WORDS.bring.chooseFolder}
          </Button>
        </FileTrigger>
        <FileTrigger allowsMultiple acceptedFileTypes={READ_FILES} onSelect={(list) => void add(list)}>
          <Button
            className={study.textButton}
            aria-label={`${words.another} ${DATASET_WORDS.bring.chooseFiles}`}
            isDisabled={adding}
          >
            {DATASET_WORDS.bring.chooseFiles}
          </Button>
        </FileTrigger>
      </p>
      {notAdded && (
        <>
          <p className={css.refused}>{words.notAdded(notAdded.what)}</p>
          <Problems problems={notAdded.problems} />
        </>
      )}
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
    </div>
  );
}
