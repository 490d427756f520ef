/** What ready-made studies and maps are called and run, and the words for how long that takes (preset-time.ts). */
import { counted } from '../../core/counted.ts';
import { catalogue } from '../../core/language/catalogue.ts';

export const PRESET_WORDS = catalogue('presets', {
  /** @param name of a study or map in files and documents */
  called: (name: string): string => name,
  /** The name of a search for a schedule. */
  search: (regime: string) => `Schedule search: ${regime}`,
  groups: {
    comparison: 'The whole comparison',
    figure: 'One figure of the paper',
    behind: 'Behind the figures',
  },
  /** As long as its saved result took. */
  took: (time: string, threads: number) => `${time} with ${counted(threads, 'processor core')}.`,
  /** Where nothing was measured. */
  mayTake: (time: string, threads: number) => `About ${time} with ${counted(threads, 'processor core')}.`,
  minutes: (count: number) => counted(count, 'minute'),
  hours: (count: number) => counted(count, 'hour'),
  descriptions: {
    'ablations-few-shots':
      'The seventeen arms of the ablations on 64 images a class, four seeds each, 1,000 steps: 68 runs.',
    ablations:
      'Seventeen arms, two seeds each, 500 steps: baselines, rsLoRA, LoRA+ and DoRA, and CopRA in every setting its papers vary, as one table. 34 runs are trained.',
    controls:
      'Could something simpler explain it? LoRA averaged over its last steps, stopped at CopRA’s number of updates or training loss, or trained for flat minima, beside LoRA and CopRA in the regime of few images, six seeds each.',
    'federated-few-shots':
      'LoRA and CopRA, six seeds, 64 images a class on five clients with uneven shares of the classes, 15 rounds, two ways of averaging.',
    federated:
      'LoRA and CopRA, six seeds, on five clients with uneven shares of the classes, 15 rounds, two ways of averaging; each of the five trains in every round.',
    'few-shots':
      '64 images a class, seen a hundred times, adapters in both towers, six seeds each: between the papers’ regime, which has 1 to 16 images a class, and plenty of data.',
    full: 'All images, adapters in the vision tower, six seeds each, 2,000 steps: a case in which CopRA does not help everywhere.',
    'geometry-few-shots':
      'Three seeds in the regime of few images, 64 images a class and 2,000 steps: paths with aligned factors, the plane through three adapters, all adapters as points.',
    geometry:
      'Three seeds each, 600 steps: paths with aligned factors, the plane through three adapters, all adapters as points.',
    'learning-rates-few-shots':
      'LoRA and CopRA at five learning rates on 64 images a class, six seeds each, 1,000 steps: 60 runs.',
    'learning-rates': 'LoRA and CopRA at five learning rates, six seeds each, 400 steps: 60 runs.',
    'many-tasks-few-shots':
      'LoRA and CopRA, one adapter for each of four tasks, 64 images a class, six seeds each, 1,000 steps, then merged across tasks.',
    'many-tasks':
      'LoRA and CopRA, one adapter for each of four tasks, six seeds each, 300 steps, then merged across tasks. A stand-in for the paper’s MTL15, whose tasks are not published.',
    'merge-few-shots':
      'The six seeds of the regime of few images, 64 images a class and 2,000 steps, merged in every way.',
    merge: 'Six seeds each, 600 steps, then every way of merging them.',
    quick: 'LoRA and CopRA, two seeds each, 600 steps: landscape, Shapley values and pruning.',
    why: 'Three seeds each on 64 images a class, 600 steps: how updates are spread over directions, how flat the minima are, and what both arms are worth on the way, and how long their steps take.',
    'schedule-search':
      'Ways of training between LoRA and CopRA, tried for longer and longer: which are as accurate as the one and keep as much as the other. Nothing runs.',
    'regime-map':
      'LoRA and CopRA in both towers, four seeds, 600 steps, at four learning rates and four numbers of training images: 16 studies.',
  },
});
