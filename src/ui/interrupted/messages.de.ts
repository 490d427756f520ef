/** The words of studies that were interrupted, in German. */
import { listed } from '../../core/listed.ts';
import { integer } from '../../core/number-format.ts';
import type { INTERRUPTED_WORDS } from './messages.ts';

export const interrupted: typeof INTERRUPTED_WORDS = {
  label: 'Studien zum Fortsetzen',
  was: (isStopped, adds) =>
    `${adds ? 'Seeds, die zu einer Studie hinzukommen sollten, wurden' : 'Eine Studie wurde'} ${isStopped ? 'gestoppt' : 'unterbrochen'}: `,
  what: (arms, task, step, steps, ago) =>
    `${listed(arms)} auf ${task}, ${step === null ? 'trainiert und noch nicht analysiert' : `Schritt ${integer(step)} von ${integer(steps)}`}, gespeichert ${ago}.`,
  byClass:
    'Die Geräte eines Klassenraums trainieren ihre Clients. Ihre Runden warten, bis der Klassenraum wieder offen und jemand da ist.',
  resumeSimulated: 'Mit simulierten Clients fortsetzen',
  discard: 'Verwerfen',
};
