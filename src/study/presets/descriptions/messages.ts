/** What every ready-made study, map and search asks, for menus and pages: by its id. */
import { catalogue } from '../../../core/language/catalogue.ts';

export const PRESET_DESCRIPTIONS = catalogue('presetDescriptions', {
  'ablations-few-shots':
    'Which part of CopRA matters, and how do other methods compare? Seventeen arms on 64 images a class, four seeds each, 1,000 steps: baselines, rsLoRA, LoRA+ and DoRA, and CopRA in every setting its papers vary.',
  ablations: 'The same question with all images: the seventeen arms, six seeds each, 500 steps.',
  controls:
    'Could something simpler explain it? LoRA averaged over its last steps, stopped at CopRA’s number of updates or training loss, trained for flat minima, or with layers dropped at one rate throughout, beside LoRA and CopRA in the regime of few images, six seeds each.',
  'federated-few-shots':
    'What if images stay on five devices with uneven shares of the classes? LoRA and CopRA on 64 images a class, six seeds, 15 rounds, two ways of averaging.',
  federated: 'The same question with all images: six seeds, 15 rounds in which all five devices train.',
  'few-shots':
    'What does CopRA buy where images are few? 64 images a class, seen a hundred times, adapters in both towers, six seeds each. CLIP-LoRA, on which CoTo builds, has 1 to 16 a class; the CopRA paper does not say.',
  full: 'And where there are plenty? All images, adapters in the vision tower, six seeds each, 2,000 steps: a case in which CopRA does not help everywhere.',
  'geometry-few-shots':
    'Do the seeds of “Few images” end close to each other? Three seeds, 64 images a class, 2,000 steps: paths with aligned factors, the plane through three adapters, all adapters as points.',
  geometry: 'The same question with all images: three seeds each, 600 steps.',
  'learning-rates-few-shots':
    'Does the comparison depend on the learning rate? LoRA and CopRA at five of them on 64 images a class, six seeds each, 1,000 steps: 60 runs.',
  'learning-rates': 'The same question with all images: five learning rates, six seeds each, 400 steps: 60 runs.',
  'many-tasks-few-shots':
    'Can one adapter do four tasks? LoRA and CopRA train one for each, on 64 images a class, six seeds each, 1,000 steps; then the four are merged.',
  'many-tasks':
    'The same question with all images: six seeds each, 300 steps. A stand-in for the paper’s MTL15, whose tasks are not published.',
  'merge-few-shots':
    'Which way of merging adapters is best? The six seeds of “Few images”, 64 images a class and 2,000 steps, merged in every way.',
  merge: 'The same question with all images: six seeds each, 600 steps.',
  quick:
    'The first study to run yourself: LoRA and CopRA, two seeds each, 600 steps, with the landscape between seeds, Shapley values and pruning.',
  why: 'What does training with dropped layers change inside? Three seeds each on 64 images a class, 600 steps: how updates are spread over directions, how flat the minima are, what both arms are worth on the way, and how long their steps take.',
  'sixteen-shots':
    'Does CoTo’s table r3 hold in its own setting? 16 images a class, each seen as often as there, adapters of rank 2 in both towers, six seeds, 1,500 steps: its four baselines, and CopRA without its ramp, or without its last quarter of plain LoRA as well.',
  'schedule-search':
    'Is there a way of training as accurate as LoRA that keeps as much as CopRA? Many between the two are tried for longer and longer. Nothing runs.',
  'regime-map':
    'With which learning rates and how many images is CopRA ahead? LoRA and CopRA in both towers, four seeds, 600 steps, at four of each: 16 studies.',
  draws:
    'Does “Few images” find the same with other training images? All its seeds train on one draw of them; here are four others, each a study of its own: 64 images a class, six seeds, 2,000 steps.',
});
