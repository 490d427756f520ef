import { describe, expect, it } from 'vitest';
import { withPredictions } from '../../../../tests/fixtures/predictions.ts';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { without } from '../../../core/without.ts';
import { confusionsOf } from '../../../study/predictions/confusions.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { decodeResultLink, encodeResultLink } from '../result-link.ts';

const result = withPredictions(studyResultFixture({ seeds: 4 }), 796);

function roundTrip(original: StudyResult): StudyResult {
  const decoded = decodeResultLink(encodeResultLink(original, 1e6).fragment);
  if (!decoded.ok) throw new Error(decoded.message());
  return decoded.result;
}

const lengthOf = (of: StudyResult): number => encodeResultLink(of, 1e6).fragment.length;

describe('confusions in links', () => {
  it('arrive as they were counted, without predictions of single images', () => {
    const read = roundTrip(result);
    expect(read.confusions).toEqual(confusionsOf(result));
    expect(read.predictions).toBeUndefined();
    expect(read.task.labels).toBeUndefined();
    expect(roundTrip(read).confusions).toEqual(read.confusions);
    expect('confusions' in roundTrip(studyResultFixture())).toBe(false);
  });

  it('take about a byte per cell', () => {
    expect(lengthOf(result) - lengthOf(without(result, 'predictions'))).toBeLessThan(3 * 81 * 1.4);
  });

  it('come of as many arms as there is room for, of up to 100 classes', () => {
    const classes = (count: number) => Array.from({ length: count }, (_, i) => `class ${i}`);
    const many = (count: number) => withPredictions(studyResultFixture({ classes: classes(count) }), 300);
    expect(roundTrip(many(60)).confusions).toHaveLength(2);
    expect(roundTrip(many(100)).confusions).toHaveLength(1);
    expect('confusions' in roundTrip(many(101))).toBe(false);
  });

  it('say which of them have no room', () => {
    const classes = (count: number) => Array.from({ length: count }, (_, i) => `class ${i}`);
    const linked = (count: number) =>
      encodeResultLink(withPredictions(studyResultFixture({ classes: classes(count) }), 300), 1e6);
    const left = (count: number) => linked(count).leftOut.filter((text) => /taken for which|confusions/.test(text));
    expect(left(9)).toEqual([]);
    for (const count of [60, 100]) {
      expect(left(count)).toEqual(['the confusions of the arms for which there is no room']);
      expect(linked(count).kept.confusions).toEqual(roundTrip(linked(count).kept).confusions);
    }
    expect(left(101)).toEqual(['which class was taken for which']);
    expect(linked(101).kept.confusions).toBeUndefined();
    expect(
      encodeResultLink(withPredictions(studyResultFixture({ classes: classes(60) }), 300), 900).leftOut.join(),
    ).toMatch(/which class was taken for which(,|$)/);
  });

  it('give way with a word', () => {
    const short = encodeResultLink(result, 900);
    expect(short.leftOut.join()).toContain('which class was taken for which');
    expect(decodeResultLink(short.fragment).ok).toBe(true);
  });
});
