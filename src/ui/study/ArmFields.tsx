/** The content of an arm's fold: its name, its method, and the settings the method uses, method-specific ones first. */
import { memo, useCallback } from 'react';
import { METHODS, methodOf } from '../../copra/methods/registry.ts';
import { oneLine } from '../../core/one-line.ts';
import { duplicateArm, removeArm, updateArm } from '../../state/study/config-edit.ts';
import { completeArm, MAX_ARMS, type ArmConfig } from '../../study/config/config.ts';
import type { RowValue } from '../../study/config/settings/rows.ts';
import { ARM_ROWS, reads } from '../../study/config/settings/arm.ts';
import { PRESET_WORDS } from '../../study/presets/messages.ts';
import { useEditConfig, useStudy } from '../context.ts';
import { IconButton } from '../controls/Button.tsx';
import { Choice } from '../controls/Choice.tsx';
import { CloseIcon, CopyIcon } from '../controls/icons.tsx';
import { NameField } from '../controls/NameField.tsx';
import { useSettled } from '../use-settled.ts';
import { STUDY_WORDS } from './messages.ts';
import { RowControl } from './RowControl.tsx';
import css from './study.module.css';

type Method = ArmConfig['method'];

/** The buttons beside an arm's name. @param name may lag behind what is typed */
const CopyOrRemove = memo(function CopyOrRemove({ id, name }: { id: string; name: string }) {
  const edit = useEditConfig();
  const count = useStudy((state) => state.config.arms.length);
  const words = STUDY_WORDS.arms;
  return (
    <>
      <IconButton
        name={words.duplicate(name)}
        isDisabled={count >= MAX_ARMS}
        onPress={() => edit((config) => duplicateArm(config, id))}
      >
        <CopyIcon />
      </IconButton>
      <IconButton
        name={words.remove(name)}
        isDisabled={count < 2}
        onPress={() => edit((config) => removeArm(config, id))}
      >
        <CloseIcon />
      </IconButton>
    </>
  );
});

interface MethodChoiceProps {
  /** Of the arm; it may lag behind what is typed. */
  readonly name: string;
  readonly method: Method;
  readonly onChange: (method: Method) => void;
}

const MethodChoice = memo(function MethodChoice({ name, method, onChange }: MethodChoiceProps) {
  const options = METHODS.map(({ id, label, description }) => ({ id, name: label, description }));
  return <Choice label={STUDY_WORDS.arms.methodOf(name)} wide value={method} options={options} onChange={onChange} />;
});

export function ArmFields({ arm }: { readonly arm: ArmConfig }) {
  const edit = useEditConfig();
  const words = STUDY_WORDS.arms;
  const method = methodOf(arm.method);
  const own: readonly string[] = method.settings;
  const complete = completeArm(arm);
  const { id } = arm;
  const change = useCallback((patch: Partial<ArmConfig>) => edit((config) => updateArm(config, id, patch)), [edit, id]);
  const changeSetting = useCallback((value: RowValue, key: string) => change({ [key]: value }), [change]);
  const changeMethod = useCallback((chosen: Method) => change({ method: chosen }), [change]);
  // The other controls have it in their names, which are not seen: they are not rendered for every key.
  const name = useSettled(PRESET_WORDS.arm(arm));
  return (
    <>
      <div className={css.armTop}>
        <NameField
          label={words.nameOf(PRESET_WORDS.arm(arm))}
          className={css.armName}
          inputClassName={css.textInput}
          value={PRESET_WORDS.arm(arm)}
          maxLength={60}
          onChange={(typed) => change({ name: oneLine(typed) || method.label })}
        />
        <CopyOrRemove id={id} name={name} />
      </div>
      <MethodChoice name={name} method={arm.method} onChange={changeMethod} />
      <p className={`${css.note} ${css.methodNote}`}>{method.description}</p>
      {ARM_ROWS.filter(([key]) => reads(key, complete))
        .toSorted(([a], [b]) => Number(own.includes(b)) - Number(own.includes(a)))
        .map(([key, row]) => (
          <RowControl
            key={key}
            id={key}
            name={words.settingOf(name, row.label)}
            row={row}
            value={complete[key]}
            onChange={changeSetting}
          />
        ))}
    </>
  );
}
