/** What ready-made studies and maps run and how long that takes. Their names are names. */
import { catalogue } from '../../core/language/catalogue.ts';

export const PRESET_WORDS = catalogue('presets', {
  /** The name of a search for a schedule. */
  search: (regime: string) => `Schedule search: ${regime}`,
  groups: {
    comparison: 'The whole comparison',
    figure: 'One figure of the paper',
    behind: 'Behind the figures',
  },
  descriptions: {
    'ablations-few-shots':
      'The seventeen arms of the ablations on 64 images a class, four seeds each, 1,000 steps: 68 runs, about half an hour on two cores.',
    ablations:
      'Seventeen arms, two seeds each, 500 steps: baselines, rsLoRA, LoRA+ and DoRA, and CopRA in every setting its papers vary, as one table. About 11 minutes with two processor cores, because 34 runs are trained.',
    controls:
      'Could something simpler explain it? LoRA averaged over its last steps, stopped at CopRA’s number of updates or training loss, or trained for flat minima, beside LoRA and CopRA in the regime of few images, six seeds each. About 40 minutes on two cores.',
    'federated-few-shots':
      'LoRA and CopRA, six seeds, 64 images a class on five clients with uneven shares of the classes, 15 rounds, two ways of averaging: about 30 minutes on two cores.',
    federated:
      'LoRA and CopRA, three seeds, on five clients with uneven shares of the classes, 15 rounds, two ways of averaging: about 12 minutes on two cores, because each of the five trains in every round.',
    'few-shots':
      '64 images a class, seen a hundred times, adapters in both towers, six seeds each: the papers’ regime.',
    full: 'All images, adapters in the vision tower, four seeds each, 2,000 steps: when CopRA does not help everywhere. About 20 minutes with two processor cores.',
    'geometry-few-shots':
      'Three seeds of the papers’ regime, 64 images a class and 2,000 steps: paths with aligned factors, the plane through three adapters, all adapters as points. About 10 minutes on two cores.',
    geometry:
      'Three seeds each, 600 steps: paths with aligned factors, the plane through three adapters, all adapters as points. About 4 minutes on two cores.',
    'learning-rates-few-shots':
      'LoRA and CopRA at five learning rates on 64 images a class, four seeds each, 1,000 steps: 40 runs, about 20 minutes on two cores.',
    'learning-rates':
      'LoRA and CopRA at five learning rates, two seeds each, 400 steps: 20 runs, about 5 minutes on two cores.',
    'many-tasks-few-shots':
      'LoRA and CopRA trained on four tasks one after the other, 64 images a class, four seeds each, 1,000 steps, then merged across tasks: about 20 minutes on two cores.',
    'many-tasks':
      'LoRA and CopRA trained on four tasks one after the other, four seeds each, 300 steps, then merged across tasks: about 8 minutes on two cores. A stand-in for the paper’s MTL15, whose tasks are not published.',
    'merge-few-shots':
      'The six seeds of the papers’ regime, 64 images a class and 2,000 steps, merged in every way: about 25 minutes on two cores.',
    merge: 'Six seeds each, 600 steps, then every way of merging them: about 4 minutes on two cores.',
    quick: 'LoRA and CopRA, two seeds each, 600 steps, every analysis: about 3 minutes on two cores.',
    why: 'Three seeds each on 64 images a class, 600 steps: how updates are spread over directions, how flat the minima are, and what both arms are worth on the way, and how long their steps take. About 4 minutes on two cores.',
    'schedule-search':
      'Ways of training between LoRA and CopRA, tried for longer and longer: which are as accurate as the one and keep as much as the other. Nothing runs; the search took some hours.',
    'regime-map':
      'LoRA and CopRA in both towers, four seeds, 600 steps, at four learning rates and four numbers of training images: 16 studies of about six minutes each on two cores.',
  },
});
