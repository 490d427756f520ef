/** Turns a study into a sweep, with every chosen arm once per value of a setting, and back. */
import { useState } from 'react';
import { Button, Input, TextField } from 'react-aria-components';
import { listText } from '../../core/number-list.ts';
import { endSweep, parseValues, planSweep } from '../../state/study/sweep-edit.ts';
import {
  middleValue,
  sweepOf,
  sweepValueText,
  SWEEP_SETTINGS,
  writtenSweepValue,
  type SweepKey,
} from '../../study/config/sweep.ts';
import { completeArm } from '../../study/config/config.ts';
import { reads } from '../../study/config/settings/arm.ts';
import { PRESET_WORDS } from '../../study/presets/messages.ts';
import { useEditConfig, useStudy } from '../context.ts';
import { Choice } from '../controls/Choice.tsx';
import { SegmentedMany } from '../controls/Segmented.tsx';
import { SettingRow } from '../controls/Setting.tsx';
import { STUDY_WORDS } from './messages.ts';
import css from './study.module.css';

function SweepInPlace() {
  const config = useStudy((state) => state.config);
  const shown = useStudy((state) => state.sweepValue);
  const edit = useEditConfig();
  const sweep = sweepOf(config);
  if (!sweep) return null;
  const value = shown !== null && sweep.values.includes(shown) ? shown : middleValue(sweep);
  return (
    <>
      <p className={css.note}>
        {STUDY_WORDS.sweep.inPlace(sweep.setting.label, sweep.values.map(sweepValueText), config.arms.length)}
      </p>
      <Button className={css.textButton} onPress={() => edit((old) => endSweep(old, value))}>
        {STUDY_WORDS.sweep.end(sweep.setting.short, sweepValueText(value))}
      </Button>
    </>
  );
}

function NewSweep() {
  const config = useStudy((state) => state.config);
  const edit = useEditConfig();
  const [key, setKey] = useState<SweepKey>('learningRate');
  const [ids, setIds] = useState<readonly string[] | null>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const setting = SWEEP_SETTINGS.find((candidate) => candidate.key === key) ?? SWEEP_SETTINGS[0];
  const able = config.arms.filter((arm) => reads(key, completeArm(arm)));
  const chosen = able.filter(({ id }) => ids === null || ids.includes(id));
  const swept = chosen.length > 0 ? chosen : able;
  const text =
    typed ?? listText(setting.suggested(completeArm(swept[0] ?? config.arms[0])[key]).map(writtenSweepValue));
  const plan = planSweep(
    config,
    swept.map(({ id }) => id),
    setting,
    parseValues(text, setting),
  );
  const runs = plan.arms * config.seeds.length;
  const words = STUDY_WORDS.sweep;
  return (
    <>
      <SettingRow label={words.setting} help={words.settingHelp} defaultText={words.settingDefault} onReset={null}>
        <Choice
          label={words.settingToSweep}
          value={key}
          options={SWEEP_SETTINGS.map(({ key: id, label }) => ({ id, name: label }))}
          onChange={(next) => {
            setKey(next);
            setTyped(null);
          }}
        />
      </SettingRow>
      {able.length > 1 && (
        <SettingRow label={words.arms} help={words.armsHelp} defaultText={words.armsDefault} onReset={null} stacked>
          <SegmentedMany
            label={words.armsToSweep}
            values={swept.map(({ id }) => id)}
            options={able.map((arm) => ({ id: arm.id, name: PRESET_WORDS.arm(arm) }))}
            onChange={setIds}
          />
        </SettingRow>
      )}
      <SettingRow label={words.values} help={words.valuesHelp} defaultText={words.valuesDefault} onReset={null} stacked>
        <TextField aria-label={words.valuesOf} value={text} onChange={setTyped}>
          <Input className={css.textInput} />
        </TextField>
      </SettingRow>
      {plan.problem !== null ? (
        <p className={css.note} role="status">
          {plan.problem}
        </p>
      ) : (
        <p className={css.note} role="status">
          {words.size(plan.arms, config.seeds.length, runs)}
        </p>
      )}
      <Button
        className={css.textButton}
        isDisabled={plan.config === null}
        onPress={() => {
          if (plan.config) edit(() => plan.config ?? config);
        }}
      >
        {words.make}
      </Button>
    </>
  );
}

export function SweepSettings() {
  const isSweep = useStudy((state) => sweepOf(state.config) !== null);
  return <div className={css.sweep}>{isSweep ? <SweepInPlace /> : <NewSweep />}</div>;
}
