/** The control of a setting, drawn from its row. */
import { valueText, type Row, type RowValue } from '../../study/config/settings/rows.ts';
import { Choice } from '../controls/Choice.tsx';
import { NumberInput } from '../controls/NumberInput.tsx';
import { SegmentedMany } from '../controls/Segmented.tsx';
import { SettingRow } from '../controls/Setting.tsx';
import { Toggle } from '../controls/Toggle.tsx';

interface Props {
  /** For screen readers, where the label alone would name several controls. */
  readonly name?: string;
  readonly row: Row;
  readonly value: RowValue;
  readonly onChange: (value: RowValue) => void;
}

export function RowControl({ row, name = row.label, value, onChange }: Props) {
  const { label, help, usual } = row;
  const differs = JSON.stringify(value) !== JSON.stringify(usual);
  return (
    <SettingRow
      label={label}
      help={help}
      defaultText={valueText(row, usual)}
      onReset={differs ? () => onChange(usual) : null}
      stacked={row.kind === 'many'}
    >
      {row.kind === 'number' && (
        <NumberInput
          label={name}
          value={value as number}
          min={row.min}
          max={row.max}
          step={row.step}
          onChange={(typed) => onChange(row.whole ? Math.round(typed) : typed)}
        />
      )}
      {row.kind === 'choice' && (
        <Choice
          label={name}
          value={value as string}
          options={Object.entries(row.options).map(([id, text]) => ({ id, name: text }))}
          onChange={onChange}
        />
      )}
      {row.kind === 'many' && (
        <SegmentedMany
          label={name}
          values={value as readonly string[]}
          options={row.options.map((id) => ({ id, name: id }))}
          onChange={onChange}
        />
      )}
      {row.kind === 'switch' && <Toggle label={name} value={value as boolean} onChange={onChange} />}
    </SettingRow>
  );
}
