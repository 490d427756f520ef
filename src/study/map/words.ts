/** What people read about maps that are none, or do not fit together. */
import { catalogue } from '../../core/language/catalogue.ts';

export const MAP_CHECKS = catalogue('studyMaps', {
  axisRises: 'The values of an axis rise, and each is there once.',
  axisRange: (setting: string, min: number, max: number) =>
    `A value of “${setting}” is out of its range, ${min} to ${max}.`,
  axesDiffer: 'The two axes of a map are two settings.',
  mapArms: 'The study of a map has two arms: the baseline, then the other.',
  cellOutside: 'A cell lies outside the map.',
  cellTwice: 'A cell of the map is there twice.',
  otherMap: 'The two results are of maps with different settings.',
  noMapSetting: (query: string) => `“${query}” is no setting that a map can vary.`,
});
