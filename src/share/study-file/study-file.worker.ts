/** Opens and packs study files away from the page's thread. */
import { serveJob } from '../../platform/serve-job.ts';
import { readStudy } from './read-study.ts';
import type { StudyFileAnswer, StudyFileJob } from './study-file-client.ts';
import { packStudy } from './study-file.ts';

function buffersOf(answer: StudyFileAnswer): Transferable[] {
  if (answer instanceof Uint8Array) return [answer.buffer];
  if (answer?.kind !== 'study') return [];
  return [...answer.adapters.map(({ values }) => values.buffer), ...answer.thumbnails.map(({ png }) => png.buffer)];
}

serveJob<StudyFileJob, StudyFileAnswer>(
  { de: async () => (await import('./german.ts')).STUDY_FILE_DE },
  (job) => (job.type === 'pack' ? packStudy(job.study) : readStudy(job.kind, job.file)),
  buffersOf,
);
