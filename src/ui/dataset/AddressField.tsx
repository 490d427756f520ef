import { useState } from 'react';
import { Form, Input, Label, TextField } from 'react-aria-components';
import { useStore } from 'zustand/react';
import { sourceOf } from '../../state/dataset/address-source.ts';
import { useServices } from '../context.ts';
import { Button } from '../controls/Button.tsx';
import study from '../study/study.module.css';
import css from './dataset.module.css';
import { DATASET_WORDS } from './messages.ts';
import { useOpenDataset } from './use-open-dataset.ts';
import { ErrorText } from '../controls/ErrorText.tsx';

/** Input for the address of a file or the name of a data set on the hub. */
export function AddressField() {
  const { models } = useServices();
  const words = DATASET_WORDS.address;
  const hub = useStore(models, (state) => state.hub);
  const open = useOpenDataset();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const submit = () => {
    const source = sourceOf(text, hub);
    setProblem(source ? null : words.invalid(text.trim()));
    if (source) void open(source);
  };
  return (
    <div className={css.stack}>
      <Form
        className={css.oneLine}
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== '') submit();
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
        <Button type="submit" isDisabled={text.trim() === ''}>
          {words.open}
        </Button>
      </Form>
      {problem && <ErrorText>{problem}</ErrorText>}
      <p className={study.note}>{words.note}</p>
    </div>
  );
}
