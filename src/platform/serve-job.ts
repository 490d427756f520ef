/** The worker's end of a job that has a worker of its own: worker-job.ts is the page's end. */
import { errorText } from '../core/error-text.ts';
import type { LanguageLoaders } from '../core/language/load.ts';
import { beWatched } from './heartbeat.ts';
import type { JobMessage, JobReply } from './worker-job.ts';

type Perform<Job, Answer, Progress> = (
  job: Job,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
) => Answer | Promise<Answer>;

/**
 * Does the job that the page sends. Call it on the first line of a worker.
 * @param loaders the texts that the worker's code may need
 * @param perform what it throws is told to people; the signal aborts where the page lets the worker close its files (`closesFiles`)
 * @param transfersOf what of an answer is transferred; the rest is copied
 */
export function serveJob<Job, Answer, Progress = never>(
  loaders: LanguageLoaders,
  perform: Perform<Job, Answer, Progress>,
  transfersOf: (answer: Answer) => Transferable[] = () => [],
): void {
  beWatched(loaders);
  const scope = self as unknown as DedicatedWorkerGlobalScope;
  const stop = new AbortController();
  const reply = (message: JobReply<Answer, Progress>, transfers: Transferable[] = []): void =>
    scope.postMessage(message, transfers);
  const work = async (job: Job): Promise<void> => {
    try {
      const answer = await perform(job, (progress) => reply({ type: 'progress', progress }), stop.signal);
      reply({ type: 'done', answer }, transfersOf(answer));
    } catch (error) {
      reply({ type: 'failed', message: errorText(error) });
    }
  };
  scope.onmessage = ({ data }: MessageEvent<JobMessage<Job>>) => {
    if (data.type === 'abort') stop.abort(new Error('cancelled'));
    else void work(data.job);
  };
}
