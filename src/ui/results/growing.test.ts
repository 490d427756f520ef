import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { applyEvent } from '../../study/result/events.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { shownIn } from './growing.ts';

const earlier = studyResultFixture();
const growing: StudyResult = { ...earlier, status: 'running', runs: [], landscape: [] };
const ofLandscape = { fills: ({ landscape }: StudyResult) => landscape.length > 0 };
const run = (steps: number): StudyResult =>
  applyEvent(growing, {
    type: 'found',
    part: 'runs',
    found: [{ ...earlier.runs[0], steps }],
    identity: ['arm', 'seed'],
  });

describe('the result in a figure', () => {
  it('is one object from event to event while the study has nothing for it', () => {
    for (const steps of [1, 2, 3]) expect(shownIn(ofLandscape, run(steps), earlier, null)).toBe(earlier);
  });

  it('is that of the study as soon as it has begun, or is glimpsed', () => {
    const begun = { ...growing, landscape: earlier.landscape };
    expect(shownIn(ofLandscape, begun, earlier, null)).toBe(begun);
    const glimpse = { step: 2, answers: [], paths: [], images: 1 };
    expect(shownIn(ofLandscape, growing, earlier, glimpse)).toBe(growing);
  });

  it('is that of the study where the earlier one has none either', () => {
    expect(shownIn(ofLandscape, growing, null, null)).toBe(growing);
    expect(shownIn(ofLandscape, growing, { ...earlier, landscape: [] }, null)).toBe(growing);
  });

  it('begins before it is filled where a figure says so', () => {
    const early = { ...ofLandscape, begins: ({ runs }: StudyResult) => runs.length > 0 };
    const begun = run(1);
    expect(shownIn(early, begun, earlier, null)).toBe(begun);
  });
});
