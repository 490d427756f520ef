/** What people read when the study worker ends or cannot get what it computes from. */
import { catalogue } from '../core/language/catalogue.ts';

export const WORKER_WORDS = catalogue('worker', {
  /** @param reason of the browser; empty if it gives none */
  crashed: (reason: string) =>
    `The study worker stopped unexpectedly${reason && ` (${reason})`}. What is shown is kept, and what was saved on the way can go on.`,
  closed: 'The study worker was closed.',
  noConfig: 'This backbone has no config.json any more: fetch it again.',
});
