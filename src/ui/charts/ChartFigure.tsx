/** The frame of every chart: title, how to read it, its conclusion, the picture, its numbers, and downloads. */
import { comingCode } from '../../platform/coming-code.ts';
import { memo, use, useEffect, useRef, type ReactNode, type RefObject } from 'react';
import { useGlossed } from '../glossary/use-glossed.tsx';
import { Fold } from '../controls/Fold.tsx';
import { InfoTip } from '../controls/InfoTip.tsx';
import { unbroken } from '../unbroken.ts';
import css from './charts.module.css';
import { AwaitedContext, EmbeddedContext, ReportedContext } from './figure-contexts.ts';
import { whyAbsent } from './why-absent.ts';
import { useShownSource } from '../context.ts';
import { beyond } from './beyond.ts';
import { DataTable, type TableData } from './DataTable.tsx';
import { saveBlob, saveText } from './download.ts';
import { MoreRead } from './MoreRead.tsx';
import { Downloads } from './Downloads.tsx';
import { registerFigure } from './figure-registry.ts';
import { Chart } from './Chart.tsx';
import { EarlierItem } from './Legend.tsx';
import { ReferenceItems } from './ReferenceItems.tsx';
import type { BuildFigure } from './figure.ts';
import { heightAt, type FigureHeight } from './figure-size.ts';
import { CHARTS_WORDS } from './messages.ts';
import { useFold } from './use-fold.tsx';
import { useFilledHeight, useWidth } from './use-size.ts';
import { useWithEarlier } from './use-with-earlier.ts';

/** Minimum share of the usual height. Below it, labels and panels overlap; a lower frame scrolls. */
const LEAST_SHARE = 0.75;

type Better = keyof typeof CHARTS_WORDS.better;

interface ChartFigureProps {
  readonly title: string;
  readonly help: ReactNode;
  /** What it says, in one sentence without numbers; empty while there is nothing to say. */
  readonly message: string;
  /** The numbers that it rests on, on a line: how sure, over what. Empty or absent where the reading is no longer than that. */
  readonly numbers?: string;
  /** All that is said of the figure, for documents; folded behind the numbers. Empty while there is nothing to say. */
  readonly reading: string;
  /** The direction in which arms do better, which may depend on the width in pixels; absent where none is. */
  readonly better?: Better | ((width: number) => Better);
  /** Sample sizes behind the numbers: test images, seeds. */
  readonly meta: string;
  /** Of its arms, points and bars; lines that belong to no arm are named by the figure itself. */
  readonly legend: ReactNode;
  readonly controls?: ReactNode;
  /** Null while there is nothing to draw: `empty` then says what will appear, or nothing if nothing will (AwaitedContext). */
  readonly build: BuildFigure | null;
  /** Whether the result holds what is to be drawn, where that is known before it can be drawn. Absent: what is not drawn is not held. */
  readonly isHeld?: boolean;
  /** Why the result does not hold it, where that is known of the result itself. Absent: what its source says. */
  readonly absence?: string | false;
  readonly empty: string;
  readonly height: FigureHeight;
  /** What lies over the drawn chart: links of its places, for a chart of this size in pixels. */
  readonly cover?: (width: number, height: number) => ReactNode;
  /** What stands below its axes, as long as they are: a slider, for a chart of this size in pixels. */
  readonly along?: (width: number, height: number) => ReactNode;
  /** What belongs to the chart and stands below it: pictures. */
  readonly below?: ReactNode;
  readonly table: TableData;
  readonly csv: () => string | Promise<string>;
  readonly fileName: string;
}

