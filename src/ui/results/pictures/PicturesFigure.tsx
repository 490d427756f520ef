/** See it decide: test pictures, and who is right about them. */
import { use, useMemo, useRef, useState, type ReactNode } from 'react';
import { useStore } from 'zustand/react';
import { PART_WORDS } from '../../../lessons/part-words.ts';
import { foundPictures, picturesAt, type PictureQuery } from '../../../state/pictures/picture-query.ts';
import { picturesStore } from '../../../state/pictures/pictures-store.ts';
import { picturesOf, type Picture } from '../../../study/predictions/pictures.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import charts from '../../charts/charts.module.css';
import { DataTable } from '../../charts/DataTable.tsx';
import { beyond } from '../../charts/beyond.ts';
import { MoreRead } from '../../charts/MoreRead.tsx';
import { useFold } from '../../charts/use-fold.tsx';
import { EmbeddedContext } from '../../charts/figure-contexts.ts';
import { Fold } from '../../controls/Fold.tsx';
import { InfoTip } from '../../controls/InfoTip.tsx';
import { useSeen } from '../../use-seen.ts';
import { imagesMeta, joinMeta, seedsMeta } from '../figure-meta.ts';
import { RESULT_WORDS } from '../messages.ts';
import { PICTURE_WORDS } from './messages.ts';
import { PAGE, pageFrom } from './picture-page.ts';
import { PictureControls } from './PictureControls.tsx';
import { PictureDialog } from './PictureDialog.tsx';
import { PictureDownloads } from './PictureDownloads.tsx';
import { PicturePager } from './PicturePager.tsx';
import { picturesCaption } from './pictures-caption.ts';
import { picturesTable } from './pictures-table.ts';
import { EmptyTiles, PictureTiles } from './PictureTiles.tsx';
import css from './pictures.module.css';
import { useAbsence } from './use-absence.ts';
import { useLedHere } from './use-led-here.ts';
import { usePictureQuery } from './use-picture-query.ts';
import { useTestPictures } from './use-test-pictures.ts';

export function PicturesFigure({ result }: { result: StudyResult }) {
  const { predictions, task, config } = result;
  const pictures = useMemo(() => picturesOf({ predictions, task, config }), [predictions, task, config]);
  const { query, kinds } = usePictureQuery(result, pictures);
  const found = useMemo(() => foundPictures(pictures, query), [pictures, query]);
  const page = pageFrom(
    found,
    useStore(picturesStore, ({ from }) => from),
  );
  const figure = useRef<HTMLElement>(null);
  useLedHere(figure);
  const images = useTestPictures(result, useSeen(figure) && pictures.length > 0);
  const [open, setOpen] = useState<number | null>(null);
  // Pages of the open picture: a running study finds others with every seed, under the reader's hands.
  const [paged, setPaged] = useState<readonly number[]>([]);
  const pages = useMemo(() => picturesAt(pictures, paged), [pictures, paged]);
  const embedded = use(EmbeddedContext);
  const isEmpty = pictures.length === 0;
  const whyNone = useAbsence(result);
  const absence = isEmpty ? whyNone : null;
  const fold = useFold(PART_WORDS.pictures);
  const seeds = new Set(result.runs.map(({ seed }) => seed)).size;
  const meta = joinMeta(imagesMeta(pictures.length), seedsMeta(seeds), PICTURE_WORDS.percent);
  return (
    <figure
      ref={figure}
      tabIndex={-1}
      className={`${charts.figure} ${css.figure}`}
      data-embedded={embedded === 'off' ? undefined : embedded}
      data-folded={(absence === null && fold.isFolded) || undefined}
      aria-label={PART_WORDS.pictures}
    >
      <Head>{absence === null && fold.button}</Head>
      <figcaption
        className={`${charts.reading} ${css.reading}`}
        data-empty={isEmpty || undefined}
        data-unheld={absence !== null || undefined}
      >
        {isEmpty ? (absence ?? PICTURE_WORDS.noneYet) : <Caption {...{ result, pictures, kinds }} />}
      </figcaption>
      {absence === null && (
        <>
          <PictureControls {...{ result, query, kinds }} />
          {isEmpty ? (
            <EmptyTiles arms={config.arms.length} count={PAGE} />
          ) : found.length > 0 ? (
            <PictureTiles
              {...{ result, images }}
              pictures={page.shown}
              onOpen={(picture) => {
                setPaged(found.map(({ place }) => place));
                setOpen(found.indexOf(picture));
              }}
            />
          ) : (
            <p className={css.nothing}>{PICTURE_WORDS.noneFits}</p>
          )}
          <div className={charts.foot}>
            <PicturePager page={page} found={found.length} />
            <span className={charts.meta}>{meta}</span>
            {embedded === 'off' && (
              <PictureDownloads {...{ result, images, meta }} shown={page.shown} hasAnswers={!isEmpty} />
            )}
          </div>
          {embedded === 'off' && (
            <Fold quiet level={4} title={RESULT_WORDS.dataTable(found.length)}>
              <DataTable data={picturesTable(result, found)} caption={PART_WORDS.pictures} />
            </Fold>
          )}
          <PictureDialog {...{ result, images, open }} pictures={pages} onOpen={setOpen} />
        </>
      )}
    </figure>
  );
}

function Head({ children }: { children: ReactNode }) {
  const embedded = use(EmbeddedContext);
  const Title = embedded === 'off' ? 'h3' : 'h2';
  return (
    <div className={charts.head}>
      <Title className={charts.title}>
        {PART_WORDS.pictures}
        {embedded === 'off' && (
          <InfoTip about={RESULT_WORDS.howToRead(PART_WORDS.pictures)}>
            {PICTURE_WORDS.help.map((text) => (
              <p key={text}>{text}</p>
            ))}
          </InfoTip>
        )}
      </Title>
      {children}
    </div>
  );
}

interface CaptionProps {
  readonly result: StudyResult;
  readonly pictures: readonly Picture[];
  readonly kinds: readonly PictureQuery['kind'][];
}

/** The message of the figure, its numbers, and what else is said, folded. */
function Caption({ result, pictures, kinds }: CaptionProps) {
  const said = useMemo(() => picturesCaption(result, pictures), [result, pictures]);
  const more = beyond(said.numbers, said.reading);
  const tellsOfLost = kinds.includes('midpoint') || kinds.includes('half');
  return (
    <>
      <p>
        <strong className={charts.message}>{tellsOfLost ? PICTURE_WORDS.messageOfLost : PICTURE_WORDS.message}</strong>{' '}
        <span className={charts.numbers}>{said.numbers}</span>
      </p>
      <MoreRead title={PART_WORDS.pictures} more={more}>
        {more}
      </MoreRead>
    </>
  );
}
