/** Why a study cannot be swept. Loaded with the controls of a sweep. */
import { counted } from '../../core/counted.ts';
import { catalogue } from '../../core/language/catalogue.ts';

export const SWEEP_EDIT_WORDS = catalogue('sweepEdit', {
  three: 'A sweep takes at least three values.',
  /** @param needed a choice that gives it an effect: "Adapter taken: mean of last" */
  noReader: (setting: string, needed: string | null) =>
    `No chosen arm reads the setting “${setting}”.${needed === null ? '' : ` It takes an arm with “${needed}”.`}`,
  oneArm: 'A sweep takes one arm of a method: choose fewer arms.',
  tooMany: (arms: number, most: number) => `${counted(arms, 'arm')} would be more than the ${most} a study can have.`,
  onlySwept: 'Arms of one method may differ in the swept setting only: remove the others first.',
  refused: (setting: string, value: string, why: string) => `${setting} ${value}: ${why}`,
});
