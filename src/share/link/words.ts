/** Why the bytes of a link hold no result: LINK_WORDS.invalid says it to the reader. */
import { counted } from '../../core/counted.ts';
import { catalogue } from '../../core/language/catalogue.ts';

export const LINK_CHECKS = catalogue('linkChecks', {
  /** @param what the place in the bytes, below too: there are some two hundred, and other languages leave it out */
  ends: (what: string, wanted: number, left: number) =>
    `The data ends inside ${what}: ${counted(wanted, 'byte')} wanted, ${left} left.`,
  endsInside: (what: string) => `The data ends inside ${what}.`,
  tooLarge: (what: string) => `The number in ${what} is too large.`,
  beyond: (what: string, value: number, limit: number) => `${what} says ${value}, but at most ${limit} are possible.`,
  notText: (what: string) => `${what} is not valid UTF-8.`,
  notFinite: (what: string) => `${what} is not a finite number.`,
  notNumber: (what: string) => `${what} is not a number.`,
  unknownKind: (what: string) => `${what} is of a kind that this version does not know.`,
  tooMany: (what: string) => `${what} is more than any study has.`,
  tooMuch: (what: string) => `A section holds more than any study has, in ${what}.`,
  unknownGrid: (what: string) => `${what} lie on a grid that this version does not know.`,
  ofNoImages: (what: string) => `${what} are counted among no images.`,
  unknownWay: (what: string) => `${what} is stored in an unknown way.`,
  upsideDown: (what: string) => `The scale of ${what} is upside down.`,
  noRepeat: (what: string) => `${what} repeats a step no times.`,

  sectionTwice: 'A section occurs twice.',
  tooDeep: 'The values are nested too deeply.',
  unknownWord: 'A word is used that this version does not know.',
  settingName: 'A setting has no proper name.',

  noDescription: 'The description of the study is missing.',
  description: (why: string) => `The description of the study is not acceptable (${why}).`,
  noSettings: 'The settings are missing.',
  noArmSettings: 'The settings of an arm are missing.',
  settings: (why: string) => `The settings are not acceptable (${why}).`,
  headOnly: (why: string) => `The scores of the head alone are not acceptable (${why}).`,
  diverged: (why: string) => `The list of diverged runs is not acceptable (${why}).`,
  divergedArm: (arm: number, arms: number) => `A diverged run belongs to arm ${arm} of ${arms}.`,
  date: 'The date is out of range.',
  noArm: (arm: number, arms: number) => `Arm ${arm} is not among the ${arms} of the study.`,

  noForm: 'What images add to the variance has no form of one version.',
  designEffect: 'A design effect is at least 1.',
  motifs: (motifs: number, images: number) => `${counted(images, 'image')} cannot show ${counted(motifs, 'motif')}.`,
  scaledAlone: 'Scaled updates stand without tests on other domains.',
  oldConfusions: 'Links of the first format hold no confusions.',
  mergeFactor: 'The factor of a merge is no number.',
  sweepFactors: 'The factors of a sweep are not numbers.',
  prunedName: 'A pruned adapter has no proper name.',
  sparsities: 'The sparsities are not numbers.',
  longPath: 'A path along training has more points than any study tests.',
  domainName: 'The name of a domain is no text.',
  taskName: 'The name of a task is no text.',
  brokenRow: 'A row of a plane is not whole.',
  perturbation: 'The size of a perturbation is no number.',
  projections: 'Players of Shapley values do not match their projections.',
});
