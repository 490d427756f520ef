/** Plotly in React: draws while visible, at most four times a second, follows width and theme, and cleans up after itself. */
import { useEffect, useRef, useState } from 'react';
import css from './charts.module.css';
import { inTurn, loadPlotly, PLOT_CONFIG, type Figure } from './plotly.ts';
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
      void inTurn(async () => (await loadPlotly()).purge(element));
    };
  }, []);

  useEffect(() => {
    const element = host.current;
    if (!element || width === 0) return;
    let cancelled = false;
    const interval = visible ? last.current.interval : HIDDEN_INTERVAL_MS;
    const wait = Math.max(0, last.current.at + interval - performance.now());
    const timer = setTimeout(() => {
      void inTurn(async () => {
        if (cancelled) return;
        const plotly = await loadPlotly();
        const { data, layout } = build(theme, width);
        const start = performance.now();
        await plotly.react(element, data, { ...layout, width, height }, PLOT_CONFIG);
        const end = performance.now();
        last.current = { at: end, interval: Math.max(MIN_INTERVAL_MS, IDLE_FACTOR * (end - start)) };
      });
    }, wait);
    return () => {
      cancelled = true;
      clearTimeout(timer);
    };
  }, [build, theme, width, height, visible]);

  return <div ref={host} className={css.plot} style={{ height }} role="img" aria-label={label} />;
}
