import { useState } from 'react';
import { Input, TextField } from 'react-aria-components';
import css from './study.module.css';

interface NumbersInputProps {
  readonly label: string;
  readonly value: readonly number[];
  readonly allows: (value: readonly number[]) => boolean;
  readonly onChange: (value: readonly number[]) => void;
}

/** Comma-separated numbers. Input is committed when the field loses focus, without values that are not allowed. */
export function NumbersInput({ label, value, allows, onChange }: NumbersInputProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const leave = () => {
    const items = typed
      ?.split(/[\s,;]+/)
      .filter(Boolean)
      .map(Number);
    if (items && allows(items)) onChange(items);
    setTyped(null);
  };
  return (
    <TextField
      aria-label={label}
      value={typed ?? value.join(', ')}
      onChange={setTyped}
      onBlur={leave}
      onKeyDown={({ key }) => {
        if (key === 'Enter') leave();
      }}
    >
      <Input className={css.textInput} />
    </TextField>
  );
}
