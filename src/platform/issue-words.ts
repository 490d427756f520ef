/** What a schema says of a value that does not fit it. Names and values stand as they were written. */
import { catalogue } from '../core/language/catalogue.ts';

export const ISSUE_WORDS = catalogue('issues', {
  /** @param expected as a condition, ">=1" @param received as it was written, "-3" */
  expected: (expected: string, received: string) => `Expected ${expected} but received ${received}`,
  wholeNumber: 'a whole number',
  length: (expected: string) => `a length of ${expected}`,
  unfit: (received: string) => `${received} does not fit`,
  at: (path: string, what: string) => `${path}: ${what}`,
});
