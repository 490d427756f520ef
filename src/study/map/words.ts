/** What people read about maps that are none, or do not fit together. */
import { catalogue } from '../../core/language/catalogue.ts';
import { either, listed } from '../../core/listed.ts';

export const MAP_CHECKS = catalogue('studyMaps', {
  axisRises: 'The values of an axis rise, and each is there once.',
  axisRange: (setting: string, min: number, max: number) =>
    `A value of “${setting}” is out of its range, ${min} to ${max}.`,
  axesDiffer: 'The two axes of a map are two settings.',
  mapArms: 'The study of a map has two arms: the baseline, then the other.',
  cellOutside: 'A cell lies outside the map.',
  cellTwice: 'A cell of the map is there twice.',
  otherMap: 'The two results are of maps with different settings.',
  /** @param methods those of the arms @param lacking what would give it an effect */
  noEffect: (setting: string, query: string, methods: readonly string[], lacking: string) =>
    `“${setting}” (${query}) has no effect in a study of ${listed(methods)}: the cells along its axis would be the same. Vary another setting, or ${lacking}.`,
  /** Methods that read a setting. */
  methods: (methods: readonly string[]) => `take an arm of ${either(methods)}`,
  /** A choice in an arm: "Adapter taken: mean of last". */
  choice: (choice: string) => `set “${choice}” in an arm`,
  otherSettings: 'change the settings beside it that switch it off',
  noMapSetting: (query: string) => `“${query}” is no setting that a map can vary.`,
});
