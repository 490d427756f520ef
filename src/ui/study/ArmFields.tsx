/** The settings of an arm, in its fold. */
import { methodOf } from '../../copra/methods/registry.ts';
import { completeArm, type ArmConfig } from '../../study/config.ts';
import { defaultArm } from '../../study/default-arm.ts';
import { LORA_SETTINGS, METHOD_SETTINGS } from './arm-settings.ts';
import { ArmSettingControl } from './ArmSettingControl.tsx';

interface Props {
  readonly arm: ArmConfig;
  readonly onChange: (patch: Partial<ArmConfig>) => void;
}

export function ArmFields({ arm, onChange }: Props) {
  const read: readonly string[] = methodOf(arm.method).settings;
  const complete = completeArm(arm);
  const reference = completeArm(defaultArm(arm.method, arm.id, arm.name));
  const own = METHOD_SETTINGS.filter((setting) => read.includes(setting.key));
  return [...own, ...LORA_SETTINGS].map((setting) => (
    <ArmSettingControl key={setting.key} arm={complete} reference={reference} setting={setting} onChange={onChange} />
  ));
}
