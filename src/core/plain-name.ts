/** Names that another hand may have written. */
import { oneLine } from './one-line.ts';
import { shortened } from './shortened.ts';

const MOST_NAME = 80;

/** On one line, and not too long to be shown. */
export const plainName = (text: string): string => shortened(oneLine(text).trim(), MOST_NAME);
