/** The words of “Try your own”. */
import { counted } from '../../../core/counted.ts';
import { catalogue } from '../../../core/language/catalogue.ts';

export const OWN_WORDS = catalogue('own', {
  help: [
    'A picture of yours, one of the test pictures, or what your camera sees: the backbone and every arm say what it is. Nothing leaves this device. The backbone sees the picture as small as it is drawn here.',
    'λ walks from the adapter of one seed to that of another. A layer that is off is the frozen backbone’s. Both act on all adapters at once, and on the next answer.',
  ],
  message: 'Show it a picture, and see what the backbone and every arm take it for.',
  reading: 'Drop or paste one here, choose a file, or use the camera.',
  sources: 'Where the picture comes from',
  choose: 'Choose a picture',
  paste: 'Paste',
  pasted: 'The pasted picture',
  camera: 'Camera',
  stopCamera: 'Stop camera',
  testPicture: 'A test picture',
  nextTestPicture: 'Another test picture',
  caption: (number: number, label: string | null) =>
    label === null ? `Test picture ${number}` : `Test picture ${number}: ${label}`,
  running: 'A study is running: your picture is classified when it has ended.',
  asking: 'Classifying …',
  meta: (answers: number) => `one picture, ${counted(answers, 'answer')}`,
  none: 'Only the backbone answers: links and most saved results carry no adapters. Run the study here, or open its study file.',
  seen: 'What the camera sees',
  looking: 'Looking …',
  rate: (frames: string) => `${frames} frames a second`,
  cameraEnded: 'The camera was switched off or disconnected. Start it again.',
  says: (name: string) => `${name} says`,
  whole: (label: string, share: string) => `With every layer on: ${label}, ${share}`,
  noClassifier: 'It has no classifier for these classes.',
  run: (arm: string, seed: number) => `${arm}, seed ${seed}`,
  adapters: {
    merge: 'Merge adapters',
    merged: (count: number) => `${counted(count, 'adapter')} as one`,
    noneTicked: 'none ticked',
    toMerge: 'Adapters to merge',
    mergeable: 'Two or more become one adapter of equal shares, which answers beside the others.',
    notMergeable: 'LoRA and DoRA adapters have no form in common: tick adapters of one kind.',
    ends: ['Seed at λ = 0', 'Seed at λ = 1'],
    lambda: 'λ, from seed to seed',
    averaging: 'How adapters are averaged',
    averages: {
      factors: { name: 'Average A, B', description: 'The factor path: A and B of both, each on its own.' },
      updates: { name: 'Average B·A', description: 'The product path: the updates of the weights.' },
    },
    towers: {
      vision: {
        name: 'Vision layers',
        label: 'Layers of the vision tower',
        layer: (number: number) => `Layer ${number} of the vision tower`,
      },
      text: {
        name: 'Text layers',
        label: 'Layers of the text tower',
        layer: (number: number) => `Layer ${number} of the text tower`,
      },
    },
    sets: 'Sets of layers',
    allOn: 'All on',
    everyOtherOff: 'Every other off',
  },
  words: {
    label: 'What else could it be?',
    placeholder: 'a word',
    add: 'Add',
    remove: (word: string) => `Remove ${word}`,
    unknown: (words: readonly string[]) =>
      `The text tower never saw ${words.map((word) => `“${word}”`).join(', ')}: what it says of it means little.`,
  },
  problems: {
    noPicture: 'This file is no picture. Choose a photo or a drawing: JPEG, PNG, WebP, GIF, AVIF, BMP or SVG.',
    noClipboard: 'This browser does not let the page read the clipboard. Press Ctrl + V (⌘ V) here, or choose a file.',
    clipboardFailed: (why: string) =>
      `The clipboard cannot be read (${why}). Allow it for this page, press Ctrl + V (⌘ V) here, or choose a file.`,
    emptyClipboard: 'There is no picture in the clipboard. Copy one (not its file name or address), and paste again.',
  },
});
