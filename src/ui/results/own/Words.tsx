/** “What else could it be?”: words of the reader's own as further classes. */
import { useState, type FormEvent } from 'react';
import { Button as AriaButton, Input, Label, TextField } from 'react-aria-components';
import { Button } from '../../controls/Button.tsx';
import study from '../../study/study.module.css';
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
        <Label className={css.wordLabel}>What else could it be?</Label>
        <Input className={study.textInput} placeholder="a word" />
      </TextField>
      <Button type="submit" isDisabled={text.trim() === '' || words.length >= MOST_WORDS}>
        Add
      </Button>
      {words.map((word) => (
        <AriaButton
          key={word}
          className={css.chip}
          aria-label={`Remove ${word}`}
          onPress={() => onChange(words.filter((other) => other !== word))}
        >
          {word} ✕
        </AriaButton>
      ))}
      {unknown.length > 0 && (
        <p className={css.detail}>
          The text tower never saw {unknown.map((word) => `“${word}”`).join(', ')}: what it says of it means little.
        </p>
      )}
    </form>
  );
}
