/** How much is looked at. All of these are told to the user when they are reached. */

/** Files of a drop or members of an archive. */
export const MAX_FILES = 100_000;
/** Images of a data set that are listed; far fewer are decoded. */
export const MAX_RECORDS = 200_000;
/** To train, to validate and to test. */
export const MIN_IMAGES_PER_CLASS = 4;
export const MAX_CLASSES = 1_000;
/** A class name becomes part of a prompt; longer ones are no names. */
export const MAX_CLASS_NAME = 100;
