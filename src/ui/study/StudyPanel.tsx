import { Suspense } from 'react';
import { AnalysesSection } from './AnalysesSection.tsx';
import { useStudy } from '../context.ts';
import { lazily } from '../lazily.tsx';
import { PagePart } from '../lessons/PagePart.tsx';
import { ArmList } from './ArmList.tsx';
import { BackboneSection } from './BackboneSection.tsx';
import { SeedsSection } from './SeedsSection.tsx';
import css from './study.module.css';
import { TaskSection } from './TaskSection.tsx';
import { TrainingSection } from './TrainingSection.tsx';

/** Loaded lazily: most pages show no linked study. */
const LinkedStudy = lazily(async () => (await import('./LinkedStudy.tsx')).LinkedStudy);

/** The study column: what to train. */
export function StudyPanel() {
  const linked = useStudy((state) => (state.readOnly ? state.result : null));
  if (linked)
    return (
      <Suspense>
        <LinkedStudy result={linked} />
      </Suspense>
    );
  return (
    <div className={css.panel}>
      <PagePart name="task">
        <TaskSection />
      </PagePart>
      <PagePart name="arms">
        <ArmList />
      </PagePart>
      <PagePart name="seeds">
        <SeedsSection />
      </PagePart>
      <PagePart name="training">
        <TrainingSection />
      </PagePart>
      <PagePart name="analyses">
        <AnalysesSection />
      </PagePart>
      <PagePart name="backbone">
        <BackboneSection />
      </PagePart>
    </div>
  );
}
