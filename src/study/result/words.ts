/** What people read about results that contradict themselves, and about studies to which no seeds can be added. */
import { catalogue } from '../../core/language/catalogue.ts';

export const RESULT_CHECKS = catalogue('study-results', {
  /** @param what one of `parts` @param name what it is of, as below */
  twice: (what: string, name: string) => `${what} of ${name} is there twice.`,
  noArm: (arm: string) => `The study has no arm “${arm}”.`,
  noSeed: (seed: number) => `The study has no seed ${seed}.`,
  /** @param what one of `lists` */
  lengths: (what: string, expected: number, other: number) =>
    `${what} has lists of ${expected} and of ${other} values.`,
  shapleyImages: (run: string) => `The Shapley values of ${run} are of more images than the task has.`,
  keepsMore: (run: string) => `A pruning of ${run} keeps more than there is.`,
  labels: 'The list of classes is not of the tested images.',
  kept: 'The images with predictions are not among the tested images, each once.',
  pictures: 'The stored pictures are not as many as it says.',
  predictions: 'Predictions are not of the images whose classes are known.',
  confusions: 'A matrix of confusions is not of the classes of the task.',

  /** How runs are called, and groups of them. */
  run: (arm: string, seed: number) => `arm “${arm}”, seed ${seed}`,
  pair: (arm: string, seeds: readonly number[]) =>
    `arm “${arm}”, seeds ${Math.min(...seeds)} and ${Math.max(...seeds)}`,
  ofArm: (arm: string) => `arm “${arm}”`,
  ofSeed: (seed: number) => `seed ${seed}`,
  allRuns: 'all runs',
  noArmGiven: 'no arm',
  backbone: 'the backbone',
  /** @param step null: the last */
  atStep: (run: string, step: number | null) => `${run}, ${step === null ? 'last step' : `step ${step}`}`,
  /** What is there once, of each of those. */
  parts: {
    run: 'The run',
    path: 'The path',
    shapley: 'The Shapley analysis',
    pruning: 'The pruning',
    merge: 'The merge',
    plane: 'The plane',
    multitask: 'The merge across tasks',
    federated: 'The federated training',
    partition: 'The partition',
    point: 'The point',
    domains: 'The test on other domains',
    domainPath: 'The path on other domains',
    spectra: 'The list of spectra',
    sharpness: 'The sharpness',
    timeline: 'The timeline',
    pairTimeline: 'The timeline of a pair',
    timing: 'The time of a step',
    predictions: 'The list of predictions',
    confusions: 'The matrix of confusions',
  },
  /** What has lists that belong together. */
  lists: {
    losses: (run: string) => `The list of losses of ${run}`,
    path: (arm: string) => `A path of arm “${arm}”`,
    trainPath: (arm: string) => `A path of arm “${arm}” on training images`,
    shapley: (run: string) => `The list of Shapley values of ${run}`,
    interactions: (run: string) => `The list of interactions of ${run}`,
    layerSets: (run: string) => `The list of sets of layers of ${run}`,
    pruning: (run: string) => `A pruning curve of ${run}`,
    sweep: 'A sweep over λ',
    plane: 'A plane',
    multitask: 'A merge across tasks',
    partition: 'A partition',
    rounds: (run: string) => `The list of rounds of ${run}`,
    attendance: (run: string) => `The attendance of ${run}`,
    round: (run: string) => `A round of ${run}`,
    roundNames: (run: string) => `The list of names of a round of ${run}`,
    errors: (run: string) => `The list of aggregation errors of ${run}`,
    norms: 'The list of norms of the adapters',
    distances: 'The list of distances between adapters',
    frozenDomains: 'The backbone on other domains',
    domains: (run: string) => `A test of ${run} on other domains`,
    domainPath: (arm: string) => `A path of arm “${arm}” on other domains`,
    variances: (arm: string) => `The list of variances of arm “${arm}”`,
    spectra: (run: string) => `The list of spectra of ${run}`,
    singularValues: (run: string) => `The list of singular values of ${run}`,
    sharpness: (run: string) => `The list of scores of perturbed adapters of ${run}`,
    timeline: (run: string) => `The timeline of ${run}`,
    timelineTests: (run: string) => `A list along the training of ${run}`,
    timelinePath: (arm: string) => `A path of arm “${arm}” along training`,
    timing: (run: string) => `The list of times of steps of ${run}`,
    predictions: 'The list of predictions',
    confusions: 'The matrix of confusions',
  },

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
  otherMap: 'The two results are of maps with different settings.',
  noMapSetting: (query: string) => `“${query}” is no setting that a map can vary.`,
});
