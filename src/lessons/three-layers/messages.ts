/** The words of the exercise with three layers. */
import { catalogue } from '../../core/language/catalogue.ts';

export const THREE_LAYERS_WORDS = catalogue('threeLayers', {
  coalition: 'Layers on',
  accuracy: 'Accuracy, %',
  layer: (layer: number): string => `Layer ${layer}`,
  joins: 'Joins',
  orders: 'Orders',
  without: 'Without',
  withLayer: 'With',
  adds: 'Adds',
  addsLabel: (layer: number, team: string): string => `What layer ${layer} adds to: ${team}`,
  none: 'none',
  shapleyValue: (layer: number): string => `Shapley value of layer ${layer}`,
  shapleyValues: 'Shapley values',
  /** Heads the values that the learner found. */
  found: 'you found',
  /** Heads those of the accuracies in the table. */
  now: 'now',
  right: 'right',
  notYet: 'not yet',
  showWork: 'Fill in what it adds',
  showValue: 'Show the value',
  weightedMean: (terms: string): string => `Weighted mean: (${terms}) / 6`,
  sumHolds: (sum: string, all: string, nothing: string): string =>
    `Together ${sum}: exactly ${all} with all layers minus ${nothing} with none.`,
  valuesNote: 'Change an accuracy to see what moves, once you have all three values.',
  resetValues: 'Back to the example',
});
