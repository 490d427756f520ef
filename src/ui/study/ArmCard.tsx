import { memo, Suspense } from 'react';
import type { ArmConfig } from '../../study/config/config.ts';
import { PRESET_WORDS } from '../../study/presets/messages.ts';
import type { ArmStyle } from '../arm-style.ts';
import { ArmGlyph } from '../charts/Legend.tsx';
import { Fold } from '../controls/Fold.tsx';
import { compact } from '../format.ts';
import { lazily } from '../lazily.tsx';
import { STUDY_WORDS } from './messages.ts';
import css from './study.module.css';

/** Loaded lazily: inside the card's fold. */
const ArmFields = lazily(async () => (await import('./ArmFields.tsx')).ArmFields);

/** @param style the same for the same look: an arm that stays is not rendered when others change */
export const ArmCard = memo(function ArmCard({ arm, style }: { arm: ArmConfig; style: ArmStyle }) {
  return (
    <Fold
      level={4}
      title={
        <span className={css.armTitle}>
          <ArmGlyph style={style} />
          {PRESET_WORDS.arm(arm)}
        </span>
      }
      summary={`${arm.dora ? 'DoRA · ' : ''}r ${arm.rank} · ${arm.projections.join(' ')} · ${STUDY_WORDS.arms.rate(compact(arm.learningRate))}`}
    >
      <Suspense>
        <ArmFields arm={arm} />
      </Suspense>
    </Fold>
  );
});
