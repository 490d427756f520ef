/** Limits on the input. The user is told when one is reached. */

/** Images of a drop or an archive, and as many other files. */
export const MAX_FILES = 100_000;
/** Files that are listed, to say how many there are. */
export const MAX_LISTED = 1_000_000;
/** Images of a data set that are listed; far fewer are decoded. */
export const MAX_RECORDS = 200_000;
/** Tables of a data set, which has few. */
export const MAX_TABLES = 64;
/** Enough to train, validate and test. */
export const MIN_IMAGES_PER_CLASS = 4;
export const MAX_CLASSES = 1_000;
/** Groups of images that can be held out; a column with more values names something else. */
export const MAX_DOMAINS = 40;
/** A class name becomes part of a prompt; longer texts are not names. */
export const MAX_CLASS_NAME = 100;
