/** The words of studies that were interrupted. */
import { catalogue } from '../../core/language/catalogue.ts';
import { listed } from '../../core/listed.ts';
import { integer } from '../../core/number-format.ts';

export const INTERRUPTED_WORDS = catalogue('interrupted', {
  label: 'Studies to resume',
  /** What was stopped, or interrupted. @param adds seeds were being added to a study */
  was: (isStopped: boolean, adds: boolean) =>
    `${adds ? 'Seeds that were being added to a study were' : 'A study was'} ${isStopped ? 'stopped' : 'interrupted'}: `,
  /** @param arms their names @param task its name @param step reached; null once all are done @param ago when it was saved */
  what: (arms: readonly string[], task: string, step: number | null, steps: number, ago: string) =>
    `${listed(arms)} on ${task}, ${step === null ? 'trained and not yet analysed' : `step ${integer(step)} of ${integer(steps)}`}, saved ${ago}.`,
  /** Of a study whose clients are devices of a class. */
  byClass:
    'The devices of a classroom train its clients. Its rounds wait until the classroom is open again and somebody is there.',
  resumeSimulated: 'Resume, clients simulated',
  discard: 'Discard',
});
