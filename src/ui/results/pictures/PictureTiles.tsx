/** Pictures with who is right beside them. Tab reaches one tile, arrow keys move to the others, Enter opens it. */
import { shownClasses } from '../../../data/bundled/shown-classes.ts';
import type { TestPictures } from '../../../state/pictures/request.ts';
import type { Picture } from '../../../study/predictions/pictures.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { inRows, useRovingFocus } from '../../controls/use-roving-focus.ts';
import { percent } from '../../format.ts';
import { unbroken } from '../../unbroken.ts';
import { Mark } from './Mark.tsx';
import { PICTURE_WORDS } from './messages.ts';
import { Pixels } from './Pixels.tsx';
import { verdictsOf, verdictText } from './picture-words.ts';
import css from './pictures.module.css';

const NBSP = '\u00a0';

interface PictureTilesProps {
  readonly result: StudyResult;
  readonly pictures: readonly Picture[];
  readonly images: TestPictures | null;
  readonly onOpen: (picture: Picture) => void;
}

/** Frames of pictures to come, as tall as those. */
export function EmptyTiles({ arms, count }: { readonly arms: number; readonly count: number }) {
  return (
    <div className={css.tiles} aria-hidden="true">
      {Array.from({ length: count }, (_, i) => (
        <span key={i} className={css.tile}>
          <span className={css.pixels} />
          <span className={css.tileText}>
            {Array.from({ length: arms + 2 }, (__, line) => (
              <span key={line} className={css.verdict}>
                {NBSP}
              </span>
            ))}
          </span>
        </span>
      ))}
    </div>
  );
}

export function PictureTiles({ result, pictures, images, onOpen }: PictureTilesProps) {
  const { arms } = result.config;
  const classes = shownClasses(result);
  const focus = useRovingFocus(pictures.length, inRows);
  return (
    <div role="group" aria-label={PICTURE_WORDS.tiles} className={css.tiles} onKeyDown={focus.onKeyDown}>
      {pictures.map((picture, i) => {
        const verdicts = verdictsOf(picture, arms);
        const name = classes[picture.label];
        return (
          <button
            key={picture.place}
            type="button"
            className={css.tile}
            aria-label={PICTURE_WORDS.tile(picture.place + 1, name, verdicts.map(verdictText))}
            tabIndex={focus.isStop(i) ? 0 : -1}
            onFocus={() => focus.onFocus(i)}
            onClick={() => onOpen(picture)}
          >
            <Pixels pixels={images?.at(picture.place) ?? null} size={images?.size ?? 1} />
            <span className={css.tileText}>
              <span className={css.tileName}>{name}</span>
              {verdicts.map((verdict) => (
                <span key={verdict.arm ?? ''} className={css.verdict}>
                  <Mark right={verdict.right} />
                  <span className={css.verdictName}>{unbroken(verdict.name)}</span>
                  <span className={css.verdictRuns}>{verdict.runs ? verdict.runs.join('/') : ''}</span>
                  <span className={css.verdictShare}>{percent(verdict.certainty, 0)}</span>
                  <span className={css.verdictRuns}>
                    {verdict.runs ? `±${NBSP}${Math.round(100 * verdict.spread)}` : ''}
                  </span>
                </span>
              ))}
            </span>
          </button>
        );
      })}
    </div>
  );
}
