/** Turns a study into a sweep, with every chosen arm once per value of a setting, and back. */
import { counted } from '../../core/counted.ts';
import { useState } from 'react';
import { Button, Input, TextField } from 'react-aria-components';
import { endSweep, parseValues, planSweep } from '../../state/study/sweep-edit.ts';
import { middleValue, sweepOf, sweepValueText, SWEEP_SETTINGS, type SweepKey } from '../../study/config/sweep.ts';
import { completeArm } from '../../study/config/config.ts';
import { matters } from '../../study/config/settings/arm.ts';
import { useEditConfig, useStudy } from '../context.ts';
import { Choice } from '../controls/Choice.tsx';
import { SegmentedMany } from '../controls/Segmented.tsx';
import { SettingRow } from '../controls/Setting.tsx';
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
        {sweep.setting.label} at {sweep.values.map(sweepValueText).join(', ')}: {counted(config.arms.length, 'arm')}.
      </p>
      <Button className={css.textButton} onPress={() => edit((old) => endSweep(old, value))}>
        End the sweep, keep {sweep.setting.short} {sweepValueText(value)}
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
  const able = config.arms.filter(({ method }) => matters(key, method));
  const chosen = able.filter(({ id }) => ids === null || ids.includes(id));
  const swept = chosen.length > 0 ? chosen : able;
  const text =
    typed ??
    setting
      .suggested(completeArm(swept[0] ?? config.arms[0])[key])
      .map(sweepValueText)
      .join(', ');
  const plan = planSweep(
    config,
    swept.map(({ id }) => id),
    setting,
    parseValues(text, setting),
  );
  const runs = plan.arms * config.seeds.length;
  return (
    <>
      <SettingRow
        label="Setting"
        help="What the arms of the sweep differ in; everything else stays equal. Only settings that a method reads can be swept for it."
        defaultText="learning rate"
        onReset={null}
      >
        <Choice
          label="Setting to sweep"
          value={key}
          options={SWEEP_SETTINGS.map(({ key: id, label }) => ({ id, name: label }))}
          onChange={(next) => {
            setKey(next);
            setTyped(null);
          }}
        />
      </SettingRow>
      {able.length > 1 && (
        <SettingRow
          label="Arms"
          help="Which arms are trained at every value. The others stay as they are."
          defaultText="all that read the setting"
          onReset={null}
          stacked
        >
          <SegmentedMany
            label="Arms to sweep"
            values={swept.map(({ id }) => id)}
            options={able.map(({ id, name }) => ({ id, name }))}
            onChange={setIds}
          />
        </SettingRow>
      )}
      <SettingRow
        label="Values"
        help="At least three, separated by commas."
        defaultText="around the value of the arm"
        onReset={null}
        stacked
      >
        <TextField aria-label="Values of the setting" value={text} onChange={setTyped}>
          <Input className={css.textInput} />
        </TextField>
      </SettingRow>
      {plan.problem !== null ? (
        <p className={css.note} role="status">
          {plan.problem}
        </p>
      ) : (
        <p className={css.note} role="status">
          {counted(plan.arms, 'arm')} × {counted(config.seeds.length, 'seed')}: {counted(runs, 'run')} trained together.
        </p>
      )}
      <Button
        className={css.textButton}
        isDisabled={plan.config === null}
        onPress={() => {
          if (plan.config) edit(() => plan.config ?? config);
        }}
      >
        Make the sweep
      </Button>
    </>
  );
}

export function SweepSettings() {
  const isSweep = useStudy((state) => sweepOf(state.config) !== null);
  return <div className={css.sweep}>{isSweep ? <SweepInPlace /> : <NewSweep />}</div>;
}
