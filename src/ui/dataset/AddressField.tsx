import { useState } from 'react';
import { Form, Input, Label, TextField } from 'react-aria-components';
import { useStore } from 'zustand/react';
import { sourceOf } from '../../state/dataset/address-source.ts';
import { useServices } from '../context.ts';
import { Button } from '../controls/Button.tsx';
import study from '../study/study.module.css';
import css from './dataset.module.css';
import { useOpenDataset } from './use-open-dataset.ts';
import { ErrorText } from '../controls/ErrorText.tsx';

/** Input for the address of a file or the name of a data set on the hub. */
export function AddressField() {
  const { models } = useServices();
  const hub = useStore(models, (state) => state.hub);
  const open = useOpenDataset();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const submit = () => {
    const source = sourceOf(text, hub);
    setProblem(
      source ? null : `“${text.trim()}” is neither an address that begins with https:// nor a name like owner/name.`,
    );
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
          <Label className={css.label}>Address of a file, or a data set’s name on the hub</Label>
          <Input
            className={study.textInput}
            placeholder="https://… or owner/name"
            spellCheck="false"
            autoComplete="off"
            autoCapitalize="off"
          />
        </TextField>
        <Button type="submit" isDisabled={text.trim() === ''}>
          Open
        </Button>
      </Form>
      {problem && <ErrorText>{problem}</ErrorText>}
      <p className={study.note}>
        Only what is needed is loaded, straight from there to this page. owner/name@version picks one of several
        versions.
      </p>
    </div>
  );
}
