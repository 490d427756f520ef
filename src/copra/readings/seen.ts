/** Messages of figures that say what is seen in them. Apart from those of comparisons, which the first screen needs. */
import { catalogue } from '../../core/language/catalogue.ts';

export const SEEN = catalogue('seen', {
  layerSets: 'What is left with some of the layers on: the first, the last, the best, or any.',
  evolution: 'How much of the credit the layers near the output earn while training goes on.',
  merging: 'All seeds of an arm become one adapter, in every way of merging.',
  plane: 'A cut through three adapters, with the ways that training took to them.',
  points: 'Every point is an adapter; near ones changed the weights alike.',
  factorPoints: 'Every point is an adapter; near ones have like factors, as those of one seed have from the start.',
  attendance: 'Which devices answered in time, round by round.',
  partition: 'Every client holds its own mix of classes.',
  spectra: 'Over how many directions the update of a layer is spread.',
  sweep: 'The same study at every value of one setting.',
  map: 'Every cell is a study of its own; its colour says which arm is better there.',
  classroom: 'Every column is the study of one file, every point a seed or a pair of seeds.',
  pictures: 'Which test pictures each of them gets right, and which are lost on the way.',
  pathPictures: 'Which pictures turn wrong or right on the way from one seed to the other.',
  classPaths: 'Classes lose differently on the way from one seed to the other.',
  picturePath: 'How sure the blend of two adapters is of this picture.',
  imageLayers: 'Pictures need different layers.',
  classes: 'Some classes are harder than others.',
  estimators: 'Sampled Shapley values come nearer the exact ones as more coalitions are tried.',
});
