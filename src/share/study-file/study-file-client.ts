/** The page's side of the study file worker: one worker per file, so that a bad file cannot harm the others. */
import { workerJob } from '../../platform/worker-job.ts';
import type { FoundStudy } from './read-study.ts';
import type { StudyFile } from './study-file.ts';
import type { StudyFileReply, StudyFileRequest } from './study-file-messages.ts';
import { SHARE_CHECKS } from '../words.ts';

const ask = <T extends StudyFileReply['type']>(
  request: StudyFileRequest,
  expected: T,
): Promise<Extract<StudyFileReply, { type: T }>> =>
  workerJob<StudyFileReply, Extract<StudyFileReply, { type: T }>>({
    start: () =>
      new Worker(new URL('./study-file.worker.ts', import.meta.url), { type: 'module', name: 'copra-study-file' }),
    request,
    hear: (reply, done) => {
      if (reply.type === expected) done(reply as Extract<StudyFileReply, { type: T }>);
      else throw new Error(reply.type === 'failed' ? reply.message : `The worker answered "${reply.type}".`);
    },
    stopped: () => SHARE_CHECKS.workerStopped,
  });

/** readStudy in a worker. */
export const readStudyFile = async (kind: 'zip' | 'json', file: Blob): Promise<FoundStudy | null> =>
  (await ask({ type: 'read', kind, file }, 'read')).found;

/** packStudy in a worker. */
export const packStudyFile = async (study: StudyFile): Promise<Uint8Array<ArrayBuffer>> =>
  (await ask({ type: 'pack', study }, 'packed')).bytes;
