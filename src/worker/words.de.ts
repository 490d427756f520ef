/** What people read when the study worker ends or cannot get what it computes from, in German. */
import type { WORKER_WORDS } from './words.ts';

export const worker: typeof WORKER_WORDS = {
  crashed: (reason) =>
    `Der Worker der Studie ist unerwartet stehen geblieben${reason && ` („${reason}“)`}. Was du siehst, bleibt erhalten, und was unterwegs gespeichert wurde, kann weitergehen.`,
  closed: 'Der Worker der Studie wurde geschlossen.',
  noConfig: 'Diesem Backbone fehlt inzwischen die Datei config.json: Hole es noch einmal.',
};
