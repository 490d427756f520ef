/** Why a study cannot be swept, in German. */
import { germanCount } from '../../core/counted.ts';
import type { SWEEP_EDIT_WORDS } from './sweep-words.ts';

export const sweepEdit: typeof SWEEP_EDIT_WORDS = {
  three: 'Ein Durchlauf braucht mindestens drei Werte.',
  noReader: (setting, needed) =>
    `Kein ausgewählter Arm verwendet die Einstellung „${setting}“.${needed === null ? '' : ` Dafür braucht es einen Arm mit „${needed}“.`}`,
  oneArm: 'Ein Durchlauf nimmt je Methode einen Arm: Wähle weniger Arme.',
  tooMany: (arms, most) =>
    `${germanCount(arms, 'Arm wäre', 'Arme wären')} mehr als die ${most}, die eine Studie haben kann.`,
  onlySwept:
    'Arme einer Methode dürfen sich nur in der durchlaufenen Einstellung unterscheiden: Entferne zuerst die anderen.',
  refused: (setting, value, why) => `${setting} ${value}: ${why}`,
};
