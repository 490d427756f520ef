import { describe, expect, it } from 'vitest';
import { multitaskFixture } from '../../../../tests/fixtures/multitask.ts';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { gainError, retainedGain } from '../../../copra/retained-gain.ts';
import { said } from '../../../core/language/catalogue.ts';
import { binomialStandardError } from '../../../core/statistics.ts';
import { tasksSample } from '../../../study/result/measures/tasks.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { CodedWriter } from '../coded-io.ts';
import { FINE } from '../fidelity.ts';
import { decodeResultLink, encodeResultLink } from '../result-link.ts';
import { linkOf, opened, sectionsOf } from '../test-links.ts';

/** With merges across four tasks, of 962 images. */
function studyOf(designEffect = 2.5717932776753947): StudyResult {
  const result = studyResultFixture();
  return {
    ...result,
    task: { ...result.task, motifs: 201, designEffect },
    multitask: { ...multitaskFixture(2), motifs: 260 },
    shapley: result.shapley.map((entry, i) => (i === 1 ? entry : { ...entry, motifs: 40 + i })),
  };
}

describe('the sections of motifs', () => {
  it('keep those of all tasks, whose sampling error is as it was, and those of each run’s Shapley values', () => {
    const result = studyOf();
    const read = opened(encodeResultLink(result).fragment);
    expect(read.multitask?.motifs).toBe(260);
    expect(tasksSample(read)!.effective).toBeCloseTo(tasksSample(result)!.effective, 0);
    expect(read.shapley.map(({ motifs }) => motifs)).toEqual(result.shapley.map(({ motifs }) => motifs));
  });

  const contentOf = (...numbers: readonly number[]): Uint8Array => {
    const writer = new CodedWriter(FINE);
    for (const number of numbers) writer.varint(number);
    return writer.finish();
  };

  it.each([
    [28, 'the number of motifs', [0, 0]],
    [28, 'the number of motifs', [100_000, 2500]],
    [28, 'the number of motifs', [201, 999]],
    [30, 'the number of motifs of all tasks', [0]],
    [30, 'the number of motifs of all tasks', [963]],
    [31, 'the number of motifs of the Shapley values', [100_000, 0, 0, 0]],
  ])('with tag %i are left out where they cannot be: the link opens without %s', (tag, name, numbers) => {
    const link = linkOf(
      sectionsOf(encodeResultLink(studyOf()).fragment).map((section) =>
        section.tag === tag ? { tag, content: contentOf(...numbers) } : section,
      ),
    );
    const decoded = decodeResultLink(link);
    if (!decoded.ok) throw new Error(decoded.message());
    expect(said(decoded.notes).join()).toContain(name);
    expect(decoded.result.runs).toHaveLength(4);
  });

  it.each([
    ['now', gainError],
    [
      'in version 1.1 and before',
      (base: number, full: number, images: number) =>
        Math.hypot(binomialStandardError(base, images), binomialStandardError(full, images)),
    ],
  ])('leave the gains what they are %s, also where the rounded design effect alone makes one clear', (_, errorOf) => {
    const study = studyOf();
    const { test } = study.task;
    const base = Math.round(0.4 * test) / test;
    /** Of every run the same, so that one wrong gain is seen. */
    const withGains = (full: number, designEffect: number): StudyResult => ({
      ...study,
      task: { ...study.task, designEffect, zeroShot: { accuracy: base, loss: 1 } },
      pruning: study.pruning.map((entry) => ({
        ...entry,
        structured: entry.structured.map((mask) => {
          const accuracy = mask.label === 'all' ? full : Math.round(mask.accuracy * test) / test;
          const isClear = full - base > errorOf(base, full, test / designEffect);
          return { ...mask, accuracy, retainedGain: isClear ? retainedGain(accuracy, base, full) : null };
        }),
      })),
    });
    const gains = ({ pruning }: StudyResult) =>
      pruning.flatMap(({ structured }) => structured.map((m) => m.retainedGain));
    for (const images of [40, 55, 70]) {
      const full = base + images / test;
      // From this design effect on, the gain is within its sampling error.
      let [edge, beyond] = [1, test];
      expect(errorOf(base, full, test / edge)).toBeLessThan(full - base);
      while (beyond - edge > 1e-9) {
        const middle = (edge + beyond) / 2;
        if (errorOf(base, full, test / middle) < full - base) edge = middle;
        else beyond = middle;
      }
      for (const factor of [1 - 1e-5, 1 + 1e-5]) {
        const result = withGains(full, factor * edge);
        const read = gains(opened(encodeResultLink(result, 1e6).fragment));
        expect(read.every((gain) => gain === null)).toBe(factor > 1);
        if (factor < 1) gains(result).forEach((gain, i) => expect(read[i]).toBeCloseTo(gain!, 5));
      }
    }
  });
});
