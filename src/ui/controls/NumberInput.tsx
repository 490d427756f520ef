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
      // What is shown is the setting itself, to the last digit and beside the grid of the buttons: a field that is left commits what it shows.
      formatOptions={{ maximumFractionDigits: 20, useGrouping: false }}
      commitBehavior="validate"
      onChange={(next) => {
        if (!Number.isFinite(next)) return;
        // Buttons that go by whole numbers belong to whole numbers.
        const number = step !== undefined && Number.isInteger(step) ? Math.round(next) : next;
        onChange(Math.min(Math.max(number, min), max));
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
