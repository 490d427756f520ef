/** The page's side of the study file worker: one worker per file, so that a bad file cannot harm the others. */
import { watched } from '../../platform/heartbeat.ts';
import type { FoundStudy } from './read-study.ts';
import type { StudyFile } from './study-file.ts';
import type { StudyFileReply, StudyFileRequest } from './study-file-messages.ts';
import { SHARE_CHECKS } from '../words.ts';

function ask<T extends StudyFileReply['type']>(
  request: StudyFileRequest,
  expected: T,
): Promise<Extract<StudyFileReply, { type: T }>> {
  return new Promise((resolve, reject) => {
    const worker = watched(
      new Worker(new URL('./study-file.worker.ts', import.meta.url), { type: 'module', name: 'copra-study-file' }),
    );
    worker.onerror = () => {
      worker.terminate();
      reject(new Error(SHARE_CHECKS.workerStopped));
    };
    worker.onmessage = ({ data }: MessageEvent<StudyFileReply>) => {
      worker.terminate();
      if (data.type === expected) resolve(data as Extract<StudyFileReply, { type: T }>);
      else reject(new Error(data.type === 'failed' ? data.message : `The worker answered "${data.type}".`));
    };
    worker.postMessage(request);
  });
}

/** readStudy in a worker. */
export const readStudyFile = async (kind: 'zip' | 'json', file: Blob): Promise<FoundStudy | null> =>
  (await ask({ type: 'read', kind, file }, 'read')).found;

/** packStudy in a worker. */
export const packStudyFile = async (study: StudyFile): Promise<Uint8Array<ArrayBuffer>> =>
  (await ask({ type: 'pack', study }, 'packed')).bytes;
