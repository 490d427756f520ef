/** What every arm reaches with the layers that are on. */
import { useMemo } from 'react';
import { hundredths } from '../../../../core/number-format.ts';
import type { HandRow } from '../../../../state/summary/prune-by-hand.ts';
import type { StudyResult } from '../../../../study/result/result.ts';
import { armStyles } from '../../../arm-style.ts';
import { ArmGlyph } from '../../../charts/Legend.tsx';
import { signedPoints } from '../../../format.ts';
import { unbroken } from '../../../unbroken.ts';
import { PRUNE_BY_HAND_WORDS } from './messages.ts';
import type { Measuring } from './use-gates-scores.ts';
import css from './hand.module.css';
import shared from '../../../shared.module.css';

interface HandTableProps extends Pick<Measuring, 'busy' | 'waits'> {
  readonly result: StudyResult;
  readonly rows: readonly HandRow[];
  /** The set of layers was chosen on these images. */
  readonly isChosen: boolean;
}

export function HandTable({ result, rows, busy, waits, isChosen }: HandTableProps) {
  const styles = useMemo(() => armStyles(result.config.arms), [result.config.arms]);
  const images = rows.length > 0 ? rows[0].images : 0;
  const seeds = Math.max(0, ...rows.map((row) => row.seeds.length));
  return (
    <div className={css.numbers} aria-live="polite" aria-busy={busy}>
      {rows.map((row) => {
        const style = styles.get(row.arm);
        return (
          <div key={row.arm} className={css.arm} data-busy={busy || undefined}>
            <span className={shared.armName}>
              {style && <ArmGlyph style={style} />}
              {row.name}
            </span>
            <span className={css.accuracy}>
              {hundredths(row.accuracy)} %<small> ± {hundredths(row.samplingError)}</small>
            </span>
            <span className={css.bar} aria-hidden="true">
              <span
                className={css.fill}
                style={{ width: `${100 * row.accuracy}%`, background: style && `var(${style.token})` }}
              />
              <span className={css.mark} style={{ left: `${100 * row.full}%` }} />
            </span>
            <span className={css.detail}>
              {unbroken(
                [
                  PRUNE_BY_HAND_WORDS.gainKept(row.retained === null ? null : hundredths(row.retained, 0)),
                  PRUNE_BY_HAND_WORDS.against(signedPoints(row.change)),
                ].join(', '),
              )}
            </span>
            {row.seeds.length > 1 && (
              <span className={css.detail}>
                {unbroken(
                  row.seeds
                    .map(({ seed, accuracy }) => PRUNE_BY_HAND_WORDS.seed(seed, hundredths(accuracy)))
                    .join(' · '),
                )}
              </span>
            )}
          </div>
        );
      })}
      <p className={css.detail}>
        {busy
          ? PRUNE_BY_HAND_WORDS.evaluating
          : waits
            ? PRUNE_BY_HAND_WORDS.waits
            : rows.length > 0 && unbroken(PRUNE_BY_HAND_WORDS.accuracyOn(images, seeds))}
      </p>
      {isChosen && <p className={css.detail}>{PRUNE_BY_HAND_WORDS.chosenOn}</p>}
    </div>
  );
}
