import { useStudy } from '../context.ts';
import { emptyResult } from '../results/empty-result.ts';
import { Announcer } from './Announcer.tsx';
import { CurvesFigure } from './CurvesFigure.tsx';
import css from './live.module.css';
import { GpuPanel } from './gpu/GpuPanel.tsx';
import { ProgressLine } from './ProgressLine.tsx';
import { SourceStrip } from './SourceStrip.tsx';
import { TapeFigure } from './TapeFigure.tsx';
import { Transport } from './Transport.tsx';

/** Watch it train: transport, progress, curves and the tape. */
export function LivePanel() {
  const shown = useStudy((state) => state.result);
  const config = useStudy((state) => state.config);
  const result = shown ?? emptyResult(config);
  return (
    <div className={css.panel}>
      <section className={css.console} aria-label="Run">
        <SourceStrip result={shown} />
        <Transport />
        <ProgressLine />
        <Announcer />
      </section>
      <TapeFigure config={result.config} runs={result.runs} />
      <CurvesFigure result={result} />
      <GpuPanel />
    </div>
  );
}
