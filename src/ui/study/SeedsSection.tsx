import { Suspense } from 'react';
import { Button } from 'react-aria-components';
import { MAX_SEEDS, renewSeeds, setSeedCount } from '../../state/study/config-edit.ts';
import { useEditConfig, useStudy } from '../context.ts';
import { DiceIcon } from '../controls/icons.tsx';
import { InfoTip } from '../controls/InfoTip.tsx';
import { NumberInput } from '../controls/NumberInput.tsx';
import { lazily } from '../lazily.ts';
import css from './study.module.css';

const MoreSeeds = lazily(async () => (await import('./MoreSeeds.tsx')).MoreSeeds);

export function SeedsSection() {
  const seeds = useStudy((state) => state.config.seeds);
  const edit = useEditConfig();
  return (
    <section className={css.section} aria-labelledby="seeds-title">
      <div className={css.sectionHead}>
        <h3 id="seeds-title" className={css.sectionTitle}>
          Seeds per arm
          <InfoTip about="seeds">
            <p>
              A seed fixes initial factors, image order, augmentation and gates. Arms share their seeds, so that they
              differ in nothing but the method. Two seeds give one landscape, five give ten.
            </p>
          </InfoTip>
        </h3>
        <NumberInput
          label="Seeds per arm"
          value={seeds.length}
          min={1}
          max={MAX_SEEDS}
          step={1}
          onChange={(count) => edit((config) => setSeedCount(config, count))}
        />
      </div>
      <p className={css.seedRow}>
        <span className={css.seeds}>{seeds.join(', ')}</span>
        <Button className={css.textButton} onPress={() => edit(renewSeeds)}>
          <DiceIcon />
          New seeds
        </Button>
      </p>
      <Suspense>
        <MoreSeeds />
      </Suspense>
      {seeds.length < 2 && <p className={css.note}>The landscape needs at least two seeds; with one it is left out.</p>}
    </section>
  );
}
