/** What a study is trained on and what it is tested on besides, of an opened data set with the reader's edits. */
import type { DomainSource } from '../../data/dataset/domain-images.ts';
import { editPlan } from '../../data/dataset/edit.ts';
import { holdOut, matchDomain, type KnownClasses } from '../../data/dataset/held-out.ts';
import type { DatasetPlan } from '../../data/dataset/plan.ts';
import type { DatasetSession } from './dataset-session.ts';
import type { DatasetState } from './dataset-state.ts';
import { namesOf } from './plan-state.ts';

/** What is trained on, and what is tested on besides. */
export interface PlannedStudy {
  readonly plan: DatasetPlan;
  readonly domains: readonly DomainSource[];
}

/** The plan with the reader's names. */
const editedPlan = (plan: DatasetPlan, state: Pick<DatasetState, 'classes' | 'name'>): DatasetPlan => ({
  ...editPlan(plan, namesOf(state)),
  name: state.name,
});

/** The names of classes by which another data set is matched. */
export const knownClasses = (plan: DatasetPlan, { classes }: Pick<DatasetState, 'classes'>): KnownClasses => ({
  classes: plan.classes,
  given: classes,
});

/** The plan of a session with the reader's edits, without what is held out; null while there is no plan. */
export function plannedStudy(session: DatasetSession, state: DatasetState): PlannedStudy | null {
  if (!session.plan || !session.opened) return null;
  const { plan, domains: held } = holdOut(editedPlan(session.plan, state), state.heldOut);
  const own = session.opened;
  const matched = session.added.map(({ name, plan: other, opened }) => ({
    ...matchDomain(knownClasses(plan, state), name, other),
    opened,
  }));
  // Names that do not fit any more after an edit leave nothing of a domain, and the study goes on.
  const problems = matched.flatMap((each) =>
    each.problems.map((problem) => ({ ...problem, severity: 'warning' as const })),
  );
  const fitting = matched.filter(({ images }) => images.length > 0);
  return {
    plan: { ...plan, problems: [...plan.problems, ...problems] },
    domains: [
      ...held.map((domain) => ({ ...domain, prepare: session.prepareOf(domain.name, own) })),
      ...fitting.map(({ name, images, opened }) => ({ name, images, prepare: session.prepareOf(name, opened) })),
    ],
  };
}
