/** Why the file of a search for a schedule is refused, in German. */
import type { SCHEDULE_CHECKS } from './messages.ts';

export const studySchedules: typeof SCHEDULE_CHECKS = {
  noSearch: 'Das ist keine Suche nach einem Verlauf.',
  otherVersion: (version) =>
    `Die Suche hat Version ${version}, und diese Seite liest Version 1. Lade die Seite neu, oder suche noch einmal.`,
  damaged: (where, why) => `Die Suche ist beschädigt${where && ` bei ${where}`}: ${why}`,
  noRegime: (regime, known) => `Die Suche gehört zu den Bedingungen „${regime}“; diese Seite kennt ${known}.`,
  noArm: (candidate, where, why) =>
    `Der Kandidat „${candidate}“ ändert etwas, das kein Arm haben kann${where && `, ${where}`}: ${why}`,
  noSetting: (candidate, setting) =>
    `Der Kandidat „${candidate}“ ändert „${setting}“, was keine Einstellung eines Arms ist.`,
  noCandidate: (candidate) => `Die Suche nennt „${candidate}“, das keiner ihrer Kandidaten ist.`,
  candidateTwice: (candidate) => `Die Suche hat den Kandidaten „${candidate}“ zweimal.`,
  moreThanSeeds: 'Eine Runde der Suche hat mehr Werte als Seeds oder als Paare von Seeds.',
};
