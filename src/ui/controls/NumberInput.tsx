import { Button, Group, Input, NumberField } from 'react-aria-components';
import css from './controls.module.css';
import { MinusIcon, PlusIcon } from './icons.tsx';

interface NumberInputProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** Step of the − and + buttons; absent: no buttons, and any number can be typed. */
  readonly step?: number;
  readonly isDisabled?: boolean;
  readonly onChange: (value: number) => void;
}

export function NumberInput({ label, value, min, max, step, isDisabled, onChange }: NumberInputProps) {
  return (
    <NumberField
      aria-label={label}
      className={css.number}
      value={value}
      minValue={min}
      maxValue={max}
      step={step}
      isDisabled={isDisabled}
      formatOptions={{ maximumFractionDigits: 6, useGrouping: false }}
      onChange={(next) => {
        if (Number.isFinite(next)) onChange(next);
      }}
    >
      <Group className={css.numberGroup}>
        {step !== undefined && (
          <Button slot="decrement" className={css.stepper}>
            <MinusIcon />
          </Button>
        )}
        <Input className={css.numberInput} />
        {step !== undefined && (
          <Button slot="increment" className={css.stepper}>
            <PlusIcon />
          </Button>
        )}
      </Group>
    </NumberField>
  );
}
