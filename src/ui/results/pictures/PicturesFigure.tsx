/** See it decide: test pictures, and who is right about them. */
import { shownTask } from '../../../data/bundled/task-names.ts';
import { shownClass, shownClasses } from '../../../data/bundled/shown-classes.ts';
import { PART_WORDS } from '../../../lessons/part-words.ts';
import { use, useEffect, useMemo, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { useStore } from 'zustand/react';
import { predictionsCsv } from '../../../share/csv/predictions-csv.ts';
import { foundPictures, kindsOf, picturesAt, type PictureQuery } from '../../../state/pictures/picture-query.ts';
import { askPictures, picturesStore, questionAbout } from '../../../state/pictures/pictures-store.ts';
import { testSetFor } from '../../../state/pictures/own-test-set.ts';
import { holdsResult } from '../../../state/page/url.ts';
import { spread } from '../../../state/summary/summary.ts';
import { fitsAnswers } from '../../../study/predictions/answers.ts';
import { picturesOf, type Picture } from '../../../study/predictions/pictures.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import charts from '../../charts/charts.module.css';
import { DataTable, type TableData } from '../../charts/DataTable.tsx';
import { saveBlob, saveText } from '../../charts/download.ts';
import { beyond } from '../../charts/beyond.ts';
import { MoreRead } from '../../charts/MoreRead.tsx';
import { Downloads } from '../../charts/Downloads.tsx';
import { AwaitedContext, EmbeddedContext } from '../../charts/figure-contexts.ts';
import { svgToPng } from '../../charts/picture/svg-to-png.ts';
import { useChartTheme } from '../../charts/theme.ts';
import { useShownSource, useStudy } from '../../context.ts';
import { Choice, type Option } from '../../controls/Choice.tsx';
import { Fold } from '../../controls/Fold.tsx';
import { InfoTip } from '../../controls/InfoTip.tsx';
import { percent, percentSpread } from '../../format.ts';
import { useSeen } from '../../use-seen.ts';
import { imagesMeta, joinMeta, seedsMeta } from '../figure-meta.ts';
import { RESULT_WORDS } from '../messages.ts';
import { PICTURE_WORDS } from './messages.ts';
import { ANY_CLASS, classOptions, nameOfArm, noPictures } from './picture-words.ts';
import { PictureDialog } from './PictureDialog.tsx';
import { picturesCaption } from './pictures-caption.ts';
import { picturesSvg } from './pictures-svg.ts';
import { EmptyTiles, PictureTiles } from './PictureTiles.tsx';
import css from './pictures.module.css';
import { useTestPictures } from './use-test-pictures.ts';

const FILE = 'copra-pictures';

/** A dozen on a page. */
const SHOWN = 12;

function ordersOf({ config: { arms } }: StudyResult): readonly Option<PictureQuery['order']>[] {
  const words = PICTURE_WORDS.orders;
  const [first, last] = [arms.at(0), arms.at(-1)];
  return [
    { id: 'test', name: words.test },
    { id: 'class', name: words.class },
    { id: 'uncertain', name: words.uncertain, description: words.uncertainIs },
    ...(first && last && first !== last
      ? ([
          { id: 'gains', name: words.surer(last.name, first.name) },
          { id: 'loses', name: words.surer(first.name, last.name) },
        ] as const)
      : []),
  ];
}

function tableOf(result: StudyResult, pictures: readonly Picture[]): TableData {
  const { arms } = result.config;
  const classes = shownClasses(result);
  const words = PICTURE_WORDS.table;
  const shown = pictures[0]?.arms ?? [];
  return {
    head: [
      ...[words.picture, words.trueClass, words.backbone, words.probability],
      ...shown.flatMap(({ arm }) => [words.seedsRight(nameOfArm(arms, arm)), words.probability]),
    ],
    rows: pictures.map(({ place, label, backbone, arms: own }) => [
      String(place + 1),
      classes[label],
      backbone ? classes[backbone.predicted] : '–',
      backbone ? percent(backbone.certainty, 0) : '–',
      ...own.flatMap(({ right, runs }) => [
        words.rightOf(right, runs.length),
        percentSpread(spread(runs.map(({ certainty }) => certainty)), 0),
      ]),
    ]),
  };
}

export function PicturesFigure({ result }: { result: StudyResult }) {
  const { predictions, task, config } = result;
  const pictures = useMemo(() => picturesOf({ predictions, task, config }), [predictions, task, config]);
  const asked = useStore(picturesStore);
  const { from, led } = asked;
  const kinds = useMemo(() => kindsOf(pictures), [pictures]);
  const query = useMemo(() => {
    const question = questionAbout(asked, { task, config });
    return kinds.includes(question.kind) ? question : { ...question, kind: 'all' as const };
  }, [asked, task, config, kinds]);
  const figure = useRef<HTMLElement>(null);
  const seen = useRef(led);
  useEffect(() => {
    if (led === seen.current) return;
    seen.current = led;
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    figure.current?.focus({ preventScroll: true });
    figure.current?.scrollIntoView({ block: 'start', behavior: calm ? 'auto' : 'smooth' });
  }, [led]);
  const { taken } = query;
  const filter =
    taken && PICTURE_WORDS.takenFor(shownClass(config.task, task.classes[taken.as]), nameOfArm(config.arms, taken.arm));
  const found = useMemo(() => foundPictures(pictures, query), [pictures, query]);
  const images = useTestPictures(result, useSeen(figure) && pictures.length > 0);
  const [open, setOpen] = useState<number | null>(null);
  // Pages of the open picture: a running study finds others with every seed, under the reader's hands.
  const [paged, setPaged] = useState<readonly number[]>([]);
  const pages = useMemo(() => picturesAt(pictures, paged), [pictures, paged]);
  const theme = useChartTheme();
  const testSets = useStudy((state) => state.testSets);
  const embedded = use(EmbeddedContext);
  const Title = embedded === 'off' ? 'h3' : 'h2';
  const first = Math.min(from, Math.max(0, SHOWN * Math.floor((found.length - 1) / SHOWN)));
  const isLast = first + SHOWN >= found.length;
  const shown = found.slice(first, first + SHOWN);
  const classes = useMemo(() => classOptions({ config, task }, PICTURE_WORDS.anyClass), [config, task]);
  // A result that is still being read from a link will have no pictures: no room is kept for them. One that cannot be read is none.
  const source = useShownSource();
  const openedLink = useStudy((state) => state.openedLink);
  const isLinked = result.provenance.date === '' && holdsResult(location.hash) && openedLink !== location.hash;
  const isNeverHeld = !fitsAnswers(task);
  const unheld = !use(AwaitedContext) || isLinked || isNeverHeld ? pictures.length === 0 : false;
  const said = useMemo(() => picturesCaption(result, pictures), [result, pictures]);
  const more = beyond(said.numbers, said.reading);
  const svg = () =>
    picturesSvg(result, shown, images, theme, `${PART_WORDS.pictures}: ${shownTask(config.task, task.name)}`);
  return (
    <figure
      ref={figure}
      tabIndex={-1}
      className={`${charts.figure} ${css.figure}`}
      data-embedded={embedded === 'off' ? undefined : embedded}
      aria-label={PART_WORDS.pictures}
    >
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
      </div>
      <figcaption
        className={`${charts.reading} ${css.reading}`}
        data-empty={pictures.length === 0 || undefined}
        data-unheld={unheld || undefined}
      >
        {pictures.length > 0 ? (
          <>
            <p>
              <strong className={charts.message}>
                {kinds.includes('midpoint') || kinds.includes('half')
                  ? PICTURE_WORDS.messageOfLost
                  : PICTURE_WORDS.message}
              </strong>{' '}
              {said.numbers}
            </p>
            <MoreRead title={PART_WORDS.pictures} more={more}>
              {more}
            </MoreRead>
          </>
        ) : unheld ? (
          noPictures(task, isLinked ? 'link' : source)
        ) : (
          PICTURE_WORDS.noneYet
        )}
      </figcaption>
      {!unheld && (
        <>
          <div className={css.controls}>
            <Choice
              label={PICTURE_WORDS.shown}
              value={query.kind}
              options={kinds.map((id) => ({ id, name: PICTURE_WORDS.kinds[id] }))}
              onChange={(kind) => askPictures({ kind }, result)}
            />
            <Choice
              label={PICTURE_WORDS.trueClass}
              value={query.label === null ? ANY_CLASS : String(query.label)}
              options={classes}
              onChange={(id) => askPictures({ label: id === ANY_CLASS ? null : Number(id) }, result)}
            />
            <Choice
              label={PICTURE_WORDS.order}
              value={query.order}
              options={ordersOf(result)}
              onChange={(order) => askPictures({ order }, result)}
            />
            {filter !== null && (
              <Button
                className={css.chip}
                onPress={() => askPictures({ taken: null }, result)}
                aria-label={PICTURE_WORDS.removeFilter(filter)}
              >
                {filter} ✕
              </Button>
            )}
          </div>
          {pictures.length === 0 ? (
            <EmptyTiles arms={config.arms.length} count={SHOWN} />
          ) : shown.length > 0 ? (
            <PictureTiles
              {...{ result, images }}
              pictures={shown}
              onOpen={(picture) => {
                setPaged(found.map(({ place }) => place));
                setOpen(found.indexOf(picture));
              }}
            />
          ) : (
            <p className={css.nothing}>{PICTURE_WORDS.noneFits}</p>
          )}
          <div className={charts.foot}>
            {/* At an end a button stays where it is for the keyboard, and does nothing. */}
            <span className={css.pager}>
              <Button
                className={css.turn}
                aria-label={PICTURE_WORDS.earlier}
                aria-disabled={first === 0}
                onPress={() => picturesStore.setState({ from: Math.max(0, first - SHOWN) })}
              >
                ‹
              </Button>
              <span className={css.count} role="status">
                {shown.length > 0
                  ? PICTURE_WORDS.page(first + 1, first + shown.length, found.length)
                  : PICTURE_WORDS.none}
              </span>
              <Button
                className={css.turn}
                aria-label={PICTURE_WORDS.further}
                aria-disabled={isLast}
                onPress={() => !isLast && picturesStore.setState({ from: first + SHOWN })}
              >
                ›
              </Button>
            </span>
            <span className={charts.meta}>
              {joinMeta(
                imagesMeta(pictures.length),
                seedsMeta(new Set(result.runs.map(({ seed }) => seed)).size),
                PICTURE_WORDS.percent,
              )}
            </span>
            {embedded === 'off' && (
              <Downloads
                title={PART_WORDS.pictures}
                save={{
                  PNG: shown.length > 0 ? async () => saveBlob(await svgToPng(svg()), `${FILE}.png`) : null,
                  SVG: shown.length > 0 ? () => saveText(svg(), `${FILE}.svg`, 'image/svg+xml') : null,
                  CSV:
                    pictures.length > 0
                      ? () => saveText(predictionsCsv(result, testSetFor(result, testSets)?.files), `${FILE}.csv`)
                      : null,
                }}
              />
            )}
          </div>
          {embedded === 'off' && (
            <Fold quiet level={4} title={RESULT_WORDS.dataTable(found.length)}>
              <DataTable data={tableOf(result, found)} caption={PART_WORDS.pictures} />
            </Fold>
          )}
          <PictureDialog {...{ result, images, open }} pictures={pages} onOpen={setOpen} />
        </>
      )}
    </figure>
  );
}
