import { useState } from 'react';
import { Input, TextField } from 'react-aria-components';

interface NameFieldProps {
  readonly label: string;
  readonly value: string;
  readonly maxLength: number;
  readonly className: string;
  readonly inputClassName: string;
  readonly isDisabled?: boolean;
  readonly onChange: (typed: string) => void;
}

/**
 * A field for a name. Until the reader leaves it, it shows what is typed, because a name in the making may be empty or end in a space; what is
 * named makes of it what it can.
 */
export function NameField({ label, value, inputClassName, onChange, ...field }: NameFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <TextField
      {...field}
      aria-label={label}
      value={typed ?? value}
      onChange={(next) => {
        setTyped(next);
        onChange(next);
      }}
      onBlur={() => setTyped(null)}
    >
      <Input className={inputClassName} />
    </TextField>
  );
}
