import { expect, it } from 'vitest';
import { picturesReading } from './pictures-caption.ts';

const lora = { name: 'LoRA', alone: 41, midpoint: 208, half: 260 };
const copra = { name: 'CopRA', alone: 65, midpoint: 150, half: 120 };
const all = { pictures: 796, tested: 796, seeds: 6, arms: [lora, copra], armsTested: 2, every: 259 };

it('says what is wrong, and what is lost', () => {
  expect(picturesReading(all).reading).toBe(
    'Of 796 test pictures, LoRA alone gets 41 wrong, CopRA alone gets 65 and both get 259 (most of 6 seeds decide; 3 right and 3 wrong is neither). Of those that at least one seed gets right, half-way between at least one pair of seeds LoRA loses 208 and CopRA 150; with every other layer off in at least one seed LoRA loses 260 and CopRA 120.',
  );
});

it('says of a single seed what it loses', () =>
  expect(
    picturesReading({ ...all, seeds: 1, arms: [lora, copra].map((arm) => ({ ...arm, midpoint: null })) }).reading,
  ).toMatch(/ Of those they get right, with every other layer off LoRA loses 260 and CopRA 120\.$/));

it('speaks of ties where there can be any', () =>
  expect(picturesReading({ ...all, seeds: 5 }).reading).toContain('get 259 (most of 5 seeds decide).'));

it('says that chosen pictures are no shares', () => {
  expect(picturesReading({ ...all, pictures: 48 }).reading).toMatch(
    /^48 of 796 test pictures are kept, some of every kind, so their numbers are no shares of all\. Of these, LoRA alone/,
  );
});

it('says no more than is known', () => {
  const bare = { ...lora, midpoint: null, half: null };
  expect(picturesReading({ ...all, arms: [bare], seeds: 1 }).reading).toBe(
    'Of 796 test pictures, LoRA gets 259 wrong.',
  );
  expect(picturesReading({ ...all, pictures: 0 }).reading).toBe('');
  const third = { ...bare, name: 'Layer drop' };
  expect(picturesReading({ ...all, arms: [bare, bare, third], armsTested: 3 }).reading).toContain(
    'LoRA alone gets 41, Layer drop alone gets 41 and all get 259',
  );
});

it('says of a study that was stopped before its tests that no arm is tested', () => {
  expect(picturesReading({ ...all, arms: [] }).reading).toBe('No arm has been tested yet.');
});
