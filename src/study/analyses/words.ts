/** What people read when an analysis leaves something out or does not fit a study. */
import { counted } from '../../core/counted.ts';
import { catalogue } from '../../core/language/catalogue.ts';
import { integer } from '../../core/number-format.ts';

export const ANALYSIS_NOTICES = catalogue('studyAnalyses', {
  /** Analyses that need updates of low rank: "… are left out of (analysis)". */
  lowRank: {
    spectra: 'the spectra of updates',
    pruning: 'pruning the entries of ΔW',
    merging: 'merging',
    product: 'the product path',
    scaled: 'scaling updates',
    geometry: 'the distances between adapters',
    multitask: 'merging across tasks',
    federated: 'the errors of aggregation',
  },
  nothingToMerge: 'Merging needs at least two runs of an arm: there is nothing to merge.',
  planeOfTwo: 'A plane needs at least two runs of an arm.',
  noPlane: 'Three adapters lie on a line: they do not define one plane.',
  domainLeftOut: (domain: string, images: number, least: number) =>
    `${domain} is left out of the other domains: it has ${counted(images, 'test image')} of these classes, and ${least} are needed.`,
  noDomainFits: (task: string, chosen: string, fitting: string) =>
    `None of the chosen other domains fits the task “${task}” (${chosen}): choose one of ${fitting}.`,
  /** Seeds that would be tested on other images than those of the study. @param before,now names, each with its number of images */
  otherDomains: (before: string, now: string) =>
    `Seeds are added on the same images: besides its own, the study was tested on ${before}, and now it would be on ${now}. Make the other domains what they were, or run the study anew.`,
  tasksNeedNames:
    'Merging across tasks is left out: it needs a backbone that reads class names, as classifiers of different tasks cannot be merged.',
  taskDiverged: (arm: string, seed: number) =>
    `${arm}, seed ${seed}, is left out of merging across tasks: on one of them it diverged.`,
  twoTasks: 'Merging across tasks needs at least two of them.',
  taskTwice: 'A task appears twice.',
  tooManyParts: (classes: number, tasks: number, least: number) =>
    `${counted(classes, 'class', 'classes')} cannot become ${counted(tasks, 'task')} of at least ${counted(least, 'class', 'classes')} each: choose fewer parts, or name classes “part/class”.`,
  noImages: (task: string) => `The task “${task}” has no training or no test images.`,
  clientDiverged: (arm: string, seed: number, round: number, rule: string, rate: number) =>
    `${arm}, seed ${seed}, diverged in round ${round} under ${rule}: a client’s adapter, or what is made of it, has numbers that are not finite any more. These rounds end, and all others go on. Lower the learning rate of ${arm} (now ${rate}).`,
  notOfClients: (arms: string, count: number) =>
    `${arms} ${count > 1 ? 'are' : 'is'} left out of federated training: a federation ends with what its last round made, and takes no other adapter.`,
  fewImages: (seed: number, least: number) =>
    `Seed ${seed}: some clients have fewer than ${counted(least, 'training image')}; no draw of the partition gave everybody more.`,
  ruleWithDora: (rule: string, arm: string, others: string) =>
    `The federated rule ${rule} needs updates of low rank, which those of “${arm}” are not: it is a DoRA arm. Choose only ${others}, or switch DoRA off.`,
  /** Of a federation whose clients are devices of a class. */
  classroom: {
    nobodyHere: (round: number) => `Round ${round} of the federation waits: no device of the classroom is connected.`,
    nobodyAnswered: (round: number) =>
      `Nobody answered in time in round ${round} of the federation: others that are connected are asked, or else everybody again.`,
    tooLarge: (device: string, round: number) =>
      `${device} is not asked from round ${round} on: the weights that it missed are larger than a message may be. Devices that are there from the first round on need less.`,
    cut: (device: string, images: number, most: number) =>
      `${device} says that it has ${counted(images, 'image')} of its own. It counts as ${integer(most)}, like the largest client of the study.`,
    refused: (device: string, round: number, why: string) =>
      `An answer of ${device} in round ${round} is refused: ${why}.`,
    refusals: {
      'no-message': 'it is no message of this version',
      'wrong-client': 'it is of a client that this device does not hold',
      'wrong-length': 'its adapter has another length',
      'not-finite': 'its adapter has numbers that are not finite, or far too large',
      'wrong-images': 'it counts other images than the client has',
    },
    problem: (device: string, text: string) => `${device} cannot train: ${text}`,
  },
  stylesUnknown: (task: string) =>
    `The styles of the images of “${task}” are not known. Choose the Dirichlet partition for its federated clients.`,
});
