/** The page inside a frame: charts of a result and the way to the whole. Computes nothing and starts no engine. */
import { counted } from '../../core/counted.ts';
import { AwaitedContext, isAwaited } from '../charts/awaited.ts';
import { EmbeddedContext } from '../charts/embedded.ts';
import { useStudy } from '../context.ts';
import { date } from '../format.ts';
import { CurvesFigure } from '../live/CurvesFigure.tsx';
import { TapeFigure } from '../live/TapeFigure.tsx';
import { ClientsFigure } from '../results/federated/ClientsFigure.tsx';
import { ErrorFigure } from '../results/federated/ErrorFigure.tsx';
import { RoundsFigure } from '../results/federated/RoundsFigure.tsx';
import { PlaneFigure } from '../results/plane/PlaneFigure.tsx';
import { PointsFigure } from '../results/geometry/PointsFigure.tsx';
import { LandscapeFigure } from '../results/landscape/LandscapeFigure.tsx';
import { MergingFigure } from '../results/merging/MergingFigure.tsx';
import { MultitaskFigure } from '../results/multitask/MultitaskFigure.tsx';
import { StructuredFigure, UnstructuredFigure } from '../results/pruning/PruningFigures.tsx';
import { ShapleyFigure } from '../results/shapley/ShapleyFigure.tsx';
import { SummaryTable } from '../results/summary/SummaryTable.tsx';
import { SweepFigure } from '../results/sweep/SweepFigure.tsx';
import { useSweepView } from '../results/sweep/sweep-view.ts';
import type { StudyResult } from '../../study/result/result.ts';
import css from './embed.module.css';
import { absence, hasView } from './has-view.ts';
import type { EmbedView } from './views.ts';

/** One chart of a result by its name. */
export function View({ view, result: whole }: { view: EmbedView; result: StudyResult }) {
  const { result, sweep } = useSweepView(whole);
  switch (view) {
    case 'landscape':
      return <LandscapeFigure result={result} />;
    case 'shapley':
      return <ShapleyFigure result={result} />;
    case 'layers':
      return <StructuredFigure result={result} />;
    case 'weights':
      return <UnstructuredFigure result={result} />;
    case 'plane':
      return <PlaneFigure result={result} />;
    case 'points':
      return <PointsFigure result={result} />;
    case 'merging':
      return <MergingFigure result={result} />;
    case 'federated':
      return <RoundsFigure result={result} />;
    case 'federated-error':
      return <ErrorFigure result={result} />;
    case 'federated-clients':
      return <ClientsFigure result={result} />;
    case 'many-tasks':
      return <MultitaskFigure result={result} />;
    case 'sweep':
      return sweep && <SweepFigure result={whole} sweep={sweep} />;
    case 'training':
      return <CurvesFigure result={result} />;
    case 'tape':
      return <TapeFigure config={result.config} runs={result.runs} />;
    case 'summary':
      return <SummaryTable result={result} />;
    case 'all':
      return null;
    default:
      return view satisfies never;
  }
}

/** The same address without the frame. */
function wholePage(): string {
  const url = new URL(location.href);
  url.searchParams.delete('embed');
  url.searchParams.delete('theme');
  return url.href;
}

export function EmbedPage({ views }: { views: readonly EmbedView[] }) {
  const result = useStudy((state) => state.result);
  const source = useStudy((state) => state.source);
  const error = useStudy((state) => state.error);
  const single = views.length === 1;
  return (
    <EmbeddedContext value={single ? 'fill' : 'stacked'}>
      <AwaitedContext value={!result || isAwaited(result)}>
        <main className={css.page} data-single={single || undefined}>
          <h1 className={css.hidden}>CopRA Playground: {result?.task.name ?? 'no result'}</h1>
          {error && (
            <p className={css.error} role="alert">
              {error}
            </p>
          )}
          <div className={css.views}>
            {result &&
              (single ? views : views.filter((view) => hasView(view, result))).map((view) =>
                hasView(view, result) ? (
                  <View key={view} view={view} result={result} />
                ) : (
                  <p key={view} className={css.absent}>
                    {absence(view)}
                  </p>
                ),
              )}
          </div>
          <p className={css.foot}>
            <span className={css.about}>
              {result && source !== 'none'
                ? `${result.task.name} · ${counted(result.config.seeds.length, 'seed')} · ${counted(result.config.training.steps, 'step')} · ${date(result.provenance.date)}`
                : 'No result in this address.'}
            </span>
            <a href={wholePage()} target="_blank" rel="noopener">
              Open in CopRA Playground
            </a>
          </p>
        </main>
      </AwaitedContext>
    </EmbeddedContext>
  );
}
