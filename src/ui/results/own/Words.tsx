/** “What else could it be?”: words of the reader's own as further classes. */
import { useState, type FormEvent } from 'react';
import { Button as AriaButton, Input, Label, TextField } from 'react-aria-components';
import { Button } from '../../controls/Button.tsx';
import study from '../../study/study.module.css';
import { OWN_WORDS } from './messages.ts';
import css from './own.module.css';

const MOST_WORDS = 12;
const MOST_LETTERS = 60;

interface WordsProps {
  readonly classes: readonly string[];
  readonly words: readonly string[];
  /** Those that the text tower does not know. */
  readonly unknown: readonly string[];
  readonly onChange: (words: readonly string[]) => void;
}

export function Words({ classes, words, unknown, onChange }: WordsProps) {
  const texts = OWN_WORDS.words;
  const [text, setText] = useState('');
  const add = (event: FormEvent) => {
    event.preventDefault();
    const word = text.trim().slice(0, MOST_LETTERS);
    setText('');
    if (word !== '' && ![...classes, ...words].includes(word)) onChange([...words, word]);
  };
  return (
    <form className={css.words} onSubmit={add}>
      <TextField className={css.wordField} value={text} maxLength={MOST_LETTERS} onChange={setText}>
        <Label className={css.wordLabel}>{texts.label}</Label>
        <Input className={study.textInput} placeholder={texts.placeholder} />
      </TextField>
      <Button type="submit" isDisabled={text.trim() === '' || words.length >= MOST_WORDS}>
        {texts.add}
      </Button>
      {words.map((word) => (
        <AriaButton
          key={word}
          className={css.chip}
          aria-label={texts.remove(word)}
          onPress={() => onChange(words.filter((other) => other !== word))}
        >
          {word} ✕
        </AriaButton>
      ))}
      {unknown.length > 0 && <p className={css.detail}>{texts.unknown(unknown)}</p>}
    </form>
  );
}
