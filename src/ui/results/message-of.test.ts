import { expect, it } from 'vitest';
import * as v from 'valibot';
import { FINDING_WORDS } from '../../state/summary/messages.ts';
import { StudyResultSchema, type StudyResult } from '../../study/result/result.ts';
import { TEST_ACCURACY } from '../../study/result/measures/accuracy.ts';
import { EVERY_OTHER_KEPT } from '../../study/result/measures/pruning.ts';
import { readJsonFile } from '../../../tests/support/files.ts';
import { messageOf } from './message-of.ts';

const savedOf = (id: string): StudyResult => v.parse(StudyResultSchema, readJsonFile(`public/showcase/${id}.json`));
const saved = savedOf('few-shots');

it('the message of a figure is read off its result', () => {
  expect(messageOf(saved, FINDING_WORDS.comparisons['half-off'], EVERY_OTHER_KEPT)).toBe(
    'With half of its layers off, CopRA keeps more of what it learned than LoRA.',
  );
  const swapped = {
    ...saved,
    pruning: saved.pruning.map((entry) => ({ ...entry, arm: entry.arm === 'lora' ? 'copra' : 'lora' })),
  };
  expect(messageOf(swapped, FINDING_WORDS.comparisons['half-off'], EVERY_OTHER_KEPT)).toBe(
    'With half of its layers off, LoRA keeps more of what it learned than CopRA.',
  );
});

it('is silent until both arms are measured, and where no two arms are compared', () => {
  expect(
    messageOf(
      { ...saved, pruning: saved.pruning.filter(({ arm }) => arm === 'lora') },
      FINDING_WORDS.comparisons['half-off'],
      EVERY_OTHER_KEPT,
    ),
  ).toBe('');
  expect(messageOf(savedOf('learning-rates'), FINDING_WORDS.comparisons.price, TEST_ACCURACY)).toBe('');
});

it('says that there are too few seeds', () => {
  const [seed] = saved.config.seeds;
  const one = { ...saved, runs: saved.runs.filter((run) => run.seed === seed) };
  expect(messageOf(one, FINDING_WORDS.comparisons.price, TEST_ACCURACY)).toBe(
    'Too few seeds to tell LoRA and CopRA apart in test accuracy.',
  );
});
