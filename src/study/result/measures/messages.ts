/** The names of the figures by which arms are compared. In lower case, as within a sentence. */
import { catalogue } from '../../../core/language/catalogue.ts';

type Path = 'factor' | 'product';
type Alignment = 'orthogonal' | 'invertible' | undefined;

const onPath = (path: Path, alignment: Alignment): string =>
  `${path} path${alignment ? `, ${alignment} alignment` : ''}`;

export const MEASURE_WORDS = catalogue('measures', {
  testAccuracy: 'test accuracy, everything on',
  topThird: 'share of Shapley value in the top third of layers',
  interaction: 'mean interaction of two layers',
  paths: {
    midpoint: (path: Path, alignment: Alignment): string => `midpoint accuracy, ${onPath(path, alignment)}`,
    'midpoint gain': (path: Path, alignment: Alignment): string =>
      `gain kept at the midpoint, ${onPath(path, alignment)}`,
    barrier: (path: Path, alignment: Alignment): string => `barrier in accuracy, ${onPath(path, alignment)}`,
    lost: (path: Path, alignment: Alignment): string => `lost half-way, ${onPath(path, alignment)}`,
    won: (path: Path, alignment: Alignment): string => `won half-way, ${onPath(path, alignment)}`,
  },
  masks: {
    'every other': 'every other layer kept',
    even: 'every other layer kept (1, 3, 5 …)',
    odd: 'every other layer kept (2, 4, 6 …)',
    low: 'bottom third kept',
    middle: 'middle third kept',
    high: 'top third kept',
    q: 'only q kept',
    k: 'only k kept',
    v: 'only v kept',
    o: 'only o kept',
  },
  masked: {
    accuracy: (mask: string): string => `accuracy, ${mask}`,
    retained: (mask: string): string => `gain kept, ${mask}`,
  },
  half: {
    factors: 'accuracy at half the entries, entries of A and B removed',
    tensors: 'accuracy at half the entries, entries of every A and every B removed',
    update: 'accuracy at half the entries, entries of ΔW removed',
  },
  area: {
    factors: 'mean accuracy over the sparsities, entries of A and B removed',
    tensors: 'mean accuracy over the sparsities, entries of every A and every B removed',
    update: 'mean accuracy over the sparsities, entries of ΔW removed',
  },
  domains: {
    whole: 'accuracy on other domains, everything on',
    equalTask: 'accuracy on other domains, updates scaled to equal accuracy on the task',
    half: 'accuracy on other domains, half of the layers on',
    factor: 'accuracy on other domains, midpoint of the factor path',
    product: 'accuracy on other domains, midpoint of the product path',
  },
  tasks: {
    single: 'accuracy, one adapter per task',
    factors: 'accuracy, adapters of all tasks merged: A and B averaged',
    updates: 'accuracy, adapters of all tasks merged: ΔW averaged',
  },
  federated: {
    accuracy: 'accuracy of the global model after the last round, FedIT',
    error:
      'error of averaging A and B, share of the largest that the clients’ movement allows, mean over rounds of like movement',
  },
});

export type MaskName = keyof typeof MEASURE_WORDS.masks;
