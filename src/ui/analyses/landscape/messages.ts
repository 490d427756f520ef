/** The words of the landscape between two seeds. */
import { counted } from '../../../core/counted.ts';
import { catalogue } from '../../../core/language/catalogue.ts';
import { integer } from '../../../core/number-format.ts';

export const LANDSCAPE_WORDS = catalogue('landscape', {
  help: {
    blend:
      'Two adapters trained from different seeds are blended: λ = 0 is the one, λ = 1 the other. If accuracy stays level, the two lie in one connected basin and can be merged; a dip is a barrier.',
    paths:
      'The factor path averages A and B separately, as merging LoRA files does. The product path averages the updates B·A.',
    alignments:
      'The same update has many factors. Rotated: those of the second seed are balanced and rotated onto the first’s (orthogonal Procrustes). Best P: they are brought as near as any invertible P can, B·P and P⁻¹·A. Either leaves both updates, and so the product path, as they are.',
    lines:
      'Lines are means over pairs of seeds, bands one standard deviation. The shape along a line says nothing about other directions.',
  },
  factors: 'Landscape: factors',
  images: 'Landscape: images',
  quantity: 'Landscape: quantity shown',
  /** Whose factors are averaged. */
  alignments: { none: 'As they are', orthogonal: 'Rotated', invertible: 'Best P' },
  imageSets: { test: 'Test', train: 'Training' },
  /** Under the coarse path of runs that still train. */
  glimpse: (step: number, points: number, [first, second]: readonly [number, number], images: number): string =>
    `After step ${integer(step)}: ${counted(points, 'blend')} between the seeds ${first} and ${second}, over ${counted(images, 'test image')}. The whole landscape replaces it when training is done.`,
  awaited: 'Accuracy between the adapters of two seeds appears here when training is done.',
  /** Above the panels. */
  paths: {
    factor: 'Factor path: A and B averaged',
    'factor orthogonal': 'Factor path: A and B averaged, rotated',
    'factor invertible': 'Factor path: A and B averaged, best P',
    product: 'Product path: B·A averaged',
  },
  /** An analysis of updates, from which DoRA arms are left out. */
  productPath: 'the product path',
  /** In the table. */
  shortPaths: {
    factor: 'factor',
    'factor orthogonal': 'factor, rotated',
    'factor invertible': 'factor, best P',
    product: 'product',
  },
  lambda: 'λ, from seed a (0) to seed b (1)',
  lambdaShort: 'λ, from seed a to seed b',
  trainingAxes: { accuracy: 'training accuracy, %', loss: 'training loss, nats' },
  head: ['Arm', 'Path', 'λ', 'Accuracy %', 'sd', 'Loss', 'Pairs'],
  trainingHead: 'Training %',
  caption: {
    paths: { factor: 'factor path', product: 'product path' },
    aligned: { orthogonal: ' after rotating the factors', invertible: ' with the best P for the factors' },
    /** @param path with its alignment */
    midpoint: (path: string, gains: string, over: string): string =>
      `At the midpoint of the ${path} ${gains} (${over})`,
    /** @param values of λ that were tested: more of them find deeper places */
    barriers: (points: string, arms: number, values: number): string =>
      `${arms > 1 ? 'barriers' : 'barrier'} ${points} points (largest of ${counted(values, 'value')} of λ)`,
    onTraining: (images: number, points: string): string => `on ${counted(images, 'training image')} ${points}`,
  },
});
