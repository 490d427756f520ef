/** Resumes an interrupted study, and brings its own images under Task once it has begun. */
import type { SavedStudy } from '../../study/checkpoint/checkpoint-store.ts';
import type { DatasetStore } from '../dataset/dataset-store.ts';
import type { InterruptedStudies } from './interrupted-store.ts';
import { STUDY_STATE_WORDS } from './messages.ts';
import type { StudyController } from './study-controller.ts';
import { onceBegun, tell, type StudyStore } from './study-store.ts';

interface ResumeOn {
  readonly study: StudyStore;
  readonly controller: Pick<StudyController, 'continueStudy'>;
  readonly interrupted: Pick<InterruptedStudies, 'images'>;
  readonly dataset: Pick<DatasetStore, 'getState' | 'restore'>;
}

/** @param simulates clients that a class trained are simulated; false: it waits for the class */
export async function resumeStudy(
  { study, controller, interrupted, dataset }: ResumeOn,
  saved: SavedStudy,
  simulates: boolean,
): Promise<void> {
  const { config } = saved.head;
  const stored = config.task === 'dropped' ? interrupted.images(saved.id) : Promise.resolve(null);
  const running = controller.continueStudy(saved, stored, simulates);
  const [images, begun] = await Promise.all([stored, onceBegun(study)]);
  // Not where another tab runs it, or has ended it.
  if (images && begun.underWay === config) {
    if (['empty', 'failed'].includes(dataset.getState().phase)) await dataset.restore(images);
    else tell(study, () => STUDY_STATE_WORDS.continuesWithOwn(images.name));
  }
  await running;
}
