/** The lessons against the page: what they run can run, what they say of the saved result holds. */
import { readFileSync } from 'node:fs';
import { renderToString } from 'katex';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { mean, pairedDifference } from '../../core/statistics.ts';
import { StudyResultSchema } from '../../study/result/result.ts';
import { testedImages } from '../../study/result/tested-images.ts';
import { armFacts, NOTHING_TO_READ } from '../facts.ts';
import { NO_ANSWERS, type LessonStep, type LessonView } from '../lesson.ts';
import { isFulfilled } from '../progress.ts';
import { hasRun, runConfig } from '../run-settings.ts';
import { parseLessonText, type Inline } from '../text.ts';
import { LESSONS } from './index.ts';

const saved = v.parse(StudyResultSchema, JSON.parse(readFileSync('public/showcase/full.json', 'utf8')));
const view = (result: LessonView['result'], change: Partial<LessonView> = {}): LessonView => ({
  result,
  computedHere: false,
  running: false,
  config: saved.config,
  adapters: { runs: 0, merged: 0 },
  ...change,
});
const steps = LESSONS.flatMap((lesson) => lesson.steps.map((step) => ({ name: `${lesson.id}/${step.id}`, step })));

/** Everything a step may say, with and without a result. */
const texts = ({ text, prediction }: LessonStep): string[] =>
  [view(saved), view(null)].flatMap((page) => [
    typeof text === 'string' ? text : text(page),
    ...(prediction ? [prediction.outcome(page)] : []),
  ]);

const formulas = (pieces: readonly Inline[]): string[] =>
  pieces.flatMap((piece) =>
    piece.kind === 'formula' ? [piece.text] : 'children' in piece ? formulas(piece.children) : [],
  );

describe('the lessons', () => {
  it('are six, of at most ten minutes, with steps of distinct names', () => {
    expect(LESSONS.map(({ id }) => id)).toEqual(['lora', 'two-seeds', 'shapley', 'pruning', 'merging', 'honest']);
    for (const lesson of LESSONS) {
      expect(lesson.minutes).toBeLessThanOrEqual(10);
      expect(new Set(lesson.steps.map(({ id }) => id)).size).toBe(lesson.steps.length);
      expect(lesson.steps.some(({ prediction }) => prediction)).toBe(true);
    }
  });

  it.each(steps)('$name: its formulas are TeX that KaTeX knows, and nothing is left of the marks', ({ step }) => {
    for (const text of texts(step)) {
      const blocks = parseLessonText(text);
      const tex = blocks.flatMap((block) => {
        if (block.kind === 'formula') return [block.text];
        return block.kind === 'list' ? block.items.flatMap(formulas) : formulas(block.children);
      });
      for (const formula of tex) expect(() => renderToString(formula, { throwOnError: true })).not.toThrow();
      expect(JSON.stringify(blocks)).not.toMatch(/"kind":"text","text":"[^"]*(\$|\*\*|NaN|undefined)/);
    }
  });

  it.each(steps.filter(({ step }) => step.run))(
    '$name: its run is a valid study on bundled data, small enough',
    ({ step }) => {
      const config = runConfig(step.run!);
      expect(config.task).toBe('groups9-negative');
      const batches = config.training.steps * config.seeds.length * config.arms.length;
      expect(batches).toBeLessThanOrEqual(1000);
      expect(config.analyses.testImages).toBeLessThanOrEqual(200);
      const own = { ...saved, config };
      expect(hasRun(step.run!, view(own, { computedHere: true }))).toBe(true);
      expect(hasRun(step.run!, view(own))).toBe(false);
      expect(hasRun(step.run!, view(saved, { computedHere: true }))).toBe(false);
      expect(isFulfilled(step, view(saved), NO_ANSWERS)).toBe(false);
    },
  );

  it('reads every prediction off the saved result, and says so where there is none', () => {
    const reading = steps.filter(({ step }) => step.prediction && step.prediction.conceal.length > 0 && !step.run);
    expect(reading.length).toBeGreaterThanOrEqual(8);
    for (const { step } of reading) {
      expect(step.prediction!.outcome(view(saved))).not.toContain(NOTHING_TO_READ);
      expect(step.prediction!.outcome(view(null))).toContain(NOTHING_TO_READ);
    }
  });
});

describe('what the lessons say of the saved result', () => {
  const lora = armFacts(saved, 'lora')!;
  const copra = armFacts(saved, 'copra')!;
  const clear = (a: readonly number[], b: readonly number[]): number => {
    const { low, high } = pairedDifference(a, b);
    return low > 0 ? 1 : high < 0 ? -1 : 0;
  };

  it('lesson 2: half-way on the factor path is worse, on the product path it is not', () => {
    expect(mean(lora.barriers.factor)).toBeGreaterThan(0.05);
    expect(mean(lora.barriers.product)).toBeLessThan(0.01);
  });

  it('lesson 2: asks for a run, and reads one of its own', () => {
    const { step } = steps.find(({ name }) => name === 'two-seeds/run')!;
    const own = { ...saved, config: runConfig(step.run!) };
    expect(step.prediction!.outcome(view(saved))).toContain('Run the step: your own numbers appear here');
    expect(step.prediction!.outcome(view(own, { computedHere: true }))).toMatch(
      /Your run, one pair of seeds: barrier \d/,
    );
  });

  it('lesson 2: CopRA has about half the barrier, lower ends, and no clearly better middle', () => {
    const ratio = mean(copra.barriers.factor) / mean(lora.barriers.factor);
    expect(ratio).toBeGreaterThan(0.35);
    expect(ratio).toBeLessThan(0.65);
    expect(clear(copra.accuracies, lora.accuracies)).toBe(-1);
    expect(clear(copra.midpoints.factor, lora.midpoints.factor)).toBe(0);
  });

  it('lesson 3: both give the top third about 40 %, with no clear difference', () => {
    for (const arm of [lora, copra]) {
      expect(mean(arm.topThird)).toBeGreaterThan(0.36);
      expect(mean(arm.topThird)).toBeLessThan(0.46);
    }
    expect(clear(copra.topThird, lora.topThird)).toBe(0);
  });

  it('lesson 4: CopRA keeps more without every other layer, and is not ahead without nine tenths of the entries', () => {
    expect(clear(copra.retained('even'), lora.retained('even'))).toBe(1);
    expect(clear(copra.retained('odd'), lora.retained('odd'))).toBe(1);
    expect(clear(copra.nineTenthsRemoved, lora.nineTenthsRemoved)).not.toBe(1);
  });

  it('lesson 5: the rule matters more for LoRA', () => {
    const cost = (arm: typeof lora): number => mean(arm.midpoints.product) - mean(arm.midpoints.factor);
    expect(cost(lora)).toBeGreaterThan(cost(copra));
  });

  it('lesson 6: the seeds of an arm lie within two points of each other, closer than the sampling error', () => {
    for (const { accuracies } of [lora, copra])
      expect(Math.max(...accuracies) - Math.min(...accuracies)).toBeLessThan(0.02);
    expect(testedImages(saved)).toBe(saved.task.test);
  });
});
