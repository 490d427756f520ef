/** The words of pruning by hand. */
import { catalogue } from '../../../../core/language/catalogue.ts';
import { counted } from '../../../../core/counted.ts';

export const PRUNE_BY_HAND_WORDS = catalogue('pruneByHand', {
  layersOn: (on: number, all: number): string => `${on} of ${counted(all, 'layer')} on`,
  looking: 'Looking for what is known of this study.',
  nothingKnown:
    'Needs the adapters of the runs, or every coalition of an exact Shapley analysis; this result carries neither. Run a study here, and its layers can be switched off.',
  /** The adapters are here, and the reader's own images are not. */
  imagesElsewhere:
    'The adapters of the runs are here, but not the images they were tested on. Drop the same images on the page, or choose them under Task among the settings, with the same classes and split, and the layers can be switched off.',
  about: 'pruning by hand',
  help: [
    'Switch layers of the trained adapters off and see what is left; nothing is retrained. A layer that is off is the frozen backbone’s.',
    'After an exact Shapley analysis the accuracy of every set of layers is known, and read off at once. Otherwise the adapters, where they are at hand, are evaluated on up to 256 test images; your own images have to be on this page for that.',
    'The best set is chosen on the images it is measured on: on others it does worse, often by several points, and the worst better. “Sets of layers” chooses on one half of the images and tests on the other.',
  ],
  invitation:
    'Switch a layer off, or press a set above: the test pictures that go wrong, or become right, appear here.',
  testing: 'Testing the pictures …',
  notTested:
    'This set of layers was not tested picture by picture. “All off”, “Only 1, 3, 5 …”, “Only 2, 4, 6 …” and the thirds were, and where the study kept it every single layer off; for any other set, run the study here.',

  layers: 'Layers',
  layersOf: { vision: 'Layers of the vision tower', text: 'Layers of the text tower' },
  layer: (layer: number): string => `Layer ${layer}`,
  layerOf: {
    vision: (layer: number): string => `Layer ${layer} of the vision tower`,
    text: (layer: number): string => `Layer ${layer} of the text tower`,
  },
  output: 'output',
  input: 'input',
  towers: { vision: 'vision', text: 'text' },

  /** @param share null: training gained no more than the sampling error */
  gainKept: (share: string | null): string =>
    share === null ? 'gained too little to say what is kept' : `gain kept ${share} %`,
  against: (points: string): string => `${points} points against every layer on`,
  seed: (seed: number, accuracy: string): string => `seed ${seed}: ${accuracy} %`,
  evaluating: 'Evaluating …',
  waits: 'A study is running: these layers are evaluated when it has ended.',
  /** Of a best or worst set. */
  chosenOn:
    'This set was chosen on the images it is measured on, which flatters a best set: “Sets of layers” tests it on others.',
  accuracyOn: (images: number, seeds: number): string =>
    `Accuracy on ${counted(images, 'test image')}, ± sampling error of one run; ${seeds > 1 ? `mean over ${counted(seeds, 'seed')}` : 'one seed'}. The mark shows the value with every layer on.`,

  sets: 'Sets of layers',
  allOn: 'All on',
  allOff: 'All off',
  /** Sets that stay on; layers count from 0 in the names of the halves. */
  halves: { even: 'Only 1, 3, 5 …', odd: 'Only 2, 4, 6 …' },
  thirds: { low: 'Only bottom third', middle: 'Only middle third', high: 'Only top third' },
  knownSets: 'Known sets',
  best: (layers: string): string => `Best ${layers}`,
  worst: (layers: string): string => `Worst ${layers}`,
  setSize: 'Layers in the set',
  of: 'of',
  armOfSet: 'Arm whose set is meant',

  turning: 'Pictures that turn',
  pictures: 'The pictures',
  picturesOf: 'Pictures of',
  picture: (number: number): string => `Picture ${number}`,
  lost: { title: 'Go wrong', before: 'right with every layer on', after: 'wrong now' },
  won: { title: 'Become right', before: 'wrong with every layer on', after: 'right now' },
  /** @param all pictures of the test; null: all of them were tested */
  tested: (arm: string, seeds: number, pictures: number, all: number | null): string =>
    `${arm}, ${counted(seeds, 'seed')}, ${
      all === null ? counted(pictures, 'test picture') : `${pictures} of ${counted(all, 'test picture')}`
    }.`,
});
