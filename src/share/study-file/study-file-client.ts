/** The page's side of the study file worker: one worker per file, so that a bad file cannot harm the others. */
import { workerJob } from '../../platform/worker-job.ts';
import type { FoundStudy } from './read-study.ts';
import type { StudyFile } from './study-file.ts';
import { SHARE_CHECKS } from '../words.ts';

export type StudyFileJob =
  | { readonly type: 'read'; readonly kind: 'zip' | 'json'; readonly file: Blob }
  | { readonly type: 'pack'; readonly study: StudyFile };

/** By the type of a job. */
interface Answers {
  readonly read: FoundStudy | null;
  readonly pack: Uint8Array<ArrayBuffer>;
}

export type StudyFileAnswer = Answers[StudyFileJob['type']];

const ask = <T extends StudyFileJob['type']>(job: StudyFileJob & { readonly type: T }): Promise<Answers[T]> =>
  workerJob<StudyFileJob, Answers[T]>({
    start: () =>
      new Worker(new URL('./study-file.worker.ts', import.meta.url), { type: 'module', name: 'copra-study-file' }),
    job,
    stopped: () => SHARE_CHECKS.workerStopped,
  });

/** readStudy in a worker. */
export const readStudyFile = (kind: 'zip' | 'json', file: Blob): Promise<FoundStudy | null> =>
  ask({ type: 'read', kind, file });

/** packStudy in a worker. */
export const packStudyFile = (study: StudyFile): Promise<Uint8Array<ArrayBuffer>> => ask({ type: 'pack', study });
