/** The words that the page uses and does not explain where they stand. */
import { catalogue } from '../../../core/language/catalogue.ts';

interface TermEntry {
  /** As in the list of all words. */
  readonly name: string;
  /** How it is written in sentences, separated by ", ": every form, in lower case unless it is a sign. */
  readonly forms: string;
  /** What it means, in one or two sentences without other difficult words. */
  readonly text: string;
}

/** By id, in alphabetical order of the English names. Ids are the anchors of docs/glossary.md. */
const ENGLISH = {
  adapter: {
    name: 'Adapter',
    forms: 'adapter, adapters',
    text: 'What training adds to the frozen model: two thin matrices A and B in every adapted layer.',
  },
  arm: {
    name: 'Arm',
    forms: 'arm, arms',
    text: 'One way of training in a study, such as LoRA or CopRA. All arms see the same images in the same order.',
  },
  backbone: {
    name: 'Backbone',
    forms: 'backbone, backbones',
    text: 'The frozen model that adapters are added to. Alone it is the starting point: nothing was trained on these images.',
  },
  barrier: {
    name: 'Barrier',
    forms: 'barrier, barriers',
    text: 'How far accuracy falls below the straight line between two adapters while one is blended into the other. 0 means that they can be averaged without loss.',
  },
  chance: {
    name: 'Chance',
    forms: 'chance, chances',
    text: 'The accuracy of guessing: one divided by the number of classes.',
  },
  chord: {
    name: 'Chord',
    forms: 'chord, chords',
    text: 'The straight line between the accuracies of two adapters: where a blend of them would be if nothing were lost.',
  },
  coalition: {
    name: 'Coalition',
    forms: 'coalition, coalitions',
    text: 'A set of layers that are on together, while all others are off.',
  },
  credit: {
    name: 'Credit',
    forms: 'credit, credits',
    text: 'What a layer contributes to the accuracy: its Shapley value.',
  },
  deltaW: {
    name: 'ΔW',
    forms: 'ΔW',
    text: 'The update of a layer: B·A, what its adapter adds to the frozen weights.',
  },
  dirichlet: {
    name: 'Dirichlet',
    forms: 'dirichlet, dirichlets',
    text: 'A random way to share images out among clients. The smaller α is, the more uneven the shares are.',
  },
  domain: {
    name: 'Domain',
    forms: 'domain, domains',
    text: 'A look that pictures have, such as photo negatives or another artwork style.',
  },
  rank: {
    name: 'Effective rank',
    forms: 'effective rank, effective ranks',
    text: 'In how many directions an update changes a layer, counted by how strong they are.',
  },
  ensemble: {
    name: 'Ensemble',
    forms: 'ensemble, ensembles',
    text: 'Several runs answer together, and their answers are averaged. Nothing is merged, so it costs as much as all of them.',
  },
  factorPath: {
    name: 'Factor path',
    forms: 'factor path, factor paths',
    text: 'From one adapter to another by blending A with A and B with B, as merging LoRA files does.',
  },
  gain: {
    name: 'Gain kept',
    forms: 'gain kept, gain',
    text: 'The gain is what training adds to the accuracy of the backbone. Gain kept is the share of it that is left after layers are switched off or adapters are averaged.',
  },
  interval: {
    name: '95 % interval',
    forms: '95 % interval, 95 % intervals',
    text: 'A range made so that it holds the true value in 95 of 100 such studies. If an interval of a difference contains 0, it is not clear that there is a difference. Images of one motif count together.',
  },
  midpoint: {
    name: 'Midpoint',
    forms: 'midpoint, midpoints, half-way',
    text: 'The average of two adapters: half-way from one to the other.',
  },
  motif: {
    name: 'Motif',
    forms: 'motif, motifs',
    text: 'What a picture shows. One emoji in several styles is one motif, and so are own images that look almost alike.',
  },
  nats: {
    name: 'Nats',
    forms: 'nats',
    text: 'The unit of the loss: how surprised the model is by the right answer. Lower is better.',
  },
  norm: {
    name: '‖ΔW‖',
    forms: '‖ΔW‖',
    text: 'How large an update is: the length of all its entries together.',
  },
  points: {
    name: 'Points',
    forms: 'points',
    text: 'Percentage points: from 60 % to 63 % is 3 points.',
  },
  productPath: {
    name: 'Product path',
    forms: 'product path, product paths',
    text: 'From one adapter to another by blending their updates B·A.',
  },
  samplingError: {
    name: 'Sampling error',
    forms: 'sampling error, sampling errors',
    text: 'How much an accuracy would change by itself if other test images had been drawn. Images of one motif are not independent, so they say less than as many others.',
  },
  seed: {
    name: 'Seed',
    forms: 'seed, seeds',
    text: 'The number that fixes all chance in a run: where training starts, the order of the images, which layers are off. Runs with other seeds train on the same images and show how much is luck.',
  },
  shapley: {
    name: 'Shapley value',
    forms: 'shapley value, shapley values',
    text: 'A fair share of the accuracy for every layer: what it adds to the layers that joined before it, averaged over all orders of joining.',
  },
  stableRank: {
    name: 'Stable rank',
    forms: 'stable rank, stable ranks',
    text: 'The squared length of an update, divided by the square of its largest singular value: how many directions, each as strong as the strongest, would make it up.',
  },
  deviation: {
    name: 'Standard deviation',
    forms: 'standard deviation, standard deviations',
    text: 'How far single values usually lie from their mean.',
  },
  standardError: {
    name: 'Standard error',
    forms: 'standard error, standard errors',
    text: 'How far a mean usually lies from the true one.',
  },
  validation: {
    name: 'Validation',
    forms: 'validation, validations',
    text: 'Checking on images that are neither trained on nor used for the final test.',
  },
  zeroShot: {
    name: 'Zero-shot',
    forms: 'zero-shot, zero-shots',
    text: 'The backbone without training: it compares pictures with the names of the classes.',
  },
} as const satisfies Readonly<Record<string, TermEntry>>;

export type TermId = keyof typeof ENGLISH;

export const GLOSSARY = catalogue<Readonly<Record<TermId, TermEntry>>>('glossary', ENGLISH);
