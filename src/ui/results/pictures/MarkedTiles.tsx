/** Small pictures, each right, wrong or neither, in a group with one tab stop. Enter opens one. */
import { memo, useMemo } from 'react';
import type { TestPictures } from '../../../state/pictures/request.ts';
import { inRows, useRovingFocus } from '../../controls/use-roving-focus.ts';
import { Mark } from './Mark.tsx';
import { Pixels } from './Pixels.tsx';
import css from './pictures.module.css';

export interface MarkedPicture {
  /** Among the tested images. */
  readonly place: number;
  /** Null: as often right as wrong; absent: it has no mark. */
  readonly right?: boolean | null;
  /** Beside the mark: "9/15". */
  readonly note: string;
  /** "Picture 12, food drink: right in 9 of 15 pairs" */
  readonly reading: string;
}

interface MarkedTilesProps {
  readonly label: string;
  readonly images: TestPictures | null;
  readonly pictures: readonly MarkedPicture[];
  /** Wrong ones recede: for pictures of both kinds. */
  readonly fades?: boolean;
  readonly onOpen: (place: number) => void;
}

export function MarkedTiles({ label, images, pictures, fades = false, onOpen }: MarkedTilesProps) {
  const focus = useRovingFocus(pictures.length, inRows);
  return (
    <div
      role="group"
      aria-label={label}
      className={css.markedTiles}
      data-fades={fades || undefined}
      onKeyDown={focus.onKeyDown}
    >
      {pictures.map((picture, i) => (
        <MarkedTile
          key={picture.place}
          {...picture}
          images={images}
          index={i}
          isStop={focus.isStop(i)}
          onFocus={focus.onFocus}
          onOpen={onOpen}
        />
      ))}
    </div>
  );
}

interface MarkedTileProps extends MarkedPicture {
  readonly images: TestPictures | null;
  readonly index: number;
  readonly isStop: boolean;
  readonly onFocus: (index: number) => void;
  readonly onOpen: (place: number) => void;
}

/** Drawn again only when its own mark changes: dozens of them change while a slider moves. A button of the browser's own, because React Aria's costs most of a tile. */
const MarkedTile = memo(function MarkedTile(props: MarkedTileProps) {
  const { place, right, note, reading, images, index, isStop, onFocus, onOpen } = props;
  const pixels = useMemo(() => images?.at(place) ?? null, [images, place]);
  return (
    <button
      type="button"
      className={css.markedTile}
      data-wrong={right === false || undefined}
      aria-label={reading}
      tabIndex={isStop ? 0 : -1}
      onFocus={() => onFocus(index)}
      onClick={() => onOpen(place)}
    >
      <Pixels pixels={pixels} size={images?.size ?? 1} />
      <span className={css.markedNote}>
        {right !== undefined && <Mark right={right} />}
        {note}
      </span>
    </button>
  );
});
