/** A dozen test pictures while a study trains: who is right about them after the last look. A table, which says nothing unasked. */
import { useMemo, useRef, type ReactNode } from 'react';
import { withShownArms } from '../../../study/presets/shown-arms.ts';
import { runPictures, scoreOf } from '../../../state/pictures/run-pictures.ts';
import { followedArms } from '../../../state/summary/findings.ts';
import type { Glimpse } from '../../../study/result/glimpse.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { Mark } from '../../results/pictures/Mark.tsx';
import { Pixels } from '../../results/pictures/Pixels.tsx';
import { useTestPictures } from '../../results/pictures/use-test-pictures.ts';
import shared from '../../shared.module.css';
import { useSeen } from '../../use-seen.ts';
import css from './strip.module.css';
import { LIVE_WORDS } from '../messages.ts';

interface RunPicturesProps {
  /** Of the study that runs, or ran last. */
  readonly result: StudyResult;
  readonly glimpse: Glimpse | null;
  /** It runs no more: what nobody was asked by then stays unknown. */
  readonly hasEnded: boolean;
  /** Shown until there are pictures, or answers to them; null: their empty frames are. */
  readonly meanwhile: ReactNode;
}

export function RunPictures({ result, glimpse, hasEnded, meanwhile }: RunPicturesProps) {
  const { task, config } = result;
  const place = useRef<HTMLDivElement>(null);
  const images = useTestPictures(result, useSeen(place));
  const { classes, rows } = useMemo(
    () => runPictures({ task, config }, glimpse, followedArms(withShownArms(config))),
    [task, config, glimpse],
  );
  const count = rows[0].right.length;
  const pixels = useMemo(() => Array.from({ length: count }, (_, i) => images?.at(i) ?? null), [images, count]);
  const table = (
    <table className={css.strip}>
      <caption className={css.caption}>{LIVE_WORDS.strip.caption(count, glimpse?.step ?? null)}</caption>
      <thead>
        <tr>
          <td />
          {pixels.map((picture, i) => (
            <th key={i} scope="col">
              <Pixels pixels={picture} size={images?.size ?? 1} />
              <span className={shared.hidden}>{LIVE_WORDS.strip.picture(i + 1, classes.at(i) ?? '')}</span>
            </th>
          ))}
          <th scope="col">
            <span className={shared.hidden}>{LIVE_WORDS.strip.right}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.arm ?? ''}>
            <th scope="row">{row.name}</th>
            {hasEnded && row.right.every((right) => right === null) ? (
              <td colSpan={count + 1} className={css.unasked}>
                {LIVE_WORDS.strip.unasked}
              </td>
            ) : (
              <>
                {row.right.map((right, i) => (
                  <td key={i}>
                    {right === null ? (
                      <span className={shared.hidden}>{LIVE_WORDS.strip.unknown}</span>
                    ) : (
                      <Mark right={right} />
                    )}
                  </td>
                ))}
                <td className={css.score}>{scoreOf(row)}</td>
              </>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
  return (
    <div ref={place} className={css.place}>
      {images || glimpse ? table : (meanwhile ?? table)}
    </div>
  );
}
