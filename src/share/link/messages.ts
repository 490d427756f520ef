/** What people are told about links to results. */
import { catalogue } from '../../core/language/catalogue.ts';
import { listed } from '../../core/listed.ts';
import { integer } from '../../core/number-format.ts';

const TABLES = 'numbers that only data tables show (losses of validations and of pruned adapters)';
const ERRORS = 'errors of Shapley values';
const CURVES = 'curves of training and pruning';
const DISTANCES = 'distances between adapters';
const PATHS = 'points of the paths between adapters';
const BARS = 'Shapley values';

const lossCurves = (points: number): string => `loss curves in full detail (${points} points are kept)`;
const analyses = (most: string): string => `analyses beyond ${most} per arm`;

export const LINK_WORDS = catalogue('links', {
  /** What is missing or rounded, by the codes of reductions.ts. */
  reductions: {
    1: 'the activation tape (which layer was active at which step)',
    2: 'the names of the classes, which are too many or too long',
    3: 'results of arms that are not part of the configuration',
    4: lossCurves(64),
    5: lossCurves(32),
    6: lossCurves(24),
    7: lossCurves(16),
    8: analyses('four seeds (pairs)'),
    9: analyses('two seeds (pairs)'),
    10: analyses('one seed (pair)'),
    11: 'the loss and validation curves',
    12: 'the landscapes, Shapley values and pruning curves',
    13: 'most points of the validation curves',
    14: lossCurves(8),
    15: 'the merges of all seeds',
    16: 'the aggregation errors of federated training',
    17: 'the federated training',
    18: 'adapters on the way through training, between which distances are known',
    19: 'paths with aligned factors and on training images',
    20: 'the planes through three adapters',
    21: 'the distances between adapters',
    24: 'the merges across tasks',
    30: `${TABLES} to 1 %`,
    31: `${ERRORS} to 3 %`,
    32: `${CURVES} to 1 %`,
    33: `${PATHS} to 1 %`,
    34: `${BARS} to 0.4 %`,
    35: `${TABLES} to 4 %`,
    36: `${ERRORS} to 8 %`,
    37: `${BARS} to 1 %`,
    38: `${PATHS} to 2 %`,
    39: `${TABLES} to 8 %`,
    40: `${CURVES} to 2 %`,
    41: `${PATHS} to 4 %`,
    42: `${BARS} to 2 %`,
    43: `${CURVES} to 4 %`,
    44: `${CURVES} to 4 % or two images`,
    45: 'every other point of the paths between adapters',
    46: 'the pruning of single weights',
    47: 'the pruning curves',
    48: 'the Shapley values',
    49: 'the landscapes',
    50: `${PATHS} to 4 % or two images`,
    51: `${CURVES} to 4 % or four images`,
    52: `${PATHS} to 4 % or four images`,
    53: 'accuracies of merges across tasks to two images',
    54: `${DISTANCES} to 0.3 %`,
    55: `${DISTANCES} to 2 %`,
    56: 'the interactions and the sets of layers',
    60: 'the tests on other domains',
    61: 'paths and some of the layers on other domains',
    66: 'the spectra of updates',
    67: 'the sharpness of minima',
    68: 'the measures along training',
    70: 'which class was taken for which',
    74: 'the times of training steps',
    76: 'the interactions and the sets of layers of all but three seeds',
    77: analyses('four seeds (pairs)'),
    78: analyses('two seeds (pairs)'),
    79: analyses('one seed (pair)'),
    80: 'the confusions of the arms for which there is no room',
    81: 'scaled updates on other domains',
    82: 'scaled updates on other domains but those next to equal accuracy on the task',
    83: 'the intervals over images along training',
    84: 'the validations by which the best value of every method is found',
  },
  /** What a section holds, by its tag. */
  sections: {
    1: 'the settings',
    2: 'the test and validation figures',
    3: 'the landscape',
    4: 'the Shapley values',
    5: 'the pruning curves',
    6: 'the loss curves',
    8: 'the merges',
    9: 'the federated training',
    10: 'aligned paths and training images',
    11: 'the planes',
    12: 'the merges across tasks',
    13: 'the distances between adapters',
    14: 'the intervals over images',
    15: 'the interactions and the sets of layers',
    16: 'the tests on other domains',
    17: 'the spectra of updates',
    18: 'the sharpness of minima',
    19: 'the measures along training',
    20: 'the steps at which adapters were taken',
    21: 'which class was taken for which',
    22: 'who took part in federated training',
    24: 'the times of training steps',
    25: 'which federated trainings diverged',
    26: 'which devices trained on images of their own',
    27: 'the intervals over images',
    28: 'the number of motifs',
    29: 'the number of motifs of other domains',
    30: 'the number of motifs of all tasks',
    31: 'the number of motifs of the Shapley values',
    32: 'the scaled updates on other domains',
    33: 'the intervals over images along training',
    34: 'the validations by which the best value of every method is found',
  },
  laterSection: 'a part of a later version',
  unknownReduction: 'something that this version does not know',
  leavesOut: (what: string) => `The link leaves out ${what}.`,
  rounds: (what: readonly string[]) => `The link rounds ${listed(what)}.`,
  unread: (what: readonly string[]) => `Parts of the link could not be read and are not shown: ${listed(what)}.`,
  newer: 'The link was made by a newer version of this page; parts of it are not shown.',
  tooLarge: 'This study is too large for a link. Save a study file instead.',
  noResult: 'This address holds no result.',
  tooLong: (characters: number) => `This link is too long to be one of ours (${integer(characters)} characters).`,
  invalid: (why: string) => `This link holds no valid result: ${why}`,
  otherFormat: (format: string, ours: number) =>
    `This link has format ${format}, and this page reads formats 1 and ${ours}. Reload the page, or open the link in the version that made it.`,
  shortened: 'This link was shortened for display. Copy the address of the link instead of its text.',
  cutOff: (characters: number, of: number) =>
    `This link arrived cut off: ${integer(characters)} of ${integer(of)} characters.`,
  cutOffEarly: (characters: number) => `This link arrived cut off: only ${integer(characters)} characters are left.`,
  added: (characters: number) =>
    `This link has ${integer(characters)} characters too many: something was added to it on the way.`,
  alteredAt: (character: number) =>
    `This link was altered on the way: its character ${character} does not belong there.`,
  alteredStart: 'This link was altered on the way: its first characters do not fit together.',
  alteredSum: 'This link was altered on the way: its checksum does not fit.',
  ofOldCut: 'What came before the cut is shown; a link of this kind does not tell what is missing.',
  arrivedWhole: 'The result itself arrived whole and is shown.',
  missing: (parts: readonly string[]) => `The parts that arrived whole are shown; missing: ${listed(parts)}.`,
});

/** A section that has words. */
export type SectionTag = keyof typeof LINK_WORDS.sections;

/** A code of reductions.ts that has words. */
export type ReductionCode = keyof typeof LINK_WORDS.reductions;
