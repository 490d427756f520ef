/** Why the file of a search for a schedule is refused. */
import { catalogue } from '../../core/language/catalogue.ts';

export const SCHEDULE_CHECKS = catalogue('studySchedules', {
  noSearch: 'This is no search for a schedule.',
  otherVersion: (version: string) =>
    `The search has version ${version}, and this page reads version 1. Reload the page, or search again.`,
  /** @param where in the file; empty for the whole */
  damaged: (where: string, why: string) => `The search is damaged${where && ` at ${where}`}: ${why}`,
  noRegime: (regime: string, known: string) => `The search is of the regime “${regime}”; this page knows ${known}.`,
  noArm: (candidate: string, where: string, why: string) =>
    `The candidate “${candidate}” changes what no arm can have${where && `, ${where}`}: ${why}`,
  noSetting: (candidate: string, setting: string) =>
    `The candidate “${candidate}” changes “${setting}”, which is no setting of an arm.`,
  noCandidate: (candidate: string) => `The search speaks of “${candidate}”, which is none of its candidates.`,
  candidateTwice: (candidate: string) => `The search has the candidate “${candidate}” twice.`,
  moreThanSeeds: 'A round of the search has more values than seeds, or than pairs of them.',
});
