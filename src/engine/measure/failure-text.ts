import { errorText } from '../../core/error-text.ts';
import { oneLine } from '../../core/one-line.ts';
import { shortened } from '../../core/shortened.ts';
import { LONGEST_TEXT } from './measurement.ts';

/** What a measurement says of an error. The compilers of graphics cards write pages. */
export const failureText = (error: unknown): string => shortened(oneLine(errorText(error)), LONGEST_TEXT);
