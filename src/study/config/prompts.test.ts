import { expect, it } from 'vitest';
import { promptsOf } from './prompts.ts';

const MARKED = ['US$$', '$& co', "$'s", '{}'];

it('takes the name of a class into a prompt as it is written', () => {
  const templates = ['a photo of a {}.', '{}, a {}'];
  const task = { classes: MARKED, prompts: [] };
  expect(promptsOf({ prompts: { templates, perClass: { US$$: 'the {}!' } } }, task)).toEqual([
    ['the US$$!'],
    ['a photo of a $& co.', '$& co, a $& co'],
    ["a photo of a $'s.", "$'s, a $'s"],
    ['a photo of a {}.', '{}, a {}'],
  ]);
});
