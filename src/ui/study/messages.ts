/** The words of the study's settings. Names and explanations of single settings stand with the settings: src/study/config. */
import { counted } from '../../core/counted.ts';
import { catalogue } from '../../core/language/catalogue.ts';
import { grouped, integer } from '../../core/number-format.ts';
import type { WhyAgain } from '../../state/study/more-seeds.ts';
import type { NumbersRow } from '../../study/config/settings/rows.ts';
import { numberListText } from '../../core/number-list.ts';

/** Why seeds cannot be added to a study as it is: the beginning of a sentence. */
const WHY_AGAIN: Readonly<Record<WhyAgain, string>> = {
  images: 'The images or their split are no longer those of the result shown',
  size: 'The images here were read at another size than those of the result shown',
  stopped: 'The study shown was stopped before its end',
  followed: 'Figures of this study need adapters from during training, which are not kept',
  adapters: 'The adapters this needs are not at hand',
};

export const STUDY_WORDS = catalogue('study', {
  on: 'on',
  off: 'off',
  /** What a list of numbers may hold. */
  numbersWanted: ({ fewest, most, min, max, usual }: NumbersRow) =>
    `Takes numbers from ${grouped(min, 6)} to ${grouped(max, 6)}, ${integer(fewest)} to ${integer(most)} of them; the usual ones are ${numberListText(usual)}.`,
  task: {
    title: 'Task',
    myImages: 'My images',
    ownDescription: 'Your own images. They stay on this device.',
    newConcepts: 'Test images show concepts that no training image shows.',
  },
  arms: {
    title: 'Arms',
    add: 'Add arm',
    methodOfNew: 'Method of the new arm',
    methods: 'Methods',
    /** Above schedules that a search found and a test confirmed. */
    searched: 'Found by a search',
    nameOf: (arm: string) => `Name of the arm ${arm}`,
    duplicate: (arm: string) => `Duplicate ${arm}`,
    remove: (arm: string) => `Remove ${arm}`,
    /** @param setting in full @returns its name for screen readers */
    settingOf: (arm: string, setting: string) => `${arm}: ${setting}`,
    methodOf: (arm: string) => `${arm}: method`,
    rate: (rate: string) => `lr ${rate}`,
  },
  seeds: {
    title: 'Seeds per arm',
    about: 'seeds',
    help: 'A seed fixes initial factors, image order, augmentation and gates. Arms share their seeds, so that they differ only in their method and settings. Two seeds give one pair for the landscape, five give ten.',
    renew: 'Draw seeds',
    one: 'The landscape needs at least two seeds; with one it is left out.',
    more: 'More seeds',
    /** What pressing "More seeds" does, where the adapters are at hand. */
    moreKept: (added: readonly number[]) =>
      `trains ${added.length === 1 ? `seed ${added[0]}` : `seeds ${added.join(' and ')}`} of every arm and adds them to the result shown. Nothing of it is repeated.`,
    /** @param own the seeds of the study shown, by name @param why it cannot be added to as it is @param size of the study with all its seeds */
    moreRepeated: (added: readonly number[], count: number, own: string, why: WhyAgain, size: string) =>
      `trains ${added.length === 1 ? `seed ${added[0]}` : `seeds ${added.join(' and ')}`} of every arm of the result shown. ${WHY_AGAIN[why]}, so ${own} ${count === 1 ? 'is' : 'are'} trained again: ${size} in all.`,
  },
  training: {
    title: 'Training',
    summary: (steps: number, batchSize: number) => `${counted(steps, 'step')} · batch ${batchSize}`,
    validatedEvery: (steps: number) => `Validated every ${counted(steps, 'step')}, so that the curve has six points.`,
  },
  analyses: { title: 'Analyses', all: 'all', none: 'none' },
  backbone: {
    title: 'Backbone',
    card: 'Model card',
    choose: 'Choose a backbone',
    missing: (id: string) => `The backbone ${id} of this study is not on this device. Get it below, or choose another.`,
    /** After the backbone's name. */
    frozen: ', frozen.',
    inputSize: 'Input size',
    inputSizeHelp: (patchSize: number) =>
      `Side of the images in pixels, a multiple of the patch size (${patchSize}). Smaller images are much faster; the position embeddings are interpolated.`,
    left: (name: string) =>
      `${name} is under “Models on this device”: another backbone was chosen or another study was opened while it came.`,
    another: 'Get another backbone',
    onDevice: 'Models on this device',
    stored: (count: number, size: string) => (count === 0 ? 'none' : `${counted(count, 'model')}, ${size}`),
  },
  linked: {
    /** @param setting within a sentence */
    swept: (methods: string, values: number, setting: string) =>
      `${methods} at ${counted(values, 'value')} of ${setting}`,
    /** @param arms in words */
    size: (arms: string, seeds: number, steps: number, classes: number, train: number, test: number) =>
      `${arms}: ${counted(seeds, 'seed')} each, ${counted(steps, 'step')}; ${counted(classes, 'class', 'classes')}, ${integer(train)} training and ${counted(test, 'test image')}.`,
    classes: 'Classes',
    /** @param source where it comes from: its author’s images are in neither */
    ownImages: (source: 'link' | 'file') =>
      `It was trained on its author’s own images, which the ${source} does not hold. Start from it and drop yours.`,
    runAgain: 'Run it again here',
    startFrom: 'Start from this',
    note: 'Running repeats it with the same seeds on this device and replaces the numbers. Starting from it makes the settings yours to change; the result stays until you run.',
    allSettings: 'All settings',
    settingsOfArms: 'Settings of the arms',
    arm: 'Arm',
  },
  sweep: {
    title: 'Sweep a setting',
    summary: (setting: string, values: number) => `${setting}, ${counted(values, 'value')}`,
    inPlace: (setting: string, values: readonly string[], arms: number) =>
      `${setting} at ${values.join(', ')}: ${counted(arms, 'arm')}.`,
    end: (setting: string, value: string) => `End the sweep, keep ${setting} ${value}`,
    setting: 'Setting',
    settingHelp:
      'What the arms of the sweep differ in; everything else stays equal. Only settings that a method reads can be swept for it.',
    settingDefault: 'learning rate',
    settingToSweep: 'Setting to sweep',
    arms: 'Arms',
    armsHelp: 'Which arms are trained at every value. The others stay as they are.',
    armsDefault: 'all that read the setting',
    armsToSweep: 'Arms to sweep',
    values: 'Values',
    valuesHelp: 'At least three, separated by commas.',
    valuesDefault: 'around the value of the arm',
    valuesOf: 'Values of the setting',
    size: (arms: number, seeds: number, runs: number) =>
      `${counted(arms, 'arm')} × ${counted(seeds, 'seed')}: ${counted(runs, 'run')} trained together.`,
    make: 'Make the sweep',
  },
});
