/** Runs Plotly in an element while a reader explores its chart: draws one chart per idle moment and cleans up after itself. */
import { useEffect, useRef, useState, type RefObject } from 'react';
import { idle, inTurn } from '../drawing-turns.ts';
import type { Explored } from './exploring.ts';

const load = () => import('./exploring.ts');

/**
 * Returns whether Plotly shows a chart in `host`, possibly an outdated one. Once drawn, the chart stays until a drawing arrives that is not
 * `wanted`.
 */
export function useExploring(
  host: RefObject<HTMLDivElement | null>,
  drawing: Explored | null,
  wanted: boolean,
): boolean {
  const shown = useRef<Explored | null>(null);
  const [isShown, setShown] = useState(false);

  useEffect(() => {
    const element = host.current;
    if (!element || !drawing || shown.current === drawing) return;
    let cancelled = false;
    void inTurn(async () => {
      if (cancelled || (!wanted && !shown.current)) return;
      const { explore, leave } = await load();
      // Loading the library and drawing are separate tasks; otherwise the first chart would block the page for both.
      await idle();
      if (cancelled) return;
      if (wanted) {
        shown.current = drawing;
        await explore(element, drawing);
      } else {
        shown.current = null;
        leave(element);
      }
      setShown(wanted);
    });
    return () => {
      cancelled = true;
    };
  }, [host, drawing, wanted]);

  useEffect(() => {
    const element = host.current;
    return () => {
      void inTurn(async () => {
        if (element && shown.current) (await load()).leave(element);
        shown.current = null;
      });
    };
  }, [host]);

  return isShown;
}
