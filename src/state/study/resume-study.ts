/** Resumes an interrupted study, and brings its own images under Task once it has begun. */
import type { SavedStudy } from '../../study/checkpoint/checkpoint-store.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import type { DatasetStore } from '../dataset/dataset-store.ts';
import type { InterruptedStudies } from './interrupted-store.ts';
import { STUDY_STATE_WORDS } from './messages.ts';
import type { StudyController } from './study-controller.ts';
import type { StudyStore } from './study-store.ts';

interface ResumeOn {
  readonly study: StudyStore;
  readonly controller: Pick<StudyController, 'continueStudy'>;
  readonly interrupted: Pick<InterruptedStudies, 'images'>;
  readonly dataset: Pick<DatasetStore, 'getState' | 'restore'>;
}

/** Whether the study that starts with these settings begins: another tab may run it, or have ended it. */
const begins = (study: StudyStore, config: StudyConfig): Promise<boolean> =>
  new Promise((resolve) => {
    const look = (): void => {
      const { status, underWay } = study.getState();
      const isOurs = underWay === config;
      if (isOurs && status === 'starting') return;
      stop();
      resolve(isOurs);
    };
    const stop = study.subscribe(look);
    look();
  });

/** @param simulates clients that a class trained are simulated; false: it waits for the class */
export async function resumeStudy(
  { study, controller, interrupted, dataset }: ResumeOn,
  saved: SavedStudy,
  simulates: boolean,
): Promise<void> {
  const { config } = saved.head;
  const stored = config.task === 'dropped' ? interrupted.images(saved.id) : Promise.resolve(null);
  const running = controller.continueStudy(saved, stored, simulates);
  const [images, hasBegun] = await Promise.all([stored, begins(study, config)]);
  if (images && hasBegun) {
    if (['empty', 'failed'].includes(dataset.getState().phase)) await dataset.restore(images);
    else {
      const notice = STUDY_STATE_WORDS.continuesWithOwn(images.name);
      study.setState(({ notices }) => ({ notices: [...notices, notice] }));
    }
  }
  await running;
}
