import { Suspense } from 'react';
import { Input, TextField } from 'react-aria-components';
import { METHODS, methodOf } from '../../copra/methods/registry.ts';
import { duplicateArm, removeArm, updateArm } from '../../state/config-edit.ts';
import { MAX_ARMS, type ArmConfig } from '../../study/config.ts';
import type { ArmStyle } from '../arm-style.ts';
import { ArmGlyph } from '../charts/Legend.tsx';
import { useEditConfig, useStudy } from '../context.ts';
import { IconButton } from '../controls/Button.tsx';
import { Choice } from '../controls/Choice.tsx';
import { Fold } from '../controls/Fold.tsx';
import { CloseIcon, CopyIcon } from '../controls/icons.tsx';
import { compact } from '../format.ts';
import { lazily } from '../lazily.ts';
import css from './study.module.css';

/** Behind the fold of the card. */
const ArmFields = lazily(async () => (await import('./ArmFields.tsx')).ArmFields);

const OPTIONS = METHODS.map(({ id, label, description }) => ({ id, name: label, description }));

export function ArmCard({ arm, style }: { arm: ArmConfig; style: ArmStyle }) {
  const edit = useEditConfig();
  const count = useStudy((state) => state.config.arms.length);
  const method = methodOf(arm.method);
  const change = (patch: Partial<ArmConfig>) => edit((config) => updateArm(config, arm.id, patch));
  return (
    <Fold
      level={4}
      title={
        <span className={css.armTitle}>
          <ArmGlyph style={style} />
          {arm.name}
        </span>
      }
      summary={`${arm.dora ? 'DoRA · ' : ''}r ${arm.rank} · ${arm.projections.join(' ')} · lr ${compact(arm.learningRate)}`}
    >
      <div className={css.armTop}>
        <TextField
          aria-label={`Name of the arm ${arm.name}`}
          className={css.armName}
          value={arm.name}
          maxLength={60}
          onChange={(name) => change({ name: name || method.label })}
        >
          <Input className={css.textInput} />
        </TextField>
        <IconButton
          name={`Duplicate ${arm.name}`}
          isDisabled={count >= MAX_ARMS}
          onPress={() => edit((config) => duplicateArm(config, arm.id))}
        >
          <CopyIcon />
        </IconButton>
        <IconButton
          name={`Remove ${arm.name}`}
          isDisabled={count < 2}
          onPress={() => edit((config) => removeArm(config, arm.id))}
        >
          <CloseIcon />
        </IconButton>
      </div>
      <Choice
        label={`${arm.name}: method`}
        wide
        value={arm.method}
        options={OPTIONS}
        onChange={(id) => change({ method: id })}
      />
      <p className={`${css.note} ${css.methodNote}`}>{method.description}</p>
      <Suspense>
        <ArmFields arm={arm} onChange={change} />
      </Suspense>
    </Fold>
  );
}
