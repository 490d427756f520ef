/** The words of the figure of planes. */
import { catalogue } from '../../../core/language/catalogue.ts';

export const PLANE_WORDS = catalogue('plane', {
  message: 'A cut through three adapters, with the ways that training took to them.',
  help: [
    'All mixtures of three adapters of an arm, and what lies around them: a plane in the space of all A and B. With two seeds the third point is the backbone, the adapter that is zero; of a backbone whose classifier is trained, it has a classifier that is zero as well, which is a guess. One bright region that holds all three means that seeds are connected in more directions than the straight lines between them.',
    'Lines are the ways training took, projected on the plane from the hollow start to the large, trained adapter. Most of such a way is at right angles to the plane, so the colour under a line is not what the run had there.',
    'All panels share one scale; loss is cut at the value that nine in ten points stay below. One plane per arm is a picture, not a statistic.',
  ],
  quantityShown: 'Plane: quantity shown',
  awaited: 'Accuracy over the plane through three adapters appears here row by row when training is done.',
  off: 'Switch on Plane under Analyses, or choose the preset Geometry, to see the surroundings of three adapters.',
  grid: (columns: number, rows: number): string => `${columns} × ${rows} points per plane`,
  /** A plane that adapters of several arms span. */
  firstThree: 'First three adapters',
  backbone: 'backbone',
  zero: 'zero adapter and classifier',
  seed: (seed: number): string => `seed ${seed}`,
  /** Measured values of a point of the plane. */
  accuracy: (value: string): string => `${value} %`,
  loss: (value: string): string => `${value} nats`,
  /** A place of the way of training; null is its end. */
  onWay: (seed: number, step: number | null, distance: string): string =>
    `seed ${seed}, ${step === null ? 'trained' : `step ${step}`}, ${distance} from the plane`,
  distance: 'distance between the factors A and B',
  accuracyScale: 'accuracy, %',
  lossScale: 'loss, nats',
  trained: 'trained',
  head: ['Plane', 'Seed', 'Step', 'x', 'y', 'From the plane'],
  caption: {
    levels: (name: string, corners: string, middle: string, isFirst: boolean): string =>
      isFirst
        ? `${name} ${corners} at the adapters, ${middle} in their middle, read off the grid`
        : `${name} ${corners} and ${middle}`,
    grid: (arms: string, over: string): string => `${arms} (one plane per arm, ${over})`,
    offPlane: (shares: string): string =>
      `training began off the plane by ${shares} of the length of its way, so its lines are projections`,
  },
});
