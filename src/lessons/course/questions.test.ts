import { expect, it } from 'vitest';
import { saved, steps, view } from './test-lessons.ts';

/**
 * What each version of a question asks, with its choices where they are no names of a result. Kept answers are places of choices: they hold as long as
 * a line means what it meant. In other words of the same meaning it is written here anew. Another question, or another order, gets the next version in its
 * lesson, so that answers to the old one are dropped, and a line of its own in the place of the old one.
 */
const ASKED: Readonly<Record<string, readonly string[]>> = {
  'picture/decide, version 1': [
    'Before any training on such pictures, about how many of them does the backbone get right?',
    'One in 9 or fewer, as by guessing',
    'Clearly more, but less than half',
    'More than half',
  ],
  'picture/learned, version 1': [
    'Does training ever make a picture wrong that was right before?',
    'No, it only adds',
    'Yes, but fewer than it wins',
    'Yes, as many as it wins or more',
  ],
  'picture/mistakes, version 1': ['Which class does LoRA get right least often?'],
  'picture/camera, version 1': [
    'What does the model say of something that is in none of its classes?',
    'That it does not know',
    'One of its classes, whatever it is',
    'Nothing',
  ],
  'lora/factors, version 1': ['How many numbers do A and B have together, for r = #?', '256', '512', '1,024', '4,096'],
  'lora/train, version 1': [
    'After # steps, where will LoRA’s test accuracy be?',
    'Below zero-shot',
    'About at zero-shot',
    'Clearly above zero-shot',
  ],
  'two-seeds/average, version 1': [
    'How good is the adapter half-way, compared with the two ends?',
    'Better: averaging removes noise',
    'About the same',
    'Clearly worse',
  ],
  'two-seeds/why, version 1': [
    'On the product path, how high is LoRA’s barrier?',
    'As high as on the factor path, or higher',
    'About half as high',
    'Close to nothing',
  ],
  'two-seeds/compare, version 1': [
    'What does CopRA clearly have, compared with LoRA on the factor path?',
    'A lower barrier and higher ends',
    'A lower barrier, but no higher ends',
    'Neither',
    'Higher ends, but no lower barrier',
  ],
  'two-seeds/run, version 1': [
    'With # steps instead of #,#, what happens to LoRA’s barrier?',
    'It is higher',
    'It is lower',
    'It stays the same',
  ],
  'shapley/twelve, version 1': [
    'The top third of the layers would get # % of the credit if all were equal. Which arm gives it more?',
    'LoRA, clearly',
    'No clear difference',
    'CopRA, clearly',
  ],
  'shapley/run, version 1': [
    'One adapter, measured on # pictures instead of #: how does the sampling error of its values change?',
    'It is half as large',
    'About the same',
    'It is about twice as large',
  ],
  'pruning/layers, version 1': [
    'Every other layer is switched off. Who keeps more of the gain?',
    'LoRA',
    'CopRA',
    'Both the same',
  ],
  'pruning/weights, version 3': [
    'Nine tenths are removed, the smallest of all A and B together. Who is clearly ahead?',
    'CopRA',
    'LoRA',
    'Neither',
  ],
  'pruning/run, version 1': [
    'How sure can you be of the gain that a short run keeps?',
    'As sure as of the accuracy',
    'Less sure, because it divides by the gain',
  ],
  'merging/rules, version 1': [
    'For which arm does the rule matter more?',
    'Clearly for LoRA',
    'Clearly for CopRA',
    'No clear difference',
  ],
  'merging/merge, version 1': [
    'Before you evaluate: how will LoRA’s three, averaged by factors, compare with one of them?',
    'Better than one',
    'About the same',
    'Worse than one',
  ],
  'honest/regimes, version 2': [
    'In which corner is CopRA’s test accuracy, on average, not higher than LoRA’s?',
    'Few pictures, low rate',
    'Few pictures, high rate',
    'Many pictures, low rate',
    'Many pictures, high rate',
  ],
  'honest/map, version 1': [
    'Of the cells that can be compared so, in what share does CopRA keep clearly more?',
    'The same share as in accuracy',
    'A larger share',
    'A smaller share',
  ],
  'honest/pictures, version 1': [
    'At about # % accuracy and # pictures, how large is the sampling error?',
    '0.5 points',
    '1.5 points',
    '5 points',
  ],
  'honest/seeds, version 1': [
    'How far apart are the accuracies of LoRA’s seeds in the result shown, from the lowest to the highest?',
    'Less than 3 points',
    '3 to 10 points',
    'More than 10 points',
  ],
  'honest/paired, version 2': [
    'How well is the difference of the arms known, compared with the accuracy of one of them?',
    'Less well: both arms have an error',
    'Better: what both share cancels',
    'As well',
  ],
  'honest/control, version 1': [
    'With every other layer switched off after training, which of the two keeps more of its gain?',
    'CopRA, because of its ramp',
    'The control, without a ramp',
    'Neither clearly',
  ],
  'honest/run, version 1': [
    'Will the seeds lie closer together or farther apart than in the saved result?',
    'Closer in both arms',
    'Farther apart in both arms',
    'Different in the two arms, or unchanged',
  ],
};

it('a question keeps its version only as long as it is the same', () => {
  const asked = steps.flatMap(({ name, step: { prediction } }) => {
    if (!prediction) return [];
    const { question, choices } = prediction.words(view(saved));
    // Numbers in it come from the result.
    const said = question.replaceAll(/\d+/g, '#');
    return [[`${name}, version ${prediction.version ?? 1}`, [said, ...(prediction.names ? [] : choices)]] as const];
  });
  expect(Object.fromEntries(asked)).toEqual(ASKED);
});
