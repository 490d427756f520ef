import { memo, Suspense, useMemo, useState } from 'react';
import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover, Text } from 'react-aria-components';
import type { OfferedSchedule } from '../../state/search/offered-schedules.ts';
import { METHODS } from '../../copra/methods/registry.ts';
import { addArm, addGivenArm } from '../../state/study/config-edit.ts';
import { MAX_ARMS, type ArmConfig } from '../../study/config/config.ts';
import { sweepOf } from '../../study/config/sweep.ts';
import { armStyles } from '../arm-style.ts';
import { useEditConfig, useStudy } from '../context.ts';
import controls from '../controls/controls.module.css';
import { Fold } from '../controls/Fold.tsx';
import { PlusIcon } from '../controls/icons.tsx';
import { lazily } from '../lazily.tsx';
import { ArmCard } from './ArmCard.tsx';
import { STUDY_WORDS } from './messages.ts';
import css from './study.module.css';

/** Loaded lazily: inside a fold. */
const SweepSettings = lazily(async () => (await import('./SweepSettings.tsx')).SweepSettings);

function MethodItem({ id, label, description }: { id: string; label: string; description: string }) {
  return (
    <MenuItem id={id} textValue={label} className={controls.item}>
      <Text slot="label">{label}</Text>
      <Text slot="description" className={controls.itemDescription}>
        {description}
      </Text>
    </MenuItem>
  );
}

const keyOf = ({ regime }: OfferedSchedule): string => `searched-${regime.id}`;

/** The methods of a new arm, and the schedules that a search found. */
function MethodMenu({ searched }: { searched: readonly OfferedSchedule[] }) {
  const edit = useEditConfig();
  const methods = METHODS.map(({ id, label, description }) => <MethodItem key={id} {...{ id, label, description }} />);
  return (
    <Menu
      className={controls.list}
      aria-label={STUDY_WORDS.arms.methodOfNew}
      onAction={(key) => {
        const method = METHODS.find(({ id }) => id === key);
        if (method) edit((config) => addArm(config, method.id, method.label));
        const found = searched.find((one) => keyOf(one) === key);
        if (found) edit((config) => addGivenArm(config, found.arm));
      }}
    >
      {searched.length > 0 ? (
        <>
          <MenuSection>
            <Header className={controls.sectionHeader}>{STUDY_WORDS.arms.methods}</Header>
            {methods}
          </MenuSection>
          <MenuSection>
            <Header className={controls.sectionHeader}>{STUDY_WORDS.arms.searched}</Header>
            {searched.map((one) => (
              <MethodItem key={keyOf(one)} id={keyOf(one)} label={one.name} description={one.evidence} />
            ))}
          </MenuSection>
        </>
      ) : (
        methods
      )}
    </Menu>
  );
}

function AddArm() {
  const isFull = useStudy((state) => state.config.arms.length >= MAX_ARMS);
  const [searched, setSearched] = useState<readonly OfferedSchedule[]>([]);
  const findSearched = async (): Promise<void> => {
    const { offeredSchedules } = await import('../../state/search/offered-schedules.ts');
    setSearched(await offeredSchedules(document.baseURI));
  };
  return (
    <MenuTrigger onOpenChange={(isOpen) => isOpen && void findSearched()}>
      <Button className={css.textButton} isDisabled={isFull}>
        <PlusIcon />
        {STUDY_WORDS.arms.add}
      </Button>
      <Popover className={controls.popover} placement="bottom end" offset={4}>
        <MethodMenu searched={searched} />
      </Popover>
    </MenuTrigger>
  );
}

function sweepSummary(arms: readonly ArmConfig[]): string {
  const sweep = sweepOf({ arms });
  return sweep ? STUDY_WORDS.sweep.summary(sweep.setting.short, sweep.values.length) : STUDY_WORDS.off;
}

/** Remembered, so that typing the name of an arm renders that arm alone. */
const SweepFold = memo(function SweepFold({ summary }: { summary: string }) {
  return (
    <Fold level={4} title={STUDY_WORDS.sweep.title} summary={summary}>
      <Suspense>
        <SweepSettings />
      </Suspense>
    </Fold>
  );
});

/** An element that stays, for the same reason. */
const ADD_ARM = <AddArm />;

export function ArmList() {
  const arms = useStudy((state) => state.config.arms);
  const styles = useMemo(() => armStyles(arms), [arms]);
  const summary = useMemo(() => sweepSummary(arms), [arms]);
  return (
    <section className={css.section} aria-labelledby="arms-title">
      <div className={css.sectionHead}>
        <h3 id="arms-title" className={css.sectionTitle}>
          {STUDY_WORDS.arms.title}
        </h3>
        {ADD_ARM}
      </div>
      <div className={css.folds}>
        {arms.map((arm) => {
          const style = styles.get(arm.id);
          return style && <ArmCard key={arm.id} arm={arm} style={style} />;
        })}
        <SweepFold summary={summary} />
      </div>
    </section>
  );
}
