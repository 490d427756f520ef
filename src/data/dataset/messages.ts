/** What is said of a data set: of its plan, its images and its splits. */
import { catalogue } from '../../core/language/catalogue.ts';
import { counted } from '../../core/counted.ts';
import { integer } from '../../core/number-format.ts';
import { FILE_WORDS } from '../files/messages.ts';

export const PLAN_WORDS = catalogue('dataPlan', {
  unlabelled: (images: number) => `${counted(images, 'image')} without a class left out.`,
  largestClasses: (used: number, all: number, rest: string) =>
    `Only the ${counted(used, 'largest class', 'largest classes')} of ${counted(all, 'class', 'classes')} are used; left out: ${rest}.`,
  /** Classes that are left out for their size; `needed`: images of a class. */
  classTooSmall: (name: string, images: number, needed: number) =>
    `The class “${name}” has only ${counted(images, 'image')} and is left out: ${needed} are needed, to train, to validate and to test.`,
  classesTooSmall: (count: number, some: string, needed: number) =>
    `${counted(count, 'class', 'classes')} with too few images left out: ${some}; ${needed} are needed, to train, to validate and to test.`,
  /** Names that are alike. */
  alike: (names: readonly string[]) => names.map((name) => `“${name}”`).join(' and '),
  lookalikes: (some: string) =>
    `Class names that differ only in case or spacing: ${some}. Give them one name to merge them.`,
  noClass: 'None of the images has a class. Choose another label column, or drop one folder of images per class.',
  oneClass: (name: string) =>
    `There is only one class, “${name}”; at least two are needed to tell apart. Drop images of another one with it.`,
  /** @param hasColumns another column could name the classes */
  tooFewClasses: (images: number, hasColumns: boolean) =>
    `Fewer than two classes have at least ${counted(images, 'image')}. Add images${hasColumns ? ', or choose another label column' : ' to them'}.`,
  twoClasses: 'Fewer than two classes are left. Keep at least two to tell apart.',
  nothingToTrain:
    'No image is named for training, only for validation or testing. This split is not used: training, validation and test images are drawn from all images.',
  foreignArchive: 'only zip, tar and tar.gz are read; unpack it, or pack it again as one of them',
  inArchive: (archive: string, message: string) => `“${archive}”: ${message}`,
  subsample: (used: number, of: number) =>
    `Used ${integer(used)} of ${counted(of, 'image')}, drawn at random and evenly from the classes.`,
  /** @param needed images of a class */
  classesBeyond: (used: number, all: number, size: number, limit: number, needed: number, rest: string) =>
    `Only the ${counted(used, 'largest class', 'largest classes')} of ${counted(all, 'class', 'classes')} are used: of ${size} × ${size} pixels, ${counted(limit, 'image')} fit in, and every class needs ${needed}. Left out: ${rest}. A smaller input size has room for more.`,
  /** Why an image is left out, a clause. */
  undecodable: (why: string) => `it cannot be decoded (${why})`,
  moreUndecodable: (images: number) =>
    `${counted(images, 'more image', 'more images')} could not be decoded and are left out.`,
  copies: (images: number, size: number) =>
    `${counted(images, 'image')} ${images === 1 ? 'is an exact copy of another' : 'are exact copies of others'} at ${size} × ${size} pixels and left out, so that no test image is trained on.`,
  /** Copies with another class than the image that is used. */
  contradictions: (images: number, some: string) =>
    `${counted(images, 'of these copies has', 'of these copies have')} another class than the image that is used: ${some}. Check which class is right.`,
  copyOf: (copy: string, used: string) => `${copy} (used as “${used}”)`,
  noneDecoded: () => `None of the images could be decoded. Drop ${FILE_WORDS.imageKinds}.`,
  tooFewUsable: (images: number) => `Fewer than two classes have at least ${images} usable images. Add images to them.`,
  leak: (images: number, some: string) =>
    `${counted(images, 'image')} for validation or testing ${images === 1 ? 'looks' : 'look'} almost like one for training, which makes the accuracy look better than it is: ${some}.`,
  pair: (held: string, trained: string) => `${held} and ${trained}`,
  split: {
    tooFew: (name: string, images: number, needed: number) =>
      `The class “${name}” has ${counted(images, 'usable image')}, ${needed} are needed. Add images to it or leave the class out.`,
    tooFewInSome: (count: number, some: string, needed: number) =>
      `${counted(count, 'class', 'classes')} have too few usable images: ${some}; ${needed} are needed. Add images to them or leave them out.`,
    untrained: (name: string) =>
      `The class “${name}” has no images left for training. Add some to its training folder, or leave the class out.`,
    untrainedSome: (count: number, some: string) =>
      `${counted(count, 'class', 'classes')} have no images left for training: ${some}. Add some to their training folders, or leave the classes out.`,
  },
  /** Of images that are tested on and not trained on. */
  domains: {
    nothingLeft: 'Too little is left to train on without the domains that are held out. Hold out fewer.',
    noneInCommon: (name: string, its: string, ours: string) =>
      `“${name}” has no class of this data set, so nothing can be tested on it. Its classes: ${its}; those here: ${ours}. Classes are matched by name: rename them.`,
    foreign: (name: string, count: number, some: string) =>
      `“${name}” has ${counted(count, 'class', 'classes')} that nothing is trained on; left out of it: ${some}.`,
    /** @param message a full sentence about its files */
    files: (name: string, message: string) => `“${name}”: ${message}`,
    missing: (name: string, count: number, some: string) =>
      `“${name}” has no images of ${counted(count, 'class', 'classes')}: ${some}.`,
    copies: (name: string, images: number) =>
      `${counted(images, 'image')} of “${name}” ${images === 1 ? 'is an exact copy of one' : 'are exact copies of some'} for training or validation and left out of it.`,
    leak: (name: string, images: number, some: string) =>
      `${counted(images, 'image')} of “${name}” ${images === 1 ? 'looks' : 'look'} almost like one for training or validation, which makes its accuracy look better than it is: ${some}.`,
    subsample: (name: string, used: number, of: number) =>
      `Used ${integer(used)} of ${counted(of, 'image')} of “${name}”, drawn at random and evenly from the classes.`,
    none: (name: string) => `None of the images of “${name}” can be used.`,
  },
  damagedCopy: 'The images of the study, saved with it, are damaged.',
});
