/** The words of the panel of adapters. */
import { counted } from '../../../core/counted.ts';
import { catalogue } from '../../../core/language/catalogue.ts';

export const ADAPTER_WORDS = catalogue('adapters', {
  about: 'adapters',
  help: [
    'What training leaves behind. Take an adapter home as a PEFT folder, or open one that was trained elsewhere for the same backbone.',
    'Chosen adapters can be merged into one, and evaluated on the task together: test accuracy, the landscape between every two, Shapley values and pruning.',
  ],
  /** Around the name of a file. */
  helpPython: {
    before:
      'In Python: the study as one script or as a notebook for Colab and Kaggle. The zip has both, the same for SLURM and Ray, the images of a task that came with the page, and ',
    after: ': CopRA for any other PEFT model. Drop the result.json that they write on this page.',
  },
  openFile: 'Open an adapter',
  openFolder: 'Open a folder',
  opening: 'Opening the adapter',
  none: 'The adapters of your runs appear here when training is done; links and most saved results carry none, and those of a saved result only answer under “Try your own”. A PEFT adapter from elsewhere can be opened as a zip, as a folder, or as its two files.',
  shelved: 'The charts above show the adapters you evaluated; nothing was trained for them.',
  restore: 'Back to the study',
  busy: (what: string) => `${what} …`,
  script: 'Python script',
  notebook: 'Notebook',
  pythonZip: 'Python zip',
  table: {
    label: 'Adapters at hand',
    adapter: 'Adapter',
    test: 'Test',
    images: (count: number) => counted(count, 'image'),
    rank: 'Rank',
    layers: 'Layers',
    parameters: 'Parameters',
    download: 'Download',
    kinds: { run: 'this study', opened: 'opened', merged: 'merged' },
    folder: 'PEFT',
    folderOf: (name: string) => `${name}: download as a PEFT folder`,
    writing: 'Writing the adapter',
    model: 'Merged model',
    modelOf: (name: string) => `Merged model of ${name}: download the backbone with it merged in`,
    mergingIn: 'Merging into the backbone',
    remove: 'Remove',
    removeOf: (name: string) => `${name}: remove from this list`,
    /** Before the choice of a version. */
    naming: 'Module names of',
    namingLabel: 'Module names in downloads',
    /** @param since the version that renamed them: all of several families, or the first of them; null where it is not known */
    namings: {
      v5: (since: string | null) => (since === null ? 'newest transformers' : `transformers ${since}`),
      v4: (since: string | null) => (since === null ? 'older ones' : `before ${since}`),
    },
  },
  chosen: {
    none: 'Tick adapters to evaluate or merge them.',
    otherBackbone: (name: string) => `${name} belongs to another backbone than the one chosen under Study.`,
    tooMany: (most: number) => `At most ${most} at a time.`,
    evaluate: (count: number) => (count === 1 ? 'Evaluate it' : `Evaluate these ${count}`),
    evaluating: 'Evaluating',
    on: 'On the task and with the analyses chosen under Study. Nothing is trained.',
    mergeTitle: 'Merge into one',
    method: 'Way of merging',
    weightOf: (name: string) => `Weight of ${name}`,
    density: 'Share of entries kept',
    merge: 'Merge',
    mergingThem: 'Merging',
    weightsNote: 'Weights are scaled to add up to 1.',
  },
});
