import { AnalysesSection } from './AnalysesSection.tsx';
import { useStudy } from '../context.ts';
import { ArmList } from './ArmList.tsx';
import { BackboneSection } from './BackboneSection.tsx';
import { LinkedStudy } from './LinkedStudy.tsx';
import { SeedsSection } from './SeedsSection.tsx';
import css from './study.module.css';
import { TaskSection } from './TaskSection.tsx';
import { TrainingSection } from './TrainingSection.tsx';

/** What to train. */
export function StudyPanel() {
  const linked = useStudy((state) => (state.readOnly ? state.result : null));
  if (linked) return <LinkedStudy result={linked} />;
  return (
    <div className={css.panel}>
      <TaskSection />
      <ArmList />
      <SeedsSection />
      <div className={css.lastFolds}>
        <TrainingSection />
        <AnalysesSection />
      </div>
      <BackboneSection />
    </div>
  );
}
