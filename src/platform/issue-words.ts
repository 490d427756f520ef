/** What a schema says of a value that does not fit it. Names and values stand as they were written. */
import { catalogue } from '../core/language/catalogue.ts';

export const ISSUE_WORDS = catalogue('issues', {
  /** @param expected "at least 1" @param received as it was written, "-3" */
  expected: (expected: string, received: string) => `Expected ${expected} but received ${received}`,
  wholeNumber: 'a whole number',
  atMost: (value: string) => `at most ${value}`,
  atLeast: (value: string) => `at least ${value}`,
  length: (expected: string) => `a length of ${expected}`,
  unfit: (received: string) => `${received} does not fit`,
  at: (path: string, what: string) => `${path}: ${what}`,
});
