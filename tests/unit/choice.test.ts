import { expect, it } from 'vitest';
import { choiceOf } from '../../scripts/choice.ts';

it('an option takes what it can be, and says what may be meant', () => {
  expect(choiceOf('method', 'ties', ['updates', 'ties'])).toBe('ties');
  expect(() => choiceOf('method', 'updatse', ['updates', 'ties'])).toThrow(
    '--method is one of updates, ties, not "updatse". "updates" may be meant.',
  );
  expect(() => choiceOf('naming', 'x', ['v5', 'v4'])).toThrow(/^--naming is one of v5, v4, not "x"\.$/);
});
