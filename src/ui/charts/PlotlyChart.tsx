/** Plotly in React: draws while visible, at most four times a second, follows width and theme, and cleans up after itself. */
import { useEffect, useRef, useState } from 'react';
import css from './charts.module.css';
import { firstStir, idle, inTurn } from './drawing-turns.ts';
import { loadPlotly, PLOT_CONFIG, type Figure } from './plotly.ts';
import { useChartTheme, type ChartTheme } from './theme.ts';

/** Charts follow a running study at most four times a second, and less often where drawing is slow: it may take an eighth of the time. */
const MIN_INTERVAL_MS = 250;
const IDLE_FACTOR = 8;
/** Charts out of view are drawn too, for printing and for those who scroll fast, but rarely. */
const HIDDEN_INTERVAL_MS = 3000;

export type BuildFigure = (theme: ChartTheme, width: number) => Figure;

interface PlotlyChartProps {
  /** Memoised by the caller: a new function means new data. */
  readonly build: BuildFigure;
  readonly height: number;
  /** What the chart shows, for screen readers; the numbers are in the table below it. */
  readonly label: string;
}

export function PlotlyChart({ build, height, label }: PlotlyChartProps) {
  const host = useRef<HTMLDivElement>(null);
  const last = useRef({ at: -Infinity, interval: MIN_INTERVAL_MS });
  const drawn = useRef<{ build: BuildFigure; theme: ChartTheme; width: number; height: number } | null>(null);
  const [width, setWidth] = useState(0);
  const [visible, setVisible] = useState(false);
  const theme = useChartTheme();

  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const size = new ResizeObserver(([entry]) => setWidth(Math.floor(entry.contentRect.width)));
    const view = new IntersectionObserver(([entry]) => setVisible(entry.isIntersecting), { rootMargin: '300px' });
    size.observe(element);
    view.observe(element);
    return () => {
      size.disconnect();
      view.disconnect();
      void inTurn(async () => {
        if (drawn.current) (await loadPlotly()).purge(element);
        drawn.current = null;
      });
    };
  }, []);

  useEffect(() => {
    const element = host.current;
    if (!element || width === 0) return;
    const before = drawn.current;
    if (before?.build === build && before.theme === theme && before.width === width && before.height === height) return;
    let cancelled = false;
    const draw = async (): Promise<void> => {
      if (cancelled) return;
      const plotly = await loadPlotly();
      // Reading the library and drawing with it are two tasks, or the first chart would block the page for both.
      await idle();
      if (cancelled) return;
      const { data, layout } = build(theme, width);
      const start = performance.now();
      drawn.current = { build, theme, width, height };
      await plotly.react(element, data, { ...layout, width, height }, PLOT_CONFIG);
      const end = performance.now();
      last.current = { at: end, interval: Math.max(MIN_INTERVAL_MS, IDLE_FACTOR * (end - start)) };
    };
    let timer: ReturnType<typeof setTimeout> | undefined;
    const plan = (): void => {
      if (cancelled) return;
      const interval = visible ? last.current.interval : HIDDEN_INTERVAL_MS;
      timer = setTimeout(() => void inTurn(draw), Math.max(0, last.current.at + interval - performance.now()));
    };
    if (visible) plan();
    else void firstStir().then(plan);
    return () => {
      cancelled = true;
      clearTimeout(timer);
    };
  }, [build, theme, width, height, visible]);

  return <div ref={host} className={css.plot} style={{ height }} role="img" aria-label={label} />;
}
