/** Pictures whose answers turn: from right to wrong, and from wrong to right. */
import { use } from 'react';
import type { TestPictures } from '../../../state/pictures/request.ts';
import type { Turned } from '../../../study/predictions/turned.ts';
import { EmbeddedContext } from '../../charts/figure-contexts.ts';
import { MarkedTiles, type MarkedPicture } from './MarkedTiles.tsx';
import { PICTURE_WORDS, type TurnUnit } from './messages.ts';
import css from './pictures.module.css';

/** Tiles of a strip. */
const SHOWN = 16;

interface TurnedStrip {
  readonly title: string;
  /** "right at both ends", and what they are now: "wrong half-way". */
  readonly before: string;
  readonly after: string;
  /** Whether they are right now. */
  readonly right: boolean;
  /** Null: it is not known, and `unknown` says why. */
  readonly turned: readonly Turned[] | null;
}

interface TurnedStripsProps {
  readonly strips: readonly TurnedStrip[];
  readonly images: TestPictures | null;
  /** [pictures]: places among the tested images. */
  readonly places: readonly number[];
  /** "Picture 12, food drink" */
  readonly nameOf: (picture: number) => string;
  /** What is counted, of how many. */
  readonly unit: TurnUnit;
  readonly of: number;
  readonly unknown: string;
  readonly onOpen: (place: number) => void;
}

export function TurnedStrips({ strips, ...shared }: TurnedStripsProps) {
  return (
    <div className={css.strips}>
      {strips.map((strip) => (
        <Strip key={strip.title} {...strip} {...shared} />
      ))}
    </div>
  );
}

function Strip(props: TurnedStrip & Omit<TurnedStripsProps, 'strips'>) {
  const { title, before, after, right, turned, images, places, nameOf, unit, of, unknown, onOpen } = props;
  // In a frame the figure's own title is one level higher.
  const Title = use(EmbeddedContext) === 'off' ? 'h4' : 'h3';
  const words = PICTURE_WORDS.turned;
  const turns = { before, after };
  const many = of > 1;
  const tiles = (turned ?? []).slice(0, SHOWN).map((one): MarkedPicture => ({
    place: places[one.picture],
    right,
    note: many ? `${one.turned}/${one.of}` : '',
    reading: many
      ? words.tileOf(nameOf(one.picture), turns, one.turned, { unit, of: one.of })
      : words.tile(nameOf(one.picture), turns),
  }));
  const count = turned?.length ?? 0;
  const some = many ? words.someOf(count, places.length, turns, { unit, of }) : words.some(count, places.length, turns);
  const said =
    turned === null
      ? unknown
      : count === 0
        ? words.none(places.length, turns)
        : `${some}${count > SHOWN ? ` ${words.first(SHOWN)}` : ''}`;
  return (
    <section className={css.strip} aria-label={title}>
      <Title className={css.stripTitle}>{title}</Title>
      <p className={css.stripNote}>{said}</p>
      {tiles.length > 0 && <MarkedTiles label={words.opens(title)} images={images} pictures={tiles} onOpen={onOpen} />}
    </section>
  );
}
