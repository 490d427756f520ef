/** Other backbones: a short list with their cost on this device, any name or address, or a local folder. */
import { useEffect, useState } from 'react';
import { Button as PlainButton, FileTrigger, Form, Input, Label, TextField } from 'react-aria-components';
import { useStore } from 'zustand/react';
import { fromFileList } from '../../data/files/walk.ts';
import { CURATED, keptAs, type CuratedBackbone } from '../../state/models/curated-backbones.ts';
import { findModel, foreignWeights } from '../../state/models/dropped-model.ts';
import { idleDevice } from '../../state/study/study-store.ts';
import { useServices, useStudy } from '../context.ts';
import { Button } from '../controls/Button.tsx';
import study from '../study/study.module.css';
import { useChooseArriving, useChooseBackbone } from '../study/use-choose-backbone.ts';
import type { MemoryNote } from '../../study/result/memory-note.ts';
import { cutText } from '../../study/result/memory-text.ts';
import { isAmbiguous, megabytes, readBytes, stepTime, typedBytes } from './amounts.ts';
import css from './backbone.module.css';
import shared from '../shared.module.css';
import { licenceName } from './licence-name.ts';
import { BACKBONE_WORDS } from './messages.ts';
import { useCost, useMemoryPlans } from './use-cost.ts';
import { ErrorText } from '../controls/ErrorText.tsx';

const CURATED_FACTS = CURATED.map(({ facts }) => facts);

/** Measures the device's speed when an engine is open and nothing runs. */
function useMeasuredRate(): void {
  const { models } = useServices();
  const idle = useStudy(idleDevice);
  useEffect(() => {
    if (idle !== null) void models.measure(idle);
  }, [idle, models]);
}

/** "1.9 GB (4 blocks checkpointed …)" */
function memoryOf(memory: MemoryNote | null, bytes: number): string {
  const cut = memory && cutText(memory);
  const amount = megabytes(memory?.bytes ?? bytes);
  return cut ? `${amount} (${cut})` : amount;
}

function CuratedRow({ entry, busy, onGet }: { entry: CuratedBackbone; busy: boolean; onGet: () => void }) {
  const { bytes, memory, secondsPerStep } = useCost()(entry.facts);
  const { models } = useServices();
  const there = useStore(models, (state) => keptAs(entry, state.models ?? []));
  const choose = useChooseBackbone();
  const words = BACKBONE_WORDS;
  const time = secondsPerStep === null ? null : stepTime(secondsPerStep);
  return (
    <li className={css.row}>
      <div>
        <p className={shared.rowTitle}>{entry.name}</p>
        <p className={css.rowText}>{entry.summary}</p>
        <p className={shared.rowFacts}>
          {words.costs(
            megabytes(entry.bytes),
            memoryOf(memory, bytes),
            time,
            entry.licence === null ? null : licenceName(entry.licence),
          )}
        </p>
      </div>
      <Button
        isDisabled={busy && there === null}
        onPress={() => (there === null ? onGet() : choose(there))}
        aria-label={there !== null ? words.takeThis(entry.name) : words.getThis(entry.name)}
      >
        {there !== null ? words.take : words.get}
      </Button>
    </li>
  );
}

/** The reader's bound on the memory of a training. */
function MemoryField() {
  const { memory } = useServices().models;
  const limit = useStore(memory, (state) => state.limit);
  const [unreadable, setUnreadable] = useState<string | null>(null);
  const kept = limit === null ? null : megabytes(limit);
  const words = BACKBONE_WORDS;
  const read = (text: string): void => {
    const bytes = readBytes(text);
    const isEmpty = text.trim() === '';
    setUnreadable(bytes === null && !isEmpty ? text : null);
    if (bytes !== null || isEmpty) memory.setLimit(bytes);
  };
  return (
    <>
      <TextField
        className={css.field}
        defaultValue={limit === null ? '' : typedBytes(limit)}
        onBlur={({ target }) => read(target.value)}
      >
        <Label className={css.label}>{words.memoryLimit}</Label>
        <Input
          className={study.textInput}
          inputMode="decimal"
          placeholder={words.memoryLimitPlaceholder}
          autoComplete="off"
        />
      </TextField>
      {unreadable !== null && (
        <ErrorText>
          {isAmbiguous(unreadable) ? words.twoAmounts(unreadable, kept) : words.noAmount(unreadable, kept)}
        </ErrorText>
      )}
    </>
  );
}

/** A text that is no address is named as long as it stands in the field. A field that is drawn anew shows the kept address. */
function HubField() {
  const { models } = useServices();
  const hub = useStore(models, (state) => state.hub);
  const [noHub, setNoHub] = useState<string | null>(null);
  const read = (text: string): void => setNoHub(models.setHub(text) ? null : text);
  return (
    <>
      <TextField className={css.field} defaultValue={hub} onBlur={({ target }) => read(target.value)}>
        <Label className={css.label}>{BACKBONE_WORDS.hub}</Label>
        <Input className={study.textInput} spellCheck="false" inputMode="url" />
      </TextField>
      {noHub !== null && <ErrorText>{BACKBONE_WORDS.noHub(noHub)}</ErrorText>}
    </>
  );
}

export function GetBackbone() {
  const { models } = useServices();
  const transfer = useStore(models, (state) => state.transfer);
  const choose = useChooseArriving();
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  useMeasuredRate();
  useMemoryPlans(CURATED_FACTS);
  const runs = useStudy(({ config }) => config.arms.length * config.seeds.length);
  const batchSize = useStudy(({ config }) => config.training.batchSize);
  const busy = transfer !== null;
  const get = async (text: string) => {
    setProblem(null);
    await choose(models.fetch(text));
  };
  const keep = async (list: FileList | null) => {
    if (!list || list.length === 0) return;
    const files = fromFileList(list);
    const found = findModel(files);
    setProblem(found ? null : (foreignWeights(files) ?? BACKBONE_WORDS.lacksFiles));
    if (found) await choose(models.keep(found));
  };
  return (
    <div className={css.stack}>
      <p className={study.note}>{BACKBONE_WORDS.studyAsSet(runs, batchSize)}</p>
      <ul className={shared.rows} aria-label={BACKBONE_WORDS.curated}>
        {CURATED.map((entry) => (
          <CuratedRow key={entry.request} entry={entry} busy={busy} onGet={() => void get(entry.request)} />
        ))}
      </ul>
      <Form
        className={css.any}
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '' && !busy) void get(name);
        }}
      >
        <TextField className={css.field} value={name} onChange={setName}>
          <Label className={css.label}>{BACKBONE_WORDS.any}</Label>
          <Input
            className={study.textInput}
            placeholder={BACKBONE_WORDS.anyPlaceholder}
            spellCheck="false"
            autoComplete="off"
          />
        </TextField>
        <Button type="submit" isDisabled={busy || name.trim() === ''}>
          {BACKBONE_WORDS.get}
        </Button>
      </Form>
      {problem && <ErrorText>{problem}</ErrorText>}
      <div>
        <p className={study.note}>{BACKBONE_WORDS.orDrop}</p>
        <FileTrigger acceptDirectory onSelect={(list) => void keep(list)}>
          <PlainButton className={study.textButton}>{BACKBONE_WORDS.chooseFolder}</PlainButton>
        </FileTrigger>
      </div>
      <MemoryField />
      <HubField />
    </div>
  );
}
