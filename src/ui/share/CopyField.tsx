import { useRef, useState } from 'react';
import { Input, TextArea, TextField } from 'react-aria-components';
import { Button } from '../controls/Button.tsx';
import { CopyIcon } from '../controls/icons.tsx';
import { copyField } from './clipboard.ts';
import { SHARE_WORDS } from './messages.ts';
import css from './share.module.css';

interface CopyFieldProps {
  readonly label: string;
  readonly text: string;
  readonly lines?: number;
  readonly onCopied?: () => void;
}

/** A field with copyable text, once there is one: a button copies it; where that is not allowed, it selects the text. */
export function CopyField({ label, text, lines = 1, onCopied }: CopyFieldProps) {
  const [copied, setCopied] = useState<string | null>(null);
  const element = useRef<HTMLInputElement | HTMLTextAreaElement>(null);
  const field = {
    ref: (shown: HTMLInputElement | HTMLTextAreaElement | null) => void (element.current = shown),
    className: css.field,
    onFocus: (event: { currentTarget: { select: () => void } }) => event.currentTarget.select(),
  };
  return (
    <div className={css.copyRow}>
      <TextField aria-label={label} value={text} isReadOnly className={css.copyText}>
        {lines > 1 ? <TextArea {...field} rows={lines} /> : <Input {...field} />}
      </TextField>
      <Button
        aria-label={SHARE_WORDS.copyField(label)}
        isDisabled={text === ''}
        onPress={() =>
          void copyField(element.current!).then((done) => {
            setCopied(done ? text : null);
            if (done) onCopied?.();
          })
        }
      >
        <CopyIcon />
        {copied === text ? SHARE_WORDS.copied : SHARE_WORDS.copy}
      </Button>
    </div>
  );
}
