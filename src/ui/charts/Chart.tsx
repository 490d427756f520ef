/**
 * A chart that is drawn when it is about to be seen, and again when its data, width or theme change. It shows a static SVG picture first and loads
 * Plotly over it when a reader first looks into it. Loading and starting Plotly blocks the page noticeably; drawing a picture takes a fraction of that time.
 */
import { useEffect, useEffectEvent, useRef, useState, type CSSProperties, type ReactElement } from 'react';
import { flushSync } from 'react-dom';
import css from './charts.module.css';
import { inTurn, passTurn } from './drawing-turns.ts';
import type { BuildFigure, Figure } from './figure.ts';
import type { FigurePicture } from './picture/FigurePicture.tsx';
import { useExploring } from './plotly/use-exploring.ts';
import { onPrinter } from '../printer.ts';
import { useChartTheme, type ChartTheme } from './theme.ts';
import { useWidth } from './use-size.ts';
import { useTouched } from './use-touched.ts';

/** Charts redraw at most four times a second during a study, and less often where drawing is slow: drawing may take at most an eighth of the time. */
const MIN_INTERVAL_MS = 250;
const IDLE_FACTOR = 8;
/** Most charts of a page are never scrolled to, and have nine tenths of its elements: one window ahead is drawn, so that scrolling finds them drawn. */
const AHEAD = '100%';

interface ChartProps {
  /** Memoised by the caller: a new function signals new data. */
  readonly build: BuildFigure;
  readonly height: number;
  /** What the chart shows, for screen readers; the numbers are in the table below it. */
  readonly label: string;
}

interface Wanted {
  readonly build: BuildFigure;
  readonly theme: ChartTheme;
  readonly width: number;
  readonly height: number;
}

interface Drawing extends Wanted {
  readonly figure: Figure;
  readonly picture: ReactElement;
}

const isDrawn = (drawing: Drawing | null, { build, theme, width, height }: Wanted): boolean =>
  drawing?.build === build && drawing.theme === theme && drawing.width === width && drawing.height === height;

/** What was drawn for another size fills the frame until it is drawn anew. */
const fitted = (drawing: Drawing | null, width: number | null, height: number): string | undefined =>
  drawing && width && (drawing.width !== width || drawing.height !== height)
    ? `scale(${width / drawing.width}, ${height / drawing.height})`
    : undefined;

type Picture = typeof FigurePicture;

/** Kept, because a printer waits for nothing. */
let loadedPicture: Picture | null = null;
const loadPicture = async (): Promise<Picture> =>
  (loadedPicture ??= (await import('./picture/FigurePicture.tsx')).FigurePicture);

function draw(wanted: Wanted, Picture: Picture): Drawing {
  const { build, ...drawn } = wanted;
  const figure = build(wanted.width);
  return { ...wanted, figure, picture: <Picture figure={figure} isScaled {...drawn} /> };
}

export function Chart({ build, height, label }: ChartProps) {
  const frame = useRef<HTMLDivElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const last = useRef({ at: -Infinity, interval: MIN_INTERVAL_MS });
  const width = useWidth(frame, true);
  /** In view, or about to be; null until that is known. */
  const [isNear, setNear] = useState<boolean | null>(null);
  const touched = useTouched(frame);
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  const [isPrinted, setPrinted] = useState(false);
  const theme = useChartTheme();

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const view = new IntersectionObserver((entries) => setNear(entries.at(-1)!.isIntersecting), { rootMargin: AHEAD });
    view.observe(element);
    return () => view.disconnect();
  }, []);

  useEffect(() => {
    if (!width || isNear === null) return;
    const wanted = { build, theme, width, height };
    if (isDrawn(drawing, wanted)) return;
    let cancelled = false;
    const turn = async (): Promise<void> => {
      const picture = await loadPicture();
      if (cancelled) return;
      const start = performance.now();
      // Most of the time goes by in putting the picture into the page.
      flushSync(() => setDrawing(draw(wanted, picture)));
      const end = performance.now();
      last.current = { at: end, interval: Math.max(MIN_INTERVAL_MS, IDLE_FACTOR * (end - start)) };
    };
    const wait = Math.max(0, last.current.at + last.current.interval - performance.now());
    // What draws is loaded in either case: a printer may come.
    const pass = (): Promise<void> => loadPicture().then(passTurn, passTurn);
    const timer = setTimeout(() => void (isNear ? inTurn(turn) : pass()), wait);
    return () => {
      cancelled = true;
      clearTimeout(timer);
    };
  }, [build, theme, width, height, isNear, drawing]);

  const isExplored = useExploring(host, drawing, touched);

  // Charts have the width of the window until the paper is known: pictures are scaled to it, which Plotly's are not.
  const turnTo = useEffectEvent((isPaper: boolean) => {
    if (!width) return;
    const wanted = { build, theme, width, height };
    const picture = loadedPicture;
    flushSync(() => {
      if (picture && !isDrawn(drawing, wanted)) setDrawing(draw(wanted, picture));
      setPrinted(isPaper && isExplored);
    });
  });
  useEffect(() => onPrinter((isPaper) => turnTo(isPaper)), []);

  return (
    <div
      ref={frame}
      className={css.plot}
      data-chart
      style={{ height, '--paper': theme.colour('--surface'), '--fit': fitted(drawing, width, height) } as CSSProperties}
      role="img"
      aria-label={label}
    >
      {(!isExplored || isPrinted) && drawing?.picture}
      <div ref={host} className={css.plotly} />
    </div>
  );
}
