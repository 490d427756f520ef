/** What the page says of study files: whether they open, whether they unite, and what a class should know of theirs. Loaded with the first of them. */
import { counted } from '../../core/counted.ts';
import { catalogue } from '../../core/language/catalogue.ts';
import { listed } from '../../core/listed.ts';
import { fixed } from '../../core/number-format.ts';

export const STUDY_FILE_WORDS = catalogue('studyFiles', {
  unite: {
    tasks: (first: string, firstClasses: number, second: string, secondClasses: number) =>
      `One is of “${first}” with ${counted(firstClasses, 'class', 'classes')}, the other of “${second}” with ${secondClasses}.`,
    images: (side: 'train' | 'test', first: number, second: number) =>
      `One has ${counted(first, side === 'train' ? 'training image' : 'test image')}, the other ${second}.`,
    losses: (isHeadOnly: boolean, first: number, second: number) =>
      `Their images or backbones are not the same: ${isHeadOnly ? 'with the head alone' : 'without an adapter'} the loss is ${fixed(first, 3)} in one and ${fixed(second, 3)} in the other.`,
    settings: (settings: string) => `Their settings differ: ${settings}.`,
    newerSettings: 'A newer version of the page made one of them, with settings that this version does not know.',
    order: 'Their test images are others, or lie in another order: earlier versions kept own images class by class.',
    otherPixels:
      'The images of the studies have different pixels: either they are others, or different browsers decoded the same files. The backbone’s loss on the test images is about the same in all of them; the other images cannot be checked. Only the same images make one study.',
    besides: (first: string, second: string) =>
      `They were tested on different images besides those of the task: one on ${first}, the other on ${second}.`,
    armIds: 'Their arms have other ids.',
    tooManySeeds: (seeds: number, most: number) =>
      `Together they have ${counted(seeds, 'seed')}; a study has at most ${most}.`,
    devices: (devices: readonly string[]) =>
      `The studies were computed on ${listed(devices)}: equal runs agree up to rounding, not bit for bit.`,
    otherNumbers: (runs: number) =>
      `${counted(runs, 'run is', 'runs are')} in both with other numbers; the first study’s were kept.`,
  },
  class: {
    settings: (settings: string) =>
      `Not all of them have the same settings (${settings}), so their numbers do not compare directly.`,
    repeated: (repeated: number, runs: number) =>
      `${repeated} of the ${counted(runs, 'run')} ${repeated === 1 ? 'repeats' : 'repeat'} a run of somebody else (same settings, same seed): a check that it repeats, no new evidence.`,
  },
  file: {
    tooLarge: 'It is larger than any study.',
    running: 'A study is running here. Stop it, then open the file again.',
    meanwhile: 'Something else was opened or set while it was read. Open it again.',
    notOpened: (file: string, why: string) => `${file} was not opened. ${why}`,
    tookPlace: (file: string, why: string) =>
      `${file} took the place of the study that was shown, as they are not one study. ${why}`,
    strangers: (files: number) => `${files} of the files ${files === 1 ? 'is' : 'are'} no result of this page.`,
    /** @param problems sentences @param more how many are not shown */
    problems: (problems: readonly string[], more: number) =>
      `${problems.join(' ')}${more > 0 ? ` And ${more} more.` : ''}`,
  },
});
