/** What people read about the precision in which a study is computed. */
import { catalogue } from '../../core/language/catalogue.ts';

export const PRECISION_NOTICES = catalogue('studyPrecision', {
  begunInHalf: (device: string) =>
    `This study was begun in half precision, and ${device} computes in full precision only. Choose WebGPU to go on with it.`,
  tooLargeForHalves: (what: 'weights' | 'activations') =>
    `Computed in full precision: ${what === 'weights' ? 'weights of this backbone are' : 'activations of this backbone can become'} larger than the largest number in half precision, 65,504.`,
});
