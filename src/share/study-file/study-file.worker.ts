/** Opens and packs study files away from the page's thread. */
import { errorText } from '../../core/error-text.ts';
import { beWatched } from '../../platform/heartbeat.ts';
import type { StudyFileReply, StudyFileRequest } from './study-file-messages.ts';
import { readStudy } from './read-study.ts';
import { packStudy } from './study-file.ts';

beWatched({ de: async () => (await import('./german.ts')).STUDY_FILE_DE });
const scope = self as unknown as DedicatedWorkerGlobalScope;
const reply = (message: StudyFileReply, transfer: Transferable[] = []): void => scope.postMessage(message, transfer);

async function perform(request: StudyFileRequest): Promise<void> {
  if (request.type === 'pack') {
    const bytes = packStudy(request.study);
    reply({ type: 'packed', bytes }, [bytes.buffer]);
    return;
  }
  const found = await readStudy(request.kind, request.file);
  const buffers =
    found?.kind === 'study'
      ? [...found.adapters.map(({ values }) => values.buffer), ...found.thumbnails.map(({ png }) => png.buffer)]
      : [];
  reply({ type: 'read', found }, buffers);
}

scope.onmessage = ({ data }: MessageEvent<StudyFileRequest>) => {
  perform(data).catch((error: unknown) => reply({ type: 'failed', message: errorText(error) }));
};
