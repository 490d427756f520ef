/** The words of the reader's own images. */
import { counted } from '../../core/counted.ts';
import { catalogue } from '../../core/language/catalogue.ts';
import { integer } from '../../core/number-format.ts';

export const DATASET_WORDS = catalogue('dataset', {
  bring: {
    own: 'Your own images:',
    how: 'drop or paste them anywhere on this page: folders, zip, tar, parquet, CSV, NumPy, MNIST or CIFAR files. They stay on your device; images are never sent.',
    chooseFolder: 'Choose a folder',
    chooseFiles: 'Choose files',
    fromAddress: 'From an address or a hub',
    stored: (count: number) => counted(count, 'data set'),
  },
  address: {
    invalid: (text: string) => `“${text}” is neither an address that begins with https:// nor a name like owner/name.`,
    label: 'Address of a file, or a data set’s name on the hub',
    placeholder: 'https://… or owner/name',
    open: 'Open',
    note: 'Only what is needed is loaded, straight from there to this page. owner/name@version picks one of several versions.',
  },
  refused: {
    label: 'What could not be taken',
    /** @param what by name; empty where it has none */
    text: (what: string) => `${what === '' ? 'What you dropped' : `“${what}”`} was not taken. Everything is as it was.`,
    close: 'Close this message',
  },
  camera: {
    ended: 'The camera was switched off or disconnected. Start it again.',
    view: 'What the camera sees',
    take: 'Take a picture',
    takeMany: (count: number) => `Take ${count}`,
    stopMany: (left: number) => `Stop, ${left} to go`,
    stop: 'Stop camera',
    start: 'Start camera',
    waiting: 'Waiting for your permission',
    /** Before the name of the class that gets the pictures. */
    for: 'For',
    /** After it. */
    move: '. Move and turn the object between pictures: near copies teach little.',
    unusable: 'This page cannot use a camera: browsers allow it on https:// and localhost addresses only.',
    forbidden:
      'The camera is not allowed for this page. Allow it beside the address (the camera or settings icon), and start it again. Pictures can also be pasted or chosen.',
    notFound: 'No camera was found. Connect one and start it again, or paste or choose pictures.',
    busy: 'The camera is in use by another program. Close that and start it again.',
    failed: (why: string) => `The camera cannot be opened: ${why}.`,
  },
  classes: {
    label: 'Classes',
    prompts: 'Names become prompts: “a picture of …”.',
    note: 'Equal names merge classes; an unchecked class is left out.',
    useAll: 'Use all',
    leaveAll: 'Leave all out',
    showAll: (count: number) => `Show all ${counted(count, 'class', 'classes')}`,
    use: (name: string) => `Use the class ${name}`,
    nameOf: (name: string) => `Name of the class ${name}`,
    /** Below their number. */
    images: (count: number): string => (count === 1 ? 'image' : 'images'),
    /** What the images of a class are for. */
    sides: (train: number, validation: number, test: number) =>
      `${integer(train)} training · ${integer(validation)} validation · ${integer(test)} test`,
    merged: 'Merged with the class of the same name.',
    picture: (name: string, number: number) => `${name}, image ${number}`,
  },
  collect: {
    title: 'Camera and single pictures',
    pictures: (count: number) => counted(count, 'picture'),
    note: (least: number) =>
      `Take pictures, paste them (Ctrl+V or ⌘V) or choose files; they go to the class that is selected. Two classes with ${least} pictures each are the least; 20 of each are a good start.`,
    classes: 'Classes of your pictures',
    addClass: 'Add a class',
    use: 'Use these pictures',
    tooFew: 'So few pictures are not enough to train on. The adapters on the page can be asked about the newest one.',
    ask: 'See what the adapters say',
    removeClass: (name: string) => `Remove the class ${name}`,
    unreadable:
      'This browser cannot read some of these, so they are left out. Photos of an iPhone may be HEIC, which Safari alone reads: save them as JPEG.',
    choose: 'Choose pictures',
    select: 'Select',
    selected: 'Selected',
    removePicture: (number: number, name: string) => `Remove picture ${integer(number)} of ${name}`,
  },
  card: {
    emptyButKept: (sets: number) =>
      `No images yet: links and study files do not hold them. ${sets === 1 ? 'A data set is' : `${counted(sets, 'data set')} are`} kept on this device.`,
    empty: 'No images yet: links and study files do not hold them. Bring them again to run.',
    label: 'Your data set',
    readSoFar: 'Only names, labels and a few previews have been read so far.',
    prepare: (images: number) => `Prepare ${counted(images, 'image')}`,
    nameOf: 'Name of your data set',
    remove: 'Remove these images from the page',
    /** @param size null where it is not known */
    amounts: (images: number, classes: number, size: string | null) =>
      `${counted(images, 'image')}, ${counted(classes, 'class', 'classes')}${size === null ? '' : ` · ${size}`}`,
    phases: {
      empty: '',
      listing: 'looking at the files',
      planned: 'found',
      preparing: 'preparing',
      ready: 'ready',
      failed: 'cannot be used yet',
    },
    /** @param perClass images of the smallest and of the largest class; null where there is one class */
    layout: (layout: string, perClass: readonly [least: number, most: number] | null) => {
      if (perClass === null) return `Layout: ${layout}.`;
      const [least, most] = perClass;
      const images = counted(most, 'image');
      return `Layout: ${layout}, ${least === most ? images : `${integer(least)} to ${images}`} a class.`;
    },
  },
  progress: {
    loading: 'Loading',
    decoding: 'Decoding',
    of: (what: string, amount: string) => `${what} ${amount}`,
    amount: (done: string, total: string) => `${done} of ${total}`,
    looking: 'Looking at names and labels',
    starting: 'Starting',
    cancel: 'Cancel',
  },
  keep: {
    kept: 'Kept on this device for your next visit.',
    smaller: 'Kept on this device with smaller images than this backbone takes.',
    changed: 'Your changes since are not kept yet.',
    unkept: 'Gone when this page is closed, unless you keep them.',
    keepLarger: 'Keep them larger',
    keepChanges: 'Keep the changes',
    keep: 'Keep on this device',
  },
  labels: {
    from: 'Classes from',
    column: 'Column that names the classes',
    /** @param examples of its values @param isAll whether there are no others */
    values: (count: number, examples: readonly string[], isAll: boolean) =>
      `${counted(count, 'value')}: ${examples.join(', ')}${isAll ? '' : ' …'}`,
  },
  problems: {
    times: (message: string, times: number) => `${message} (${integer(times)} times)`,
    notes: (count: number) => `${counted(count, 'note')} on your files`,
    label: 'Notes on your files',
    which: (files: number) => `Which ${counted(files, 'file')}`,
  },
  reading: {
    inDoubt: 'The table and the folders disagree. Which one names the classes?',
    /** Where the folders have two levels. */
    whichLevel:
      'There are two levels of folders. Which one names the classes? The other one becomes domains, some of which can be held out.',
    choice: 'What names the classes',
    table: (name: string) => `Table ${name}`,
    folders: 'Folders',
    inner: 'Inner folders',
    outer: 'Outer folders',
    /** @param examples of classes @param isAll whether there are no others */
    amounts: (images: number, classes: number, examples: readonly string[], isAll: boolean) =>
      `${counted(images, 'image')}, ${counted(classes, 'class', 'classes')}${examples.length > 0 ? `: ${examples.join(', ')}${isAll ? '' : ' …'}` : ''}`,
  },
  split: {
    test: 'Test share',
    validation: 'Validation share',
    seed: 'Split seed',
    seedHelp:
      'Draws the held-out images of every class, and the images that are used where there are too many. Images that look almost alike stay on one side. More than two of them that make up over a tenth of their class are divided, and a note names those on both sides.',
    sides: (train: number, validation: number, test: number) =>
      `${integer(train)} to train, ${integer(validation)} to validate, ${integer(test)} to test.`,
    own: 'The split is the data set’s own.',
    ofStudy: 'The split is that of the study.',
    ownTest: 'The test images are the data set’s own; the share is of its other images.',
    ownValidation: 'The validation images are the data set’s own; the share is of its other images.',
    download: 'Download this split (CSV)',
  },
  domains: {
    title: 'Other domains',
    note: 'Tested on, never trained on: does what is learned here help there? The figures are under “Other domains”.',
    from: 'Domains from',
    column: 'Column that names the domains',
    noColumn: 'No column',
    noColumnNote: 'the images are one domain',
    heldOut: 'Hold out from training',
    group: (name: string, images: number) => `${name}, ${counted(images, 'image')}`,
    /** Of another data set. */
    added: (images: number) => `${counted(images, 'image')} of these classes`,
    /** Once they are decoded. */
    tested: (name: string, images: number) => `${name}: ${counted(images, 'test image')}`,
    another: 'Another data set with these classes:',
    adding: 'Reading the other data set',
    remove: (name: string) => `Do not test on ${name}`,
    /** @param what by name; empty where it has none */
    notAdded: (what: string) => `${what === '' ? 'It' : `“${what}”`} was not added. Everything is as it was.`,
  },
  stored: {
    title: 'Data sets on this device',
    newName: 'New name of the data set',
    save: 'Save',
    incomplete: 'Kept incompletely',
    facts: (images: number, classes: number, side: number, size: string, date: string) =>
      `${counted(images, 'image')}, ${counted(classes, 'class', 'classes')} · ${side} px · ${size} · ${date}`,
    incompleteFacts: (size: string) => `${size}: the page was closed meanwhile, or there was no room`,
    inUse: ' · in use',
    sure: 'Delete for good?',
    yes: (name: string) => `Yes, delete ${name}`,
    no: 'No',
    open: 'Open',
    openThis: (name: string) => `Open ${name}`,
    rename: 'Rename',
    renameThis: (name: string) => `Rename ${name}`,
    delete: 'Delete',
    deleteThis: (name: string) => `Delete ${name}`,
    none: 'None yet. When your images are ready, “Keep on this device” saves them here for the next visit.',
    /** @param free null where it is not known */
    note: (free: string | null) =>
      `Kept by this browser for this page, never sent anywhere${free === null ? '' : `; ${free} are free`}. Clearing the page’s data deletes them.`,
  },
});
