import { useState } from 'react';
import { Form, Input, Label, TextField } from 'react-aria-components';
import { useStore } from 'zustand/react';
import type { DatasetSource } from '../../data/dataset/source.ts';
import { sourceOf } from '../../state/dataset/address-source.ts';
import { useServices } from '../context.ts';
import { Button } from '../controls/Button.tsx';
import study from '../study/study.module.css';
import css from './dataset.module.css';
import { DATASET_WORDS } from './messages.ts';
import { ErrorText } from '../controls/ErrorText.tsx';

export interface AddressFieldProps {
  readonly isDisabled?: boolean;
  readonly onOpen: (source: DatasetSource) => void;
}

/** Input for the address of a file or the name of a data set on the hub. */
export function AddressField({ isDisabled = false, onOpen }: AddressFieldProps) {
  const { models } = useServices();
  const words = DATASET_WORDS.address;
  const hub = useStore(models, (state) => state.hub);
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const submit = () => {
    const source = sourceOf(text, hub);
    setProblem(source ? null : words.invalid(text.trim()));
    if (source) onOpen(source);
  };
  return (
    <div className={css.stack}>
      <Form
        className={css.oneLine}
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== '' && !isDisabled) submit();
        }}
      >
        <TextField className={css.field} value={text} onChange={setText}>
          <Label className={css.label}>{words.label}</Label>
          <Input
            className={study.textInput}
            placeholder={words.placeholder}
            spellCheck="false"
            autoComplete="off"
            autoCapitalize="off"
          />
        </TextField>
        <Button type="submit" isDisabled={text.trim() === '' || isDisabled}>
          {words.open}
        </Button>
      </Form>
      {problem && <ErrorText>{problem}</ErrorText>}
      <p className={study.note}>{words.note}</p>
    </div>
  );
}
