import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { multitaskFixture } from '../../../../tests/fixtures/multitask.ts';
import { decodeResultLink, encodeResultLink } from '../../link/result-link.ts';

const withTasks = (seeds: number) => ({ ...studyResultFixture(), multitask: multitaskFixture(seeds) });

describe('the section of merges across tasks', () => {
  it('keeps every number of images exactly, and everything else', () => {
    const result = withTasks(2);
    const decoded = decodeResultLink(encodeResultLink(result).fragment);
    if (!decoded.ok) throw new Error(decoded.message());
    expect(decoded.result.multitask).toEqual(result.multitask);
  });

  it('keeps what was known when a study was stopped', () => {
    const multitask = { ...multitaskFixture(2), runs: [] };
    const decoded = decodeResultLink(encodeResultLink({ ...studyResultFixture(), multitask }).fragment);
    expect(decoded.ok && decoded.result.multitask).toEqual(multitask);
  });

  it('is not in links of other studies', () => {
    const decoded = decodeResultLink(encodeResultLink(studyResultFixture()).fragment);
    expect(decoded.ok && 'multitask' in decoded.result).toBe(false);
  });

  it('goes before a link becomes too long, and its absence is said', () => {
    const { fragment, leftOut } = encodeResultLink(withTasks(2), 700);
    expect(fragment.length).toBeLessThanOrEqual(700);
    const decoded = decodeResultLink(fragment);
    expect(decoded.ok && decoded.result.multitask).toBeUndefined();
    expect(leftOut).toContain('the merges across tasks');
  });
});
