import { Suspense, useMemo } from 'react';
import { Button, Menu, MenuItem, MenuTrigger, Popover, Text } from 'react-aria-components';
import { METHODS } from '../../copra/methods/registry.ts';
import { addArm } from '../../state/study/config-edit.ts';
import { MAX_ARMS } from '../../study/config/config.ts';
import { sweepOf } from '../../study/config/sweep.ts';
import { armStyles } from '../arm-style.ts';
import { useEditConfig, useStudy } from '../context.ts';
import controls from '../controls/controls.module.css';
import { Fold } from '../controls/Fold.tsx';
import { PlusIcon } from '../controls/icons.tsx';
import { lazily } from '../lazily.ts';
import { ArmCard } from './ArmCard.tsx';
import { STUDY_WORDS } from './messages.ts';
import css from './study.module.css';

/** Loaded lazily: inside a fold. */
const SweepSettings = lazily(async () => (await import('./SweepSettings.tsx')).SweepSettings);

export function ArmList() {
  const arms = useStudy((state) => state.config.arms);
  const edit = useEditConfig();
  const styles = useMemo(() => armStyles(arms), [arms]);
  const sweep = useMemo(() => sweepOf({ arms }), [arms]);
  const sweepSummary = sweep ? STUDY_WORDS.sweep.summary(sweep.setting.short, sweep.values.length) : STUDY_WORDS.off;
  return (
    <section className={css.section} aria-labelledby="arms-title">
      <div className={css.sectionHead}>
        <h3 id="arms-title" className={css.sectionTitle}>
          {STUDY_WORDS.arms.title}
        </h3>
        <MenuTrigger>
          <Button className={css.textButton} isDisabled={arms.length >= MAX_ARMS}>
            <PlusIcon />
            {STUDY_WORDS.arms.add}
          </Button>
          <Popover className={controls.popover} placement="bottom end" offset={4}>
            <Menu
              className={controls.list}
              aria-label={STUDY_WORDS.arms.methodOfNew}
              items={METHODS}
              onAction={(key) => {
                const method = METHODS.find(({ id }) => id === key);
                if (method) edit((config) => addArm(config, method.id, method.label));
              }}
            >
              {(method) => (
                <MenuItem id={method.id} textValue={method.label} className={controls.item}>
                  <Text slot="label">{method.label}</Text>
                  <Text slot="description" className={controls.itemDescription}>
                    {method.description}
                  </Text>
                </MenuItem>
              )}
            </Menu>
          </Popover>
        </MenuTrigger>
      </div>
      <div className={css.folds}>
        {arms.map((arm) => {
          const style = styles.get(arm.id);
          return style && <ArmCard key={arm.id} arm={arm} style={style} />;
        })}
        <Fold level={4} title={STUDY_WORDS.sweep.title} summary={sweepSummary}>
          <Suspense>
            <SweepSettings />
          </Suspense>
        </Fold>
      </div>
    </section>
  );
}
