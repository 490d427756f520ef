/** Plotly in an element: draws what is wanted of it, one chart per idle moment, and cleans up after itself. */
import { useEffect, useRef, useState, type RefObject } from 'react';
import { idle, inTurn } from './drawing-turns.ts';
import { hoverPlacement, loadPlotly, PLOT_CONFIG, type Figure, type Layout } from './plotly.ts';

interface Drawing {
  readonly figure: Figure;
  readonly picture: { readonly layout: Layout } | null;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/**
 * Returns whether Plotly shows something in `host`, if not yet the newest drawing. Once it drew a chart it stays, until a drawing comes that is
 * not `wanted` of it.
 */
export function usePlotly(host: RefObject<HTMLDivElement | null>, drawing: Drawing | null, wanted: boolean): boolean {
  const shown = useRef<Drawing | null>(null);
  const [isDrawn, setDrawn] = useState(false);

  useEffect(() => {
    const element = host.current;
    if (!element || !drawing || shown.current === drawing) return;
    let cancelled = false;
    void inTurn(async () => {
      if (cancelled || (!wanted && !shown.current)) return;
      const plotly = await loadPlotly();
      // Reading the library and drawing with it are two tasks, or the first chart would block the page for both.
      await idle();
      if (cancelled) return;
      if (wanted) {
        const { figure, picture, width, height } = drawing;
        shown.current = drawing;
        await plotly.react(element, figure.data, { ...(picture?.layout ?? figure.layout), width, height }, PLOT_CONFIG);
        (await hoverPlacement()).keepHoverClear(element);
      } else {
        shown.current = null;
        plotly.purge(element);
      }
      setDrawn(wanted);
    });
    return () => {
      cancelled = true;
    };
  }, [host, drawing, wanted]);

  useEffect(() => {
    const element = host.current;
    return () => {
      void inTurn(async () => {
        if (element && shown.current) (await loadPlotly()).purge(element);
        shown.current = null;
      });
    };
  }, [host]);

  return isDrawn;
}
