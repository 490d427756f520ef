import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import css from './controls.module.css';
import type { Option } from './Choice.tsx';

interface SegmentedProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly Option<T>[];
  readonly onChange: (value: T) => void;
}

/** Single choice among two or three options, all visible. */
export function Segmented<T extends string>({ label, value, options, onChange }: SegmentedProps<T>) {
  return (
    <ToggleButtonGroup
      aria-label={label}
      className={css.segmented}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const option = options.find(({ id }) => keys.has(id));
        if (option) onChange(option.id);
      }}
    >
      {options.map((option) => (
        <ToggleButton key={option.id} id={option.id} className={css.segment}>
          {option.name}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}

interface ManyProps<T extends string> {
  readonly label: string;
  readonly values: readonly T[];
  readonly options: readonly Option<T>[];
  /** Whether the selection may be empty. */
  readonly none?: boolean;
  readonly onChange: (values: T[]) => void;
}

/** Multiple choice among a few options, returned in option order. */
export function SegmentedMany<T extends string>({ label, values, options, none = false, onChange }: ManyProps<T>) {
  return (
    <ToggleButtonGroup
      aria-label={label}
      className={css.segmented}
      selectionMode="multiple"
      disallowEmptySelection={!none}
      selectedKeys={values}
      onSelectionChange={(keys) => onChange(options.filter(({ id }) => keys.has(id)).map(({ id }) => id))}
    >
      {options.map((option) => (
        <ToggleButton key={option.id} id={option.id} className={css.segment}>
          {option.name}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
