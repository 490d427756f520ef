import { memo, Suspense, useMemo, type ReactNode } from 'react';
import type { StudyResult } from '../../study/result.ts';
import { Classroom } from '../classroom/Classroom.tsx';
import { useFiguresResult, useStudy } from '../context.ts';
import { lazily } from '../lazily.ts';
import { PagePart } from '../lessons/PagePart.tsx';
import { LandscapeFigure } from './LandscapeFigure.tsx';
import { HandCard } from './hand/HandCard.tsx';
import css from './results.module.css';
import { ShapleyFigure } from './ShapleyFigure.tsx';
import { SummaryTable } from './SummaryTable.tsx';
import { SweepValueChoice } from './SweepValueChoice.tsx';
import { emptyResult } from './empty-result.ts';
import { useSweepView } from './sweep-view.ts';

/** With PEFT, merging and the Python export: more code than the rest of the column, so it comes after first paint. */
const AdaptersPanel = lazily(async () => (await import('./adapters/AdaptersPanel.tsx')).AdaptersPanel);

/** Below what the first screen shows. */
const StructuredFigure = lazily(async () => (await import('./PruningFigures.tsx')).StructuredFigure);

const UnstructuredFigure = lazily(async () => (await import('./PruningFigures.tsx')).UnstructuredFigure);

const PlaneFigure = lazily(async () => (await import('./geometry/PlaneFigure.tsx')).PlaneFigure);

const PointsFigure = lazily(async () => (await import('./geometry/PointsFigure.tsx')).PointsFigure);

const MergingFigure = lazily(async () => (await import('./MergingFigure.tsx')).MergingFigure);

const FederatedFigures = lazily(async () => (await import('./federated/FederatedFigures.tsx')).FederatedFigures);

const MultitaskFigure = lazily(async () => (await import('./MultitaskFigure.tsx')).MultitaskFigure);

const SweepFigure = lazily(async () => (await import('./SweepFigure.tsx')).SweepFigure);

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
  return (
    <>
      <div>
        {title}
        <div className={css.panel}>
          <Classroom />
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
          <PagePart name="landscape">
            <LandscapeFigure result={result} />
          </PagePart>
          <PagePart name="shapley">
            <ShapleyFigure result={result} />
          </PagePart>
        </div>
      </div>
      <div className={css.more}>
        <PagePart name="layers">
          <Suspense fallback={<div className={css.awaited} />}>
            <StructuredFigure result={result} />
          </Suspense>
        </PagePart>
        <PagePart name="weights">
          <Suspense fallback={<div className={css.awaited} />}>
            <UnstructuredFigure result={result} />
          </Suspense>
        </PagePart>
        {(result.planes ?? result.config.analyses.plane?.enabled) && (
          <div className={css.wide}>
            <PagePart name="plane">
              <Suspense>
                <PlaneFigure result={result} />
              </Suspense>
            </PagePart>
          </div>
        )}
        {(result.geometry ?? result.config.analyses.geometry?.enabled) && (
          <div className={css.wide}>
            <PagePart name="points">
              <Suspense>
                <PointsFigure result={result} />
              </Suspense>
            </PagePart>
          </div>
        )}
        {(result.merging ?? result.config.analyses.merging?.enabled) && (
          <div className={css.wide}>
            <PagePart name="merging">
              <Suspense>
                <MergingFigure result={result} />
              </Suspense>
            </PagePart>
          </div>
        )}
        {(result.federated ?? result.config.analyses.federated?.enabled) && (
          <div className={css.wide}>
            <PagePart name="federated">
              <Suspense>
                <FederatedFigures result={result} />
              </Suspense>
            </PagePart>
          </div>
        )}
        {(result.multitask ?? result.config.analyses.multitask?.enabled) && (
          <div className={css.wide}>
            <PagePart name="many-tasks">
              <Suspense>
                <MultitaskFigure result={result} />
              </Suspense>
            </PagePart>
          </div>
        )}
        <PagePart name="hand">
          <HandCard result={result} />
        </PagePart>
        <PagePart name="adapters">
          <Suspense>
            <AdaptersPanel />
          </Suspense>
        </PagePart>
      </div>
    </>
  );
});
