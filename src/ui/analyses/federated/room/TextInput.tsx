import { Input, Label, TextArea, TextField } from 'react-aria-components';
import css from './room.module.css';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly most: number;
  readonly lines?: number;
  readonly onChange: (value: string) => void;
}

/** A labelled line of text, or several. */
export function TextInput({ label, value, most, lines = 1, onChange }: Props) {
  return (
    <TextField
      className={css.text}
      value={value}
      maxLength={most}
      onChange={onChange}
      autoComplete="off"
      spellCheck="false"
    >
      <Label className={css.label}>{label}</Label>
      {lines > 1 ? <TextArea className={css.input} rows={lines} /> : <Input className={css.input} />}
    </TextField>
  );
}
