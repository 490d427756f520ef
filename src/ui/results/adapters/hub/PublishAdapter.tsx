/** Writes one of the listed adapters to a repository of the reader's own, under the reader's token. */
import { useRef, useState } from 'react';
import { Form, Input, Label, TextField } from 'react-aria-components';
import { useStore } from 'zustand/react';
import { errorText } from '../../../../core/error-text.ts';
import { percent } from '../../../../core/number-format.ts';
import type { Naming } from '../../../../model/peft/family-names.ts';
import type { Published } from '../../../../share/hub/publish.ts';
import type { ListedAdapter } from '../../../../state/adapters/adapter-list.ts';
import backbone from '../../../backbone/backbone.module.css';
import { adaptersOf, studyOnPage } from '../../../../state/adapters/adapters-store.ts';
import { useServices, useStudy } from '../../../context.ts';
import { Button } from '../../../controls/Button.tsx';
import { Choice } from '../../../controls/Choice.tsx';
import { ErrorText } from '../../../controls/ErrorText.tsx';
import { Fold } from '../../../controls/Fold.tsx';
import { Toggle } from '../../../controls/Toggle.tsx';
import study from '../../../study/study.module.css';
import adapters from '../adapters.module.css';
import { NamingChoice } from '../NamingChoice.tsx';
import { HUB_ADAPTER_WORDS } from './messages.ts';
import css from './publish.module.css';

type Outcome =
  | { readonly kind: 'sending'; readonly text: string }
  | { readonly kind: 'failed'; readonly text: string }
  | { readonly kind: 'done'; readonly published: Published };

function PublishForm({ listed }: { listed: readonly ListedAdapter[] }) {
  const { adapterCommands, adapters: store, models } = useServices();
  const hub = useStore(models, (state) => state.hub);
  const held = useStore(store);
  const result = useStudy((shown) => studyOnPage(shown, held).result);
  const [id, setId] = useState(listed[0].id);
  const [repo, setRepo] = useState('');
  // Only here: never in a store, an address or the storage of the browser.
  const [token, setToken] = useState('');
  const [naming, setNaming] = useState<Naming>('v5');
  const [isPrivate, setPrivate] = useState(true);
  const [withStudy, setWithStudy] = useState(true);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const stop = useRef<AbortController | null>(null);
  const adapter = listed.find((candidate) => candidate.id === id) ?? listed[0];
  const isSending = outcome?.kind === 'sending';

  const send = async (): Promise<void> => {
    const mine = new AbortController();
    stop.current = mine;
    setOutcome({ kind: 'sending', text: HUB_ADAPTER_WORDS.preparing });
    const request = { hub, token: token.trim(), repo: repo.trim(), isPrivate, naming, withStudy };
    const onProgress = (file: string, share: number): void =>
      setOutcome({ kind: 'sending', text: HUB_ADAPTER_WORDS.publishing(file, percent(share, 0)) });
    try {
      setOutcome({
        kind: 'done',
        published: await adapterCommands.publish(adapter, request, onProgress, mine.signal),
      });
    } catch (error) {
      setOutcome(mine.signal.aborted ? null : { kind: 'failed', text: errorText(error) });
    }
  };
  const field = (label: string, value: string, onChange: (value: string) => void, type = 'text') => (
    <TextField className={backbone.field} value={value} onChange={onChange} type={type} isRequired>
      <Label className={backbone.label}>{label}</Label>
      <Input className={study.textInput} spellCheck="false" autoComplete="off" />
    </TextField>
  );
  const toggle = (label: string, value: boolean, onChange: (value: boolean) => void) => (
    <span className={css.toggle}>
      <span aria-hidden="true">{label}</span>
      <Toggle {...{ label, value, onChange }} />
    </span>
  );
  return (
    <Form
      className={backbone.stack}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isSending) void send();
      }}
    >
      <p className={adapters.note}>{HUB_ADAPTER_WORDS.publishIntro}</p>
      <div className={css.fields}>
        <div className={backbone.field}>
          <span className={backbone.label} aria-hidden="true">
            {HUB_ADAPTER_WORDS.adapter}
          </span>
          <Choice
            wide
            label={HUB_ADAPTER_WORDS.adapter}
            value={adapter.id}
            options={listed.map(({ id: one, name }) => ({ id: one, name }))}
            onChange={setId}
          />
        </div>
        {field(HUB_ADAPTER_WORDS.repository, repo, setRepo)}
        {field(HUB_ADAPTER_WORDS.token, token, setToken, 'password')}
      </div>
      <p className={adapters.hint}>{HUB_ADAPTER_WORDS.tokenNote}</p>
      <NamingChoice adapters={[adapter]} naming={naming} onChange={setNaming} />
      {toggle(HUB_ADAPTER_WORDS.private, isPrivate, setPrivate)}
      {result && toggle(HUB_ADAPTER_WORDS.withStudy, withStudy, setWithStudy)}
      {result && withStudy && (
        <p className={adapters.hint}>{HUB_ADAPTER_WORDS.studyHolds(adaptersOf(held, result).length)}</p>
      )}
      <span className={adapters.buttons}>
        <Button type="submit" kind="primary" isDisabled={isSending || repo.trim() === '' || token.trim() === ''}>
          {HUB_ADAPTER_WORDS.publishNow(new URL(hub).host)}
        </Button>
        {isSending && (
          <Button onPress={() => stop.current?.abort(new Error('cancelled'))}>{HUB_ADAPTER_WORDS.cancel}</Button>
        )}
      </span>
      <p className={adapters.status} role="status">
        {outcome?.kind === 'sending' && outcome.text}
        {outcome?.kind === 'done' && (
          <a href={outcome.published.address} target="_blank" rel="noreferrer">
            {HUB_ADAPTER_WORDS.published(outcome.published.repo, outcome.published.commit.slice(0, 12))}
          </a>
        )}
      </p>
      {outcome?.kind === 'failed' && <ErrorText>{outcome.text}</ErrorText>}
    </Form>
  );
}

export function PublishAdapter({ listed }: { listed: readonly ListedAdapter[] }) {
  return (
    <Fold title={HUB_ADAPTER_WORDS.publish} level={4}>
      <PublishForm listed={listed} />
    </Fold>
  );
}
