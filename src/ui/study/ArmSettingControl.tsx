import type { ArmConfig, CompleteArm } from '../../study/config.ts';
import { Choice } from '../controls/Choice.tsx';
import { NumberInput } from '../controls/NumberInput.tsx';
import { SegmentedMany } from '../controls/Segmented.tsx';
import { SettingRow } from '../controls/Setting.tsx';
import { Toggle } from '../controls/Toggle.tsx';
import { valueText, type ArmSetting } from './arm-settings.ts';

interface Props {
  readonly arm: CompleteArm;
  /** The same arm with default settings. */
  readonly reference: CompleteArm;
  readonly setting: ArmSetting;
  readonly onChange: (patch: Partial<ArmConfig>) => void;
}

export function ArmSettingControl({ arm, reference, setting, onChange }: Props) {
  const { key, label, help } = setting;
  const differs = JSON.stringify(arm[key]) !== JSON.stringify(reference[key]);
  const name = `${arm.name}: ${label}`;
  return (
    <SettingRow
      label={label}
      help={help}
      defaultText={valueText(reference, setting)}
      onReset={differs ? () => onChange({ [key]: reference[key] }) : null}
      stacked={setting.kind === 'many'}
    >
      {setting.kind === 'number' && (
        <NumberInput
          label={name}
          value={arm[setting.key]}
          min={setting.min}
          max={setting.max}
          step={setting.step}
          onChange={(value) => onChange({ [key]: value })}
        />
      )}
      {setting.kind === 'choice' && (
        <Choice
          label={name}
          value={arm[setting.key]}
          options={setting.options}
          onChange={(value) => onChange({ [key]: value })}
        />
      )}
      {setting.kind === 'many' && (
        <SegmentedMany
          label={name}
          values={arm[setting.key]}
          options={setting.options}
          onChange={(values) => onChange({ [key]: values })}
        />
      )}
      {setting.kind === 'switch' && (
        <Toggle label={name} value={arm[setting.key]} onChange={(value) => onChange({ [key]: value })} />
      )}
    </SettingRow>
  );
}
