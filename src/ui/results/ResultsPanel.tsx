import { memo, Suspense, useMemo, type ComponentType, type ReactNode } from 'react';
import type { StudyResult } from '../../study/result/result.ts';
import { AwaitedContext, isAwaited } from '../charts/awaited.ts';
import { Classroom } from '../classroom/Classroom.tsx';
import { useFiguresResult, useStudy } from '../context.ts';
import { lazily } from '../lazily.ts';
import { PagePart } from '../lessons/PagePart.tsx';
import { LandscapeFigure } from './landscape/LandscapeFigure.tsx';
import { MissingFindings } from './summary/MissingFindings.tsx';
import { HandCard } from './pruning/hand/HandCard.tsx';
import css from './results.module.css';
import { ShapleyFigure } from './shapley/ShapleyFigure.tsx';
import { SummaryTable } from './summary/SummaryTable.tsx';
import { SweepValueChoice } from './sweep/SweepValueChoice.tsx';
import { emptyResult } from './empty-result.ts';
import { figuresOf, type FigureName } from './figures-of.ts';
import { useSweepView } from './sweep/sweep-view.ts';

/** With PEFT, merging and the Python export: more code than the rest of the column, so it comes after first paint. */
const AdaptersPanel = lazily(async () => (await import('./adapters/AdaptersPanel.tsx')).AdaptersPanel);

/** Below what the first screen shows. */
const StructuredFigure = lazily(async () => (await import('./pruning/PruningFigures.tsx')).StructuredFigure);

const UnstructuredFigure = lazily(async () => (await import('./pruning/PruningFigures.tsx')).UnstructuredFigure);

const PlaneFigure = lazily(async () => (await import('./plane/PlaneFigure.tsx')).PlaneFigure);

const PointsFigure = lazily(async () => (await import('./geometry/PointsFigure.tsx')).PointsFigure);

const MergingFigure = lazily(async () => (await import('./merging/MergingFigure.tsx')).MergingFigure);

const FederatedFigures = lazily(async () => (await import('./federated/FederatedFigures.tsx')).FederatedFigures);

const MultitaskFigure = lazily(async () => (await import('./multitask/MultitaskFigure.tsx')).MultitaskFigure);

const SweepFigure = lazily(async () => (await import('./sweep/SweepFigure.tsx')).SweepFigure);

/** Figures beside the training curves; the others follow below both. */
const BESIDE = 2;

/** Two of them side by side. */
const HALF: readonly FigureName[] = ['layers', 'weights'];

const CONTENT: Readonly<Record<FigureName, ComponentType<{ result: StudyResult }>>> = {
  landscape: LandscapeFigure,
  shapley: ShapleyFigure,
  layers: StructuredFigure,
  weights: UnstructuredFigure,
  hand: HandCard,
  plane: PlaneFigure,
  points: PointsFigure,
  merging: MergingFigure,
  federated: FederatedFigures,
  'many-tasks': MultitaskFigure,
};

function ResultFigure({ name, result }: { name: FigureName; result: StudyResult }) {
  const Content = CONTENT[name];
  return (
    <PagePart name={name}>
      <Suspense fallback={HALF.includes(name) && <div className={css.awaited} />}>
        <Content result={result} />
      </Suspense>
    </PagePart>
  );
}

/** What the study means. Without a result the frames stand empty and say what will fill them. */
export function ResultsPanel({ title }: { title: ReactNode }) {
  const shown = useFiguresResult();
  const config = useStudy((state) => state.config);
  const result = useMemo(() => shown ?? emptyResult(config), [shown, config]);
  return <Figures title={title} result={result} />;
}

const Figures = memo(function Figures({ title, result: whole }: { title: ReactNode; result: StudyResult }) {
  const view = useSweepView(whole);
  const { result, sweep } = view;
  const names = figuresOf(result);
  const beside: readonly FigureName[] = names
    .filter((name) => name !== 'layers' && name !== 'weights' && name !== 'hand')
    .slice(0, BESIDE);
  const below = names.filter((name) => !beside.includes(name));
  const halves = HALF.every((name) => below.includes(name));
  return (
    <AwaitedContext value={isAwaited(result)}>
      <div>
        {title}
        <div className={css.panel}>
          <Classroom />
          <MissingFindings result={whole} />
          {sweep && (
            <PagePart name="sweep">
              <Suspense>
                <SweepFigure result={whole} sweep={sweep} />
              </Suspense>
            </PagePart>
          )}
          <SweepValueChoice view={view} where="All other figures: at" />
          <PagePart name="summary">
            <SummaryTable result={result} />
          </PagePart>
          {beside.map((name) => (
            <ResultFigure key={name} name={name} result={result} />
          ))}
        </div>
      </div>
      <div className={css.more}>
        {below.map((name) => (
          <div key={name} className={halves && HALF.includes(name) ? undefined : css.wide}>
            <ResultFigure name={name} result={result} />
          </div>
        ))}
        <div className={css.wide}>
          <PagePart name="adapters">
            <Suspense>
              <AdaptersPanel />
            </Suspense>
          </PagePart>
        </div>
      </div>
    </AwaitedContext>
  );
});
