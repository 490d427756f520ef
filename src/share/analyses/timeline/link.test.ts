import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tried } from '../../../../tests/support/sample.ts';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { withTimeline } from '../../../../tests/fixtures/timeline-result.ts';
import { said } from '../../../core/language/catalogue.ts';
import { without } from '../../../core/without.ts';
import { withoutAnswers } from '../../../study/result/measures/image-variances.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { decodeResultLink, encodeResultLink } from '../../link/result-link.ts';
import { linkOf, sectionsOf } from '../../link/test-links.ts';
import { timelineCsv } from './csv.ts';

const full = withTimeline(studyResultFixture({ seeds: 3 }));
const result = withoutAnswers(full, []);

const withoutVariances = ({ timeline }: StudyResult) => timeline && without(timeline, 'imageVariances');

function roundTrip(original: StudyResult): StudyResult {
  const decoded = decodeResultLink(encodeResultLink(original, 1e6).fragment);
  if (!decoded.ok) throw new Error(decoded.message());
  return decoded.result;
}

describe('measures along training in links', () => {
  it('arrive exactly, with their steps', () => {
    expect(JSON.stringify(result.timeline)).not.toContain('correct');
    expect(withoutVariances(roundTrip(result))).toEqual(withoutVariances(result));
  });

  it('have intervals over seeds and images, which the shortest links leave out with a word', () => {
    const before = result.timeline!.imageVariances!;
    const after = roundTrip(result).timeline!.imageVariances!;
    expect(after.map(({ figure, arm, baseline }) => [figure, arm, baseline])).toEqual(
      before.map(({ figure, arm, baseline }) => [figure, arm, baseline]),
    );
    after.forEach(({ variances }, i) =>
      variances.forEach((variance, step) => {
        const original = before[i].variances[step];
        expect(Math.abs(variance - original)).toBeLessThanOrEqual(1e-3 * original);
      }),
    );
    const cut = Array.from({ length: 20 }, (_, i) => encodeResultLink(result, 1450 - 20 * i)).find(
      ({ kept }) => kept.timeline && !kept.timeline.imageVariances,
    );
    expect(cut?.leftOut.join()).toContain('the intervals over images along training');
  });

  it('arrive as variances, whatever they are', () =>
    fc.assert(
      fc.property(fc.array(fc.double(), { minLength: 24, maxLength: 24 }), (values) => {
        const { timeline } = result;
        const imageVariances = timeline!.imageVariances!.map((entry, i) => ({
          ...entry,
          variances: entry.variances.map((_, step) => values[4 * i + step]),
        }));
        const read = roundTrip({ ...result, timeline: { ...timeline!, imageVariances } });
        for (const { variances } of read.timeline!.imageVariances!) {
          expect(variances).toHaveLength(4);
          for (const variance of variances) expect(variance >= 0 && variance <= 2 ** 16).toBe(true);
        }
      }),
      { numRuns: tried(30) },
    ));

  it('open without intervals over images that cannot be read, and say so', () => {
    const sections = sectionsOf(encodeResultLink(result, 1e6).fragment).filter(({ tag }) => tag !== 33);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (content) => {
        const decoded = decodeResultLink(linkOf([...sections, { tag: 33, content }]));
        // What says the same twice, or differs from other arms than the study has, is refused as a whole.
        if (!decoded.ok) {
          expect(decoded.message()).toContain('“timeline.imageVariances” has');
          return;
        }
        const { timeline } = decoded.result;
        expect(withoutVariances(decoded.result)).toEqual(withoutVariances(result));
        for (const { variances } of timeline?.imageVariances ?? []) expect(variances).toHaveLength(4);
        if (!timeline?.imageVariances)
          expect(said(decoded.notes).join()).toContain('the intervals over images along training');
      }),
      { numRuns: tried(100) },
    );
  });

  it('arrive with one point between two seeds, of some of the runs, and after an interruption', () => {
    const { runs, pairs } = result.timeline!;
    const late = runs.map((run, i) =>
      i === 1
        ? {
            ...run,
            steps: run.steps.slice(2),
            accuracy: run.accuracy.slice(2),
            halves: run.halves.slice(1).map((half) => ({ ...half, accuracy: half.accuracy.slice(2) })),
          }
        : run,
    );
    const middle = pairs.map((pair) => ({
      ...pair,
      lambdas: [0.5],
      accuracy: pair.accuracy.filter((_, i) => i % 3 === 1),
    }));
    for (const timeline of [
      { runs: late, pairs: middle },
      { runs: runs.slice(0, 2), pairs: [] },
      { runs: [], pairs: [] },
    ])
      expect(roundTrip({ ...result, timeline }).timeline).toEqual(timeline);
  });

  it('are absent where there are none, also where prompts are known', () => {
    const plain = studyResultFixture();
    expect('timeline' in roundTrip(plain)).toBe(false);
    expect('promptTokens' in roundTrip(plain).task).toBe(false);
    const read = roundTrip({ ...plain, task: { ...plain.task, promptTokens: 9 } });
    expect(read.task.promptTokens).toBe(9);
    expect('timeline' in read).toBe(false);
  });

  it('give way with a word', () => {
    const { fragment, leftOut } = encodeResultLink(result, 900);
    expect(leftOut.join()).toContain('measures along training');
    expect(decodeResultLink(fragment).ok).toBe(true);
  });
});

it('measures along training as CSV have a row per tested adapter', () => {
  const lines = timelineCsv(full, (_, step) => [step / 2, step / 4, NaN])
    .trim()
    .split('\r\n');
  expect(lines).toHaveLength(1 + 6 * 4 * 3 + 6 * 4 * 3);
  expect(new Set(lines.map((line) => line.replace(/"[^"]*"/g, '').split(',').length))).toEqual(new Set([10]));
  expect(lines[1]).toMatch(/^LoRA,0,,38,19,9\.5,,everything on,,0\.\d+$/);
  expect(timelineCsv(full, () => null)).toContain('LoRA,0,,38,,,,everything on');
  const layers = lines.flatMap((line) => line.match(/layers \d.* … on/)?.[0] ?? []);
  expect(new Set(layers)).toEqual(new Set(['layers 1, 3, 5 … on', 'layers 2, 4, 6 … on']));
  expect(
    timelineCsv(studyResultFixture(), () => null)
      .trim()
      .split('\r\n'),
  ).toHaveLength(1);
});
