/** What people read about results that contradict themselves, and about studies to which no seeds can be added. */
import { catalogue } from '../../core/language/catalogue.ts';

export const RESULT_CHECKS = catalogue('studyResults', {
  /** @param field of the file @param name what it is of, as below */
  twice: (field: string, name: string) => `“${field}” has ${name} twice.`,
  noArm: (arm: string) => `The study has no arm “${arm}”.`,
  noSeed: (seed: number) => `The study has no seed ${seed}.`,
  /** @param field of the file @param of what it is of, as below; null: nothing else */
  lengths: (field: string, of: string | null, expected: number, other: number) =>
    `“${field}”${of === null ? '' : ` of ${of}`}: lists that belong together have ${expected} and ${other} values.`,
  shapleyImages: (run: string) => `The Shapley values of ${run} are of more images than the task has.`,
  keepsMore: (run: string) => `A pruning of ${run} keeps more than there is.`,
  labels: 'The list of classes is not of the tested images.',
  motifs: 'The motifs are not those of the tested images.',
  kept: 'The images with predictions are not among the tested images, each once.',
  pictures: 'The stored pictures are not as many as it says.',
  predictions: 'Predictions are not of the images whose classes are known.',
  confusions: 'A matrix of confusions is not of the classes of the task.',

  /** How runs are called, and groups of them. */
  run: (arm: string, seed: number) => `arm “${arm}”, seed ${seed}`,
  pair: (arm: string, seeds: readonly number[]) =>
    `arm “${arm}”, seeds ${Math.min(...seeds)} and ${Math.max(...seeds)}`,
  quoted: (name: string) => `“${name}”`,
  ofArm: (arm: string) => `arm “${arm}”`,
  ofSeed: (seed: number) => `seed ${seed}`,
  allRuns: 'all runs',
  noArmGiven: 'no arm',
  backbone: 'the backbone',
  /** @param step null: the last */
  atStep: (run: string, step: number | null) => `${run}, ${step === null ? 'last step' : `step ${step}`}`,

  otherSettings: 'Seeds are added to a study with its own settings; these are others.',
  followsTraining:
    'Planes, distances and measures along training follow adapters through it, and those of earlier runs are gone: the study has to be run anew.',
  otherImages: (task: string, train: number) =>
    `Seeds are added on the same images: the study was of “${task}”, with ${train} to train on.`,
  otherTestImages:
    'Seeds are added on the same images, split alike: the test images are others. Make images and split what they were, or run the study anew.',
  otherFrozen: (isHeadOnly: boolean, before: string, now: string) =>
    `Seeds are added on the same images, with the same backbone: the loss ${isHeadOnly ? 'with the head alone' : 'without an adapter'} is ${now} now and was ${before}. Make images and split what they were, or run the study anew.`,
  noHeadAlone:
    'The study is of an earlier version, which held adapters against no head trained alone: it has to be run anew.',
  adapterGone: (arm: string, seed: number) =>
    `The adapter of ${arm}, seed ${seed}, is not at hand: the study has to be run anew.`,
});
