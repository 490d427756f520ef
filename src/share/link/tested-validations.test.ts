/** The best value of every method of a sweep is the same behind a link, however short it is. */
import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { said } from '../../core/language/catalogue.ts';
import { stream } from '../../core/rng.ts';
import { sweepOf } from '../../study/config/sweep.ts';
import { bestOfSweep } from '../../study/result/best-of-sweep.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { LINK_WORDS } from './messages.ts';
import { decodeResultLink, encodeResultLink, GOOD_LENGTH } from './result-link.ts';
import { opened, sectionsOf } from './test-links.ts';

const RATES = [1e-3, 3e-3, 1e-2];

/** LoRA and CopRA at three rates, with validations that are as good at two of them but for an image. */
function swept(seed: number): StudyResult {
  const { config, runs, landscape, shapley, pruning, ...rest } = studyResultFixture({ seed, seeds: 3, layers: 8 });
  const random = stream(seed, 'analysis');
  const images = rest.task.validation;
  const atEach = <T extends { arm: string }>(list: readonly T[]): T[] =>
    RATES.flatMap((_, i) => list.map((entry) => ({ ...entry, arm: `${entry.arm}-${i}` })));
  const arms = RATES.flatMap((learningRate, i) =>
    config.arms.map((arm) => ({ ...arm, id: `${arm.id}-${i}`, learningRate })),
  );
  const validated = atEach(runs).map((run) => ({
    ...run,
    validation: run.validation.map((point) => ({
      ...point,
      accuracy: (Math.floor(images / 2) + Math.round(2 * random.uniform())) / images,
    })),
  }));
  const lists = { landscape: atEach(landscape), shapley: atEach(shapley), pruning: atEach(pruning) };
  return { ...rest, ...lists, runs: validated, config: { ...config, arms } };
}

const bestOf = (result: StudyResult) => bestOfSweep(result, sweepOf(result.config)!);

describe('the validations by which a value is chosen', () => {
  it('come exactly with a link of any length', () => {
    for (const seed of [1, 2])
      for (const most of [GOOD_LENGTH, 1000]) {
        const result = swept(seed);
        const { fragment } = encodeResultLink(result, most);
        expect(fragment.length).toBeLessThanOrEqual(most);
        expect(bestOf(result)).not.toBeNull();
        expect(bestOf(opened(fragment))).toEqual(bestOf(result));
      }
  });

  it('take the others along where there is no room for them', () => {
    const decoded = decodeResultLink(encodeResultLink(swept(1), 300).fragment);
    if (!decoded.ok) throw new Error(decoded.message());
    expect(bestOf(decoded.result)).toBeNull();
    expect(decoded.result.runs.flatMap(({ validation }) => validation)).toEqual([]);
    expect(said(decoded.notes).join()).toContain(LINK_WORDS.reductions[84]);
  });

  it('are of means and of earlier steps too, and stay what they are in a link of a link', () => {
    const result = swept(5);
    const runs = result.runs.map((run, i) => ({ ...run, testedValidation: (i + 1) / 40 }));
    const once = opened(encodeResultLink({ ...result, runs }).fragment);
    expect(once.runs.map(({ testedValidation }) => testedValidation)).toEqual(
      runs.map(({ testedValidation }) => testedValidation),
    );
    expect(opened(encodeResultLink(once).fragment)).toEqual(once);
  });

  it('take nothing in a study that is no sweep', () => {
    const tags = (result: StudyResult) => sectionsOf(encodeResultLink(result).fragment).map(({ tag }) => tag);
    expect(tags(swept(1))).toContain(34);
    expect(tags(studyResultFixture())).not.toContain(34);
  });
});
