import { Suspense } from 'react';
import { Button } from 'react-aria-components';
import { inRanges } from '../../core/number-ranges.ts';
import { randomBelow } from '../../platform/random-number.ts';
import { renewSeeds, setSeedCount } from '../../state/study/config-edit.ts';
import { MAX_SEEDS } from '../../study/config/config.ts';
import { useEditConfig, useStudy } from '../context.ts';
import { DiceIcon } from '../controls/icons.tsx';
import { InfoTip } from '../controls/InfoTip.tsx';
import { NumberInput } from '../controls/NumberInput.tsx';
import { lazily } from '../lazily.tsx';
import { STUDY_WORDS } from './messages.ts';
import css from './study.module.css';

const MoreSeeds = lazily(async () => (await import('./MoreSeeds.tsx')).MoreSeeds);

export function SeedsSection() {
  const seeds = useStudy((state) => state.config.seeds);
  const edit = useEditConfig();
  const words = STUDY_WORDS.seeds;
  return (
    <section className={css.section} aria-labelledby="seeds-title">
      <div className={css.sectionHead}>
        <h3 id="seeds-title" className={css.sectionTitle}>
          {words.title}
          <InfoTip about={words.about}>
            <p>{words.help}</p>
          </InfoTip>
        </h3>
        <NumberInput
          label={words.title}
          value={seeds.length}
          min={1}
          max={MAX_SEEDS}
          step={1}
          onChange={(count) => edit((config) => setSeedCount(config, count))}
        />
      </div>
      <p className={css.seedRow}>
        <span className={css.seeds}>{inRanges(seeds, '–').join(', ')}</span>
        <Button className={css.textButton} onPress={() => edit((config) => renewSeeds(config, randomBelow))}>
          <DiceIcon />
          {words.renew}
        </Button>
      </p>
      <Suspense>
        <MoreSeeds />
      </Suspense>
      {seeds.length < 2 && <p className={css.note}>{words.one}</p>}
    </section>
  );
}
