/** The control of a setting, generated from its row. */
import { sameJson } from '../../core/same-json.ts';
import { memo } from 'react';
import { helpOf, meaningsOf } from '../../study/config/settings/help.ts';
import { valueText, type ManyRow, type NamesRow, type Row, type RowValue } from '../../study/config/settings/rows.ts';
import { Choice, type Option } from '../controls/Choice.tsx';
import { NumberInput } from '../controls/NumberInput.tsx';
import { Segmented, SegmentedMany } from '../controls/Segmented.tsx';
import { SettingRow } from '../controls/Setting.tsx';
import { Toggle } from '../controls/Toggle.tsx';
import { STUDY_WORDS } from './messages.ts';
import { NumbersInput } from './NumbersInput.tsx';
import css from './study.module.css';

interface Props<R extends Row = Row> {
  /** Key of the setting. */
  readonly id: string;
  /** Name for screen readers, where the label alone would be ambiguous. */
  readonly name?: string;
  readonly row: R;
  readonly value: RowValue;
  /** The same function for all settings of a group: what others change does not render this one. */
  readonly onChange: (value: RowValue, id: string, row: Row) => void;
}

type Setting<R extends Row = Row> = Omit<Props<R>, 'id' | 'onChange'> & {
  readonly onChange: (value: RowValue) => void;
};

/** The named lists, and the value for an unnamed one. */
function namedLists(row: NamesRow, value: readonly string[]): { options: Option<string>[]; set: string } {
  const set = valueText(row, value);
  const ids = Object.keys(row.lists);
  return { options: [...new Set([...ids, set])].map((id) => ({ id, name: id })), set };
}

/** One switch per value, for values with explanations. At least one stays on. */
function ManySwitches({ row, value, onChange }: Setting<ManyRow>) {
  const { options, usual, named = String } = row;
  const chosen = value as readonly string[];
  return options.map((id) => {
    const name = named(id);
    const text = meaningsOf(row)?.[id] ?? '';
    const next = options.filter((other) => (other === id ? !chosen.includes(id) : chosen.includes(other)));
    return (
      <SettingRow
        key={id}
        label={name}
        help={text}
        defaultText={usual.includes(id) ? STUDY_WORDS.on : STUDY_WORDS.off}
        onReset={null}
      >
        <Toggle
          label={name}
          value={chosen.includes(id)}
          onChange={() => {
            if (next.length > 0) onChange(next);
          }}
        />
      </SettingRow>
    );
  });
}

function Control({ row, name = row.label, value, onChange }: Setting) {
  switch (row.kind) {
    case 'number':
    case 'limit': {
      const setNumber = (typed: number) => onChange(row.kind === 'limit' || row.whole ? Math.round(typed) : typed);
      const step = row.kind === 'number' ? row.step : undefined;
      const number = value !== null && (
        <NumberInput
          label={name}
          value={value as number}
          min={row.min}
          max={row.max}
          step={step}
          onChange={setNumber}
        />
      );
      if (row.kind === 'number') return number;
      return (
        <span className={css.inline}>
          {number}
          <Toggle label={row.toggle} value={value !== null} onChange={(on) => onChange(on ? row.begin : null)} />
        </span>
      );
    }
    case 'choice':
      return (
        <Choice
          label={name}
          value={value as string}
          options={Object.entries(row.options).map(([id, text]) => ({
            id,
            name: text,
            description: meaningsOf(row)?.[id],
          }))}
          onChange={onChange}
        />
      );
    case 'many':
      return (
        <SegmentedMany
          label={name}
          values={value as readonly string[]}
          options={row.options.map((id) => ({ id, name: row.named?.(id) ?? id }))}
          none={row.none}
          onChange={onChange}
        />
      );
    case 'numbers':
      return <NumbersInput label={name} row={row} value={value as readonly number[]} onChange={onChange} />;
    case 'names': {
      const { options, set } = namedLists(row, value as readonly string[]);
      const choose = (id: string) => onChange(row.lists[id] ?? value);
      return <Segmented label={name} value={set} options={options} onChange={choose} />;
    }
    case 'switch':
      return <Toggle label={name} value={value as boolean} onChange={onChange} />;
  }
}

const STACKED: readonly Row['kind'][] = ['many', 'numbers', 'names'];

export const RowControl = memo(function RowControl({ id, name, row, value, onChange: changeSetting }: Props) {
  const onChange = (next: RowValue): void => changeSetting(next, id, row);
  if (row.kind === 'many' && meaningsOf(row)) return <ManySwitches {...{ row, value, onChange }} />;
  const { label, usual } = row;
  const differs = !sameJson(value, usual);
  return (
    <SettingRow
      label={label}
      help={helpOf(row)}
      defaultText={valueText(row, usual)}
      onReset={differs ? () => onChange(usual) : null}
      stacked={STACKED.includes(row.kind)}
    >
      <Control {...{ name, row, value, onChange }} />
    </SettingRow>
  );
});
