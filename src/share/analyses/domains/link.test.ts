import { describe, expect, it } from 'vitest';
import { withDomains } from '../../../../tests/fixtures/domains.ts';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { armDifference } from '../../../study/result/measures/arm-difference.ts';
import { OTHER_DOMAINS_AT_EQUAL_TASK } from '../../../study/result/measures/equal-task.ts';
import { keptOfBackbone } from '../../../study/result/measures/domains.ts';
import { withoutAnswers } from '../../../study/result/measures/image-variances.ts';
import { SHOWN_MEASURES } from '../../../study/result/measures/shown.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { decodeResultLink, encodeResultLink } from '../../link/result-link.ts';
import { domainsCsv } from './csv.ts';
import { SCALED_UPDATES_SECTION } from './link-scaled.ts';

const full = withDomains(studyResultFixture({ seeds: 3 }));
const result = withoutAnswers(full, SHOWN_MEASURES);

function roundTrip(original: StudyResult, most?: number): StudyResult {
  const decoded = decodeResultLink(encodeResultLink(original, most).fragment);
  if (!decoded.ok) throw new Error(decoded.message());
  return decoded.result;
}

describe('the section of other domains', () => {
  it('keeps every number of images exactly, and everything else', () => {
    const { imageVariances: kept, ...read } = roundTrip(result, 1e6).domains!;
    const { imageVariances, ...expected } = result.domains!;
    expect(read).toEqual(expected);
    expect(kept!.map(({ arm }) => arm)).toEqual(['lora', 'copra']);
    kept!.forEach(({ domains, others }, i) =>
      [...domains, others].forEach((variance, d) => {
        const was = [...imageVariances![i].domains, imageVariances![i].others][d];
        expect(Math.abs(variance / was - 1)).toBeLessThan(1e-3);
      }),
    );
  });

  it('keeps the intervals', () => {
    const read = roundTrip(result, 1e6).domains!;
    const [before, after] = [full.domains!, read].map((part) => keptOfBackbone(part, 'copra', 'others')!);
    expect(after.scope).toBe('seeds and images');
    expect(after.low).toBeCloseTo(before.low, 4);
    expect(after.high).toBeCloseTo(before.high, 4);
  });

  it('keeps what was known when a study was stopped, and studies without paths', () => {
    const early = { ...result.domains!, runs: result.domains!.runs.slice(0, 2), paths: [] };
    for (const part of [early, { ...early, runs: [], imageVariances: undefined }])
      expect(roundTrip({ ...result, domains: part }, 1e6).domains!.runs).toEqual(part.runs);
  });

  it('is not in links of other studies', () => {
    expect('domains' in roundTrip(studyResultFixture())).toBe(false);
  });

  it('goes before a link becomes too long, and its absence is said', () => {
    const { fragment, leftOut } = encodeResultLink(result, 900);
    expect(fragment.length).toBeLessThanOrEqual(900);
    expect(leftOut).toContain('the tests on other domains');
    const decoded = decodeResultLink(fragment);
    expect(decoded.ok && decoded.result.domains).toBeUndefined();
  });

  it('keeps what is said at equal accuracy on the task where it keeps the scaled updates next to it alone', () => {
    const less = SCALED_UPDATES_SECTION.reductions[0].apply!(result, result);
    expect(less.domains!.runs.flatMap(({ scaled = [] }) => scaled).length).toBeLessThanOrEqual(2 * 3);
    const said = [result, roundTrip(less, 1e6)].map((one) =>
      armDifference(one, OTHER_DOMAINS_AT_EQUAL_TASK, 'lora', 'copra')!,
    );
    expect(said[0].scope).toBe('seeds and images');
    expect(said[1].mean).toBeCloseTo(said[0].mean, 12);
    expect(said[1].low).toBeCloseTo(said[0].low, 4);
    expect(SCALED_UPDATES_SECTION.reductions[0].apply!(less, less)).toBe(less);
    const [, none] = SCALED_UPDATES_SECTION.reductions;
    expect(SCALED_UPDATES_SECTION.holds(none.apply!(less, less))).toBe(false);
  });

  it('of an arm that is not part of the study is left out', () => {
    const { runs } = result.domains!;
    const stray = { ...result, domains: { ...result.domains!, runs: [...runs, { ...runs[0], arm: 'gone' }] } };
    expect(roundTrip(stray, 1e6).domains!.runs).toEqual(runs);
  });
});

describe('other domains as CSV', () => {
  it('have a row per adapter and domain', () => {
    const lines = domainsCsv(full).trim().split('\r\n');
    // The backbone; six runs with six sets of layers and four scales; three pairs of two arms with five points.
    expect(lines).toHaveLength(1 + 5 * (1 + 6 * 11 + 2 * 3 * 5));
    expect(new Set(lines.map((line) => line.replace(/"[^"]*"/g, '').split(',').length))).toEqual(new Set([11]));
    expect(domainsCsv(studyResultFixture()).trim().split('\r\n')).toHaveLength(1);
  });
});
