import { expect, it } from 'vitest';
import { classesReading, confusionMessage, confusionReading } from './confusion-caption.ts';

it('says what is confused most, and which class is least accurate', () => {
  const most = { of: 'objects', as: 'activities', share: 0.184, images: 96 };
  const least = { of: 'symbols', accuracy: 0.31, low: 0.22, high: 0.42 };
  const text = confusionReading([{ name: 'LoRA', most, least }]).reading.replaceAll('\u00a0', ' ');
  expect(text).toBe(
    'LoRA most often takes “objects” for “activities” (18 % of its 96 pictures) and is least accurate on “symbols”, 31 % (22 % to 42 %). In brackets: 95 % intervals over the choice of the class’s test pictures.',
  );
  expect(confusionReading([{ name: 'LoRA', most: { ...most, images: 1 }, least: null }]).reading).toContain(
    'of its 1 picture)',
  );
  expect(confusionReading([{ name: 'LoRA', most: null, least: null }]).reading).toMatch(
    /^LoRA takes no class for another\./,
  );
  expect(confusionReading([]).reading).toBe('');
});

it('names the easiest and the hardest class of every arm with their accuracies', () => {
  const hardest = { of: 'symbols', accuracy: 0.31, low: 0.22, high: 0.42 };
  const easiest = { of: 'flags', accuracy: 0.97, low: 0.94, high: 0.99 };
  const arms = [
    { name: 'LoRA', easiest, hardest, isUneven: true },
    { name: 'CopRA', easiest, hardest: easiest, isUneven: false },
  ];
  expect(classesReading(arms, 6).reading.replaceAll('\u00a0', ' ')).toBe(
    'LoRA is most accurate on “flags”, 97 % (94 % to 99 %), and least on “symbols”, 31 % (22 % to 42 %). CopRA reaches 97 % on every class. Means over 6 seeds, with 95 % intervals over the choice of the class’s test pictures.',
  );
});

it('a confusion is told in words, and nothing where nothing is confused', () => {
  expect(confusionMessage('LoRA', { of: 'food', as: 'objects' })).toBe('LoRA most often takes “food” for “objects”.');
  expect(confusionMessage('LoRA', null)).toBe('');
});
