import { describe, expect, it } from 'vitest';
import { saved, stepAt, view } from '../test-lessons.ts';

describe('lesson 2', () => {
  it('tells of the backbone of the result shown, or of the saved one beside own images', () => {
    const config = { ...saved.config, task: 'dropped' };
    const own = { ...saved, config, task: { ...saved.task, zeroShot: null } };
    const said = (result: typeof saved): string => stepAt('lora/backbone').words(view(result)).text;
    const titled = (result: typeof saved, change = {}): string =>
      stepAt('lora/backbone').words(view(result, change)).title;
    expect(titled(saved)).toBe('A model that is right in 35 % of the cases');
    // A run with fewer test pictures has a number of its own.
    const zeroShot = { ...saved.task.zeroShot!, accuracy: 0.22 };
    expect(titled({ ...saved, task: { ...saved.task, zeroShot } })).toBe('A model that is right in 22 % of the cases');
    expect(titled(own, { saved: null })).toBe('A model before any training');
    expect(said(saved)).toMatch(/On this page a small model[^]*the result shown it is right/);
    expect(said(own)).toMatch(
      /In the saved study a small model[^]*There it sees[^]*the saved result it is right in \*\*3\d\.\d %/,
    );
  });
});
