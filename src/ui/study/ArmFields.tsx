/** The content of an arm's fold: its name, its method, and the settings the method uses, method-specific ones first. */
import { METHODS, methodOf } from '../../copra/methods/registry.ts';
import { oneLine } from '../../core/one-line.ts';
import { duplicateArm, removeArm, updateArm } from '../../state/study/config-edit.ts';
import { completeArm, MAX_ARMS, type ArmConfig } from '../../study/config/config.ts';
import { counts } from '../../study/config/settings/rows.ts';
import { ARM_ROWS, matters } from '../../study/config/settings/arm.ts';
import { useEditConfig, useStudy } from '../context.ts';
import { IconButton } from '../controls/Button.tsx';
import { Choice } from '../controls/Choice.tsx';
import { CloseIcon, CopyIcon } from '../controls/icons.tsx';
import { NameField } from '../controls/NameField.tsx';
import { STUDY_WORDS } from './messages.ts';
import { RowControl } from './RowControl.tsx';
import css from './study.module.css';

export function ArmFields({ arm }: { readonly arm: ArmConfig }) {
  const edit = useEditConfig();
  const count = useStudy((state) => state.config.arms.length);
  const words = STUDY_WORDS.arms;
  const method = methodOf(arm.method);
  const options = METHODS.map(({ id, label, description }) => ({ id, name: label, description }));
  const own: readonly string[] = method.settings;
  const complete = completeArm(arm);
  const change = (patch: Partial<ArmConfig>) => edit((config) => updateArm(config, arm.id, patch));
  return (
    <>
      <div className={css.armTop}>
        <NameField
          label={words.nameOf(arm.name)}
          className={css.armName}
          inputClassName={css.textInput}
          value={arm.name}
          maxLength={60}
          onChange={(name) => change({ name: oneLine(name) || method.label })}
        />
        <IconButton
          name={words.duplicate(arm.name)}
          isDisabled={count >= MAX_ARMS}
          onPress={() => edit((config) => duplicateArm(config, arm.id))}
        >
          <CopyIcon />
        </IconButton>
        <IconButton
          name={words.remove(arm.name)}
          isDisabled={count < 2}
          onPress={() => edit((config) => removeArm(config, arm.id))}
        >
          <CloseIcon />
        </IconButton>
      </div>
      <Choice
        label={words.methodOf(arm.name)}
        wide
        value={arm.method}
        options={options}
        onChange={(id) => change({ method: id })}
      />
      <p className={`${css.note} ${css.methodNote}`}>{method.description}</p>
      {ARM_ROWS.filter(([key, row]) => matters(key, arm.method) && counts(row, complete))
        .toSorted(([a], [b]) => Number(own.includes(b)) - Number(own.includes(a)))
        .map(([key, row]) => (
          <RowControl
            key={key}
            name={words.settingOf(arm.name, row.label)}
            row={row}
            value={complete[key]}
            onChange={(value) => change({ [key]: value })}
          />
        ))}
    </>
  );
}
