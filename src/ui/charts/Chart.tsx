/**
 * A chart that redraws when its data, width or theme change. It shows a static SVG picture first and loads Plotly over it on first hover. Loading
 * and starting Plotly blocks the page noticeably; drawing a picture takes a fraction of that time.
 */
import { useEffect, useRef, useState, type ReactElement } from 'react';
import css from './charts.module.css';
import { inTurn } from './drawing-turns.ts';
import type { BuildFigure, Figure } from './figure.ts';
import { useExploring } from './plotly/use-exploring.ts';
import { useChartTheme, type ChartTheme } from './theme.ts';

/** Charts redraw at most four times a second during a study, and less often where drawing is slow: drawing may take at most an eighth of the time. */
const MIN_INTERVAL_MS = 250;
const IDLE_FACTOR = 8;
/** Off-screen charts are drawn too, for printing and fast scrolling, but rarely. */
const HIDDEN_INTERVAL_MS = 3000;

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

async function draw(wanted: Wanted): Promise<Drawing> {
  const { FigurePicture } = await import('./picture/FigurePicture.tsx');
  const { build, ...drawn } = wanted;
  const figure = build(wanted.width);
  return { ...wanted, figure, picture: <FigurePicture figure={figure} {...drawn} /> };
}

export function Chart({ build, height, label }: ChartProps) {
  const frame = useRef<HTMLDivElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const last = useRef({ at: -Infinity, interval: MIN_INTERVAL_MS });
  const [width, setWidth] = useState(0);
  const [visible, setVisible] = useState(false);
  const [touched, setTouched] = useState(false);
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  const theme = useChartTheme();

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const size = new ResizeObserver(([entry]) => setWidth(Math.floor(entry.contentRect.width)));
    const view = new IntersectionObserver(([entry]) => setVisible(entry.isIntersecting), { rootMargin: '300px' });
    size.observe(element);
    view.observe(element);
    return () => {
      size.disconnect();
      view.disconnect();
    };
  }, []);

  useEffect(() => {
    const wanted = { build, theme, width, height };
    if (width === 0 || isDrawn(drawing, wanted)) return;
    let cancelled = false;
    const turn = async (): Promise<void> => {
      if (cancelled) return;
      const start = performance.now();
      const next = await draw(wanted);
      if (cancelled) return;
      setDrawing(next);
      const end = performance.now();
      last.current = { at: end, interval: Math.max(MIN_INTERVAL_MS, IDLE_FACTOR * (end - start)) };
    };
    const interval = visible || !drawing ? last.current.interval : HIDDEN_INTERVAL_MS;
    const wait = Math.max(0, last.current.at + interval - performance.now());
    const timer = setTimeout(() => void inTurn(turn), wait);
    return () => {
      cancelled = true;
      clearTimeout(timer);
    };
  }, [build, theme, width, height, visible, drawing]);

  const isExplored = useExploring(host, drawing, touched);

  return (
    <div
      ref={frame}
      className={css.plot}
      style={{ height }}
      role="img"
      aria-label={label}
      onPointerEnter={() => setTouched(true)}
      onPointerLeave={() => setTouched(false)}
    >
      {!isExplored && drawing?.picture}
      <div ref={host} className={css.plotly} />
    </div>
  );
}
