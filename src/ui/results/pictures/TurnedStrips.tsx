/** Pictures whose answers turn: from right to wrong, and from wrong to right. */
import { use } from 'react';
import { counted } from '../../../core/counted.ts';
import type { TestPictures } from '../../../state/pictures/request.ts';
import type { Turned } from '../../../study/predictions/turned.ts';
import { EmbeddedContext } from '../../charts/figure-contexts.ts';
import { MarkedTiles, type MarkedPicture } from './MarkedTiles.tsx';
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
  /** "pair", "seed": what is counted, of how many. */
  readonly unit: string;
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
  const many = of > 1;
  const tiles = (turned ?? []).slice(0, SHOWN).map((one): MarkedPicture => ({
    place: places[one.picture],
    right,
    note: many ? `${one.turned}/${one.of}` : '',
    reading: `${nameOf(one.picture)}: ${after}${many ? ` in ${one.turned} of the ${counted(one.of, unit)} in which it is ${before}` : ''}`,
  }));
  const count = turned?.length ?? 0;
  const over = many
    ? ` in at least one of the ${counted(of, unit)}; numbers are ${unit}s, of those in which it is ${before}`
    : '';
  const said =
    turned === null
      ? unknown
      : count === 0
        ? `None of the ${places.length} pictures is ${before} and ${after}.`
        : `${count} of ${places.length} pictures ${count === 1 ? 'is' : 'are'} ${before} and ${after}${over}.${count > SHOWN ? ` The first ${SHOWN} are shown.` : ''}`;
  return (
    <section className={css.strip} aria-label={title}>
      <Title className={css.stripTitle}>{title}</Title>
      <p className={css.stripNote}>{said}</p>
      {tiles.length > 0 && (
        <MarkedTiles label={`${title}; each opens large`} images={images} pictures={tiles} onOpen={onOpen} />
      )}
    </section>
  );
}
