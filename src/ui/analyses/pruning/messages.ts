/** The words of the figures of pruning. */
import { comparison } from '../../../study/readings/messages.ts';
import { counted } from '../../../core/counted.ts';
import { catalogue } from '../../../core/language/catalogue.ts';

/** Names of structured masks, by their labels in results. */
const masks: Readonly<Record<string, string>> = {
  all: 'Every layer',
  none: 'No layer',
  even: 'Layers 1, 3, 5 …',
  odd: 'Layers 2, 4, 6 …',
  low: 'Bottom third',
  middle: 'Middle third',
  high: 'Top third',
  q: 'Only q',
  k: 'Only k',
  v: 'Only v',
  o: 'Only o',
  fc1: 'Only fc1',
  fc2: 'Only fc2',
  'q+k': 'Only q and k',
  'q+v': 'Only q and v',
  'k+v': 'Only k and v',
  vision: 'Vision tower only',
  text: 'Text tower only',
};

/** In which order ranked masks remove layers. */
const ranked: Readonly<Record<string, string>> = {
  shapley: 'lowest Shapley',
  norm: 'smallest ‖ΔW‖',
  random: 'at random',
};

export const PRUNING_WORDS = catalogue('pruning', {
  layersHelp: [
    'Parts of the trained adapter are switched off, and nothing is retrained. Only the named layers or projections stay on; rows with a minus name how many layers were removed.',
    'Gain kept: 0 % is the backbone without adapter, 100 % the whole adapter. A dot is the mean over seeds, the line through it its 95 % interval over seeds, on these test images alone; with fewer than three seeds it has none. What leaves most comes first.',
    'Ranked masks remove the layers of lowest Shapley value, of smallest ‖ΔW‖, or layers at random. Shapley values know the labels of some of the test images that the masks are then tested on, which favours that order: by one or two points in “Few images”, with 64 of 796 images, and by more where fewer are tested. The other two know no labels.',
  ],
  layersAwaited: 'How much survives when layers are switched off appears here when training is done.',
  masksShown: 'Pruning of layers: masks shown',
  few: 'Halves and thirds',
  all: 'Show all',
  allOf: (count: number): string => `Show all ${count}`,
  quantityShown: 'Pruning of layers: quantity shown',
  gainKept: 'Gain kept',
  accuracy: 'Accuracy',
  masks,
  ranked,
  /** "−6 at random": how many layers were removed, and in which order. */
  removedLayers: (count: string, order: string): string => `−${count} ${order}`,
  interval: (low: string, high: string): string => `${low} to ${high}`,
  /** Behind a value of masks by Shapley value. @param seen images that the values were measured on, of those tested */
  seen: (seen: number, tested: number): string => `ranked on ${seen} of the ${counted(tested, 'test image')}`,
  seenCaption: (seen: number, tested: number): string =>
    `Shapley values rank the layers by ${seen} of the ${counted(tested, 'test image')} that the masks are tested on, which favours them; ‖ΔW‖ and a random order see no label.`,
  accuracyAxis: 'test accuracy, %',
  gainAxis: 'gain kept, %',
  gainAxisOfAll: 'gain kept, % (100 = every layer)',
  gainAxisBetween: (nothing: string): string => `gain kept, % (0 = ${nothing}, 100 = every layer)`,
  /** What 0 is there: the model without layers of the adapter. */
  nothing: { 'zero-shot': 'zero-shot', 'head only': 'head only', unknown: 'no layer' },
  layersHead: ['Mask', 'Arm', 'Kept %', 'Accuracy %', 'sd', 'Gain kept %', '95 % interval over seeds', 'n'],

  weightsHelp: [
    'The entries of smallest magnitude are set to zero, and nothing is retrained. What is smallest depends on where one looks.',
    'All A and B together: as B starts at zero, its entries go first. Every A and every B: each factor loses the same share, as in PEFT. ΔW = B·A: the entries of the update, which is what a merged model holds.',
  ],
  weightsAwaited: 'Accuracy while more and more weights are removed appears here when training is done.',
  /** What DoRA arms are left out of (results/left-out.ts); dative in German. */
  updateEntries: 'pruning the entries of ΔW',
  scopeTitles: {
    factors: 'Smallest of all A and B together',
    tensors: 'Smallest of every A, every B',
    update: 'Smallest of ΔW = B·A',
  },
  scopes: { factors: 'A and B', tensors: 'each A, each B', update: 'ΔW' },
  removedAxis: 'weights removed, %',
  removedWeights: (share: string): string => `${share} % of the weights removed`,
  weightsHead: ['Arm', 'Scope', 'Removed %', 'Accuracy %', 'sd', 'Seeds'],
  layersCaption: {
    everyOther: (gains: string, over: string): string => `With every other layer removed ${gains} (${over})`,
    thirds: (gains: string): string => `with only a third of the layers left ${gains}`,
    cost: (name: string, first: string, isLess: boolean): string =>
      `removing layers costs ${name} ${isLess ? 'less' : 'more'} of its gain than ${first}`,
  },
  weightsCaption: {
    entries: {
      factors: 'the entries of A and B',
      tensors: 'the entries of every A and every B',
      update: 'the entries of ΔW',
    },
    /** Behind the verb that only the first arm has. */
    has: (name: string, accuracy: string, isFirst: boolean): string => `${name} ${isFirst ? 'has ' : ''}${accuracy}`,
    removed: (share: string, entries: string, arms: string, over: string): string =>
      `With ${share} of ${entries} removed ${arms} accuracy (${over})`,
    averaged: (from: string, to: string, accuracies: string): string =>
      `averaged over sparsities of ${from === to ? from : `${from} to ${to}`}\u00a0%: ${accuracies}`,
  },
  weightsComparison: comparison(
    'With half of its numbers set to zero',
    'is right more often',
    'test accuracy with half of their numbers set to zero',
  ),
});
