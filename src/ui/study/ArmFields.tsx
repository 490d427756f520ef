/** The settings of an arm that matter to its method, in its fold: those of the method first. */
import { methodOf } from '../../copra/methods/registry.ts';
import { completeArm, type ArmConfig } from '../../study/config.ts';
import { ARM_ROWS, matters } from '../../study/settings/arm.ts';
import { RowControl } from './RowControl.tsx';

interface Props {
  readonly arm: ArmConfig;
  readonly onChange: (patch: Partial<ArmConfig>) => void;
}

export function ArmFields({ arm, onChange }: Props) {
  const own: readonly string[] = methodOf(arm.method).settings;
  const complete = completeArm(arm);
  return ARM_ROWS.filter(([key]) => matters(key, arm.method))
    .toSorted(([a], [b]) => Number(own.includes(b)) - Number(own.includes(a)))
    .map(([key, row]) => (
      <RowControl
        key={key}
        name={`${arm.name}: ${row.label}`}
        row={row}
        value={complete[key]}
        onChange={(value) => onChange({ [key]: value })}
      />
    ));
}