export function ChartFigure(props: ChartFigureProps) {
  const { title, build, height, better, cover, along } = props;
  const figure = useRef<HTMLElement>(null);
  const record = useRef(props);
  useEffect(() => {
    record.current = props;
  });
  const isReported = use(ReportedContext);
  useEffect(
    () =>
      isReported ? registerFigure(() => figure.current && { ...record.current, element: figure.current }) : undefined,
    [isReported],
  );
  const embedded = use(EmbeddedContext);
  // On the page, figures stand in columns with their own headings; in a frame they stand directly below the page's heading.
  const Title = embedded === 'off' ? 'h3' : 'h2';
  const awaited = use(AwaitedContext);
  const source = useShownSource();
  const unheld = !awaited && !build && !props.isHeld;
  const shown = props.numbers || props.reading;
  const more = beyond(shown, props.reading);
  const [titled, message, told, furtherTold] = useGlossed(title, props.message, shown, more);
  const fold = useFold(title);
  const drawn = useWithEarlier(build);
  const stage = useRef<HTMLDivElement>(null);
  const width = useWidth(
    stage,
    typeof height !== 'number' || typeof better === 'function' || cover !== undefined || along !== undefined,
  );
  const usual = heightAt(height, width ?? 0);
  const filled = useFilledHeight(stage, embedded === 'fill', usual);
  return (
    <figure
      ref={figure}
      className={css.figure}
      data-embedded={embedded === 'off' ? undefined : embedded}
      data-folded={(!unheld && fold.isFolded) || undefined}
      aria-label={title}
    >
      <div className={css.head}>
        <Title className={css.title}>
          {titled}
          {embedded === 'off' && <InfoTip about={CHARTS_WORDS.howToRead(title)}>{props.help}</InfoTip>}
        </Title>
        {!unheld && fold.button}
        {!unheld && props.controls}
      </div>
      <figcaption className={css.reading} data-empty={!shown || undefined} data-unheld={unheld || undefined}>
        {unheld ? (
          props.absence || whyAbsent(CHARTS_WORDS.notHeld, source)
        ) : (
          <p>
            {props.message !== '' && <strong className={css.message}>{message}</strong>}{' '}
            <span className={props.message === '' ? undefined : css.numbers}>
              {shown ? told : build ? '' : awaited === 'loading' ? CHARTS_WORDS.loading : props.empty}
            </span>
          </p>
        )}
        {!unheld && (
          <MoreRead title={title} more={more}>
            {furtherTold}
          </MoreRead>
        )}
      </figcaption>
      {!unheld && (
        <>
          <div className={css.legendRow}>
            {props.legend}
            <ReferenceItems build={build} />
            {build && better && (
              <span className={css.better}>
                {CHARTS_WORDS.better[typeof better === 'function' ? better(width ?? 0) : better]}
              </span>
            )}
          </div>
          {drawn !== build && <EarlierItem />}
          <div
            ref={stage}
            className={css.stage}
            style={embedded === 'fill' ? { minHeight: LEAST_SHARE * usual } : { height: usual }}
          >
            {drawn ? (
              <Chart build={drawn} height={filled} label={`${title}. ${props.message} ${shown}`} />
            ) : (
              <div className={css.empty} />
            )}
            {build && width !== null && cover?.(width, filled)}
          </div>
          {build && width !== null && along?.(width, filled)}
          {build && props.below}
          {embedded === 'off' && <Foot figure={props} latest={record} />}
        </>
      )}
    </figure>
  );
}

interface FootProps {
  readonly figure: ChartFigureProps;
  /** The figure as it was rendered last. */
  readonly latest: RefObject<ChartFigureProps>;
}

/** Remembered while a figure that is otherwise the same has its texts and its size found out. */
const Foot = memo(function Foot({ figure, latest }: FootProps) {
  const { title, build, meta, table } = figure;
  return (
    <>
      <div className={css.foot}>
        <span className={css.meta}>{unbroken(meta)}</span>
        <FigureDownloads title={title} isDrawn={build !== null} latest={latest} />
      </div>
      <Fold quiet level={4} title={CHARTS_WORDS.dataTable(table.rows.length)}>
        <DataTable data={table} caption={title} />
      </Fold>
    </>
  );
});

interface FigureDownloadsProps {
  readonly title: string;
  readonly isDrawn: boolean;
  readonly latest: RefObject<ChartFigureProps>;
}

const NOTHING = { PNG: null, SVG: null, CSV: null };

/** Buttons are most of what a figure costs to render, and a running study renders it four times a second: these save what the figure is when they are pressed. */
const FigureDownloads = memo(function FigureDownloads({ title, isDrawn, latest }: FigureDownloadsProps) {
  const saveImage = async (format: 'PNG' | 'SVG'): Promise<void> => {
    const { build, height, meta, fileName } = latest.current;
    if (!build) return;
    const { drawPng, drawSvg } = await comingCode(import('./picture/image.tsx'));
    const request = { build, title, meta, height };
    if (format === 'SVG') saveText(drawSvg(request), `${fileName}.svg`, 'image/svg+xml');
    else saveBlob(await drawPng(request), `${fileName}.png`);
  };
  const saveCsv = async (): Promise<void> => {
    const { csv, fileName } = latest.current;
    saveText(await csv(), `${fileName}.csv`);
  };
  const save = { PNG: () => saveImage('PNG'), SVG: () => saveImage('SVG'), CSV: saveCsv };
  return <Downloads title={title} save={isDrawn ? save : NOTHING} />;
});
