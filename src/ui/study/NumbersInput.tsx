import { useState } from 'react';
import { Input, TextField } from 'react-aria-components';
import * as v from 'valibot';
import type { NumbersRow } from '../../study/config/settings/rows.ts';
import { ErrorText } from '../controls/ErrorText.tsx';
import { STUDY_WORDS } from './messages.ts';
import { numberListText, parseNumberList } from '../../core/number-list.ts';
import css from './study.module.css';

interface NumbersInputProps {
  readonly label: string;
  readonly row: NumbersRow;
  readonly value: readonly number[];
  readonly onChange: (value: readonly number[]) => void;
}

/** A list of numbers. What was typed is taken when the field loses focus; what cannot be taken stays, and the field says what can. */
export function NumbersInput({ label, row, value, onChange }: NumbersInputProps) {
  /** What was typed and not taken yet; null: the field shows the setting. */
  const [draft, setDraft] = useState<{ readonly text: string; readonly isRefused: boolean } | null>(null);
  const text = numberListText(value);
  const [shown, setShown] = useState(text);
  // Set elsewhere, by a preset or the reset button: what was typed before is about another value.
  if (shown !== text) {
    setShown(text);
    setDraft(null);
  }
  const leave = () => {
    if (!draft) return;
    const values = parseNumberList(draft.text);
    const fits = values !== null && v.is(row.schema, values);
    setDraft(fits ? null : { ...draft, isRefused: true });
    if (fits) onChange(values);
  };
  const isRefused = draft?.isRefused ?? false;
  return (
    <>
      <TextField
        aria-label={label}
        isInvalid={isRefused}
        value={draft?.text ?? text}
        onChange={(next) => setDraft({ text: next, isRefused: false })}
        onBlur={leave}
        onKeyDown={({ key }) => {
          if (key === 'Enter') leave();
        }}
      >
        <Input className={css.textInput} />
      </TextField>
      {isRefused && <ErrorText>{STUDY_WORDS.numbersWanted(row)}</ErrorText>}
    </>
  );
}
