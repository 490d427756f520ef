/** What a schema says of a value that does not fit it, in German. */
import type { ISSUE_WORDS } from './issue-words.ts';

export const issues: typeof ISSUE_WORDS = {
  expected: (expected, received) => `Erwartet wird ${expected}, hier steht ${received}`,
  wholeNumber: 'eine ganze Zahl',
  atMost: (value) => `höchstens ${value}`,
  atLeast: (value) => `mindestens ${value}`,
  length: (expected) => `eine Länge von ${expected}`,
  unfit: (received) => `${received} passt nicht`,
  at: (path, what) => `${path}: ${what}`,
};
