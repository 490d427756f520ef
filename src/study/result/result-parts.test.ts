import { describe, expect, it } from 'vitest';
import { withGeometry } from '../../../tests/fixtures/geometry-result.ts';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { USUAL_DOMAINS } from '../analyses/domains/settings.ts';
import { followsTraining, missingFindings } from './result-parts.ts';
import type { StudyResult } from './result.ts';

const whole = withGeometry(studyResultFixture({ seeds: 2 }));
const arms = whole.config.arms.length;

const PLANE = { enabled: true, grid: 5 };
const MERGING = { enabled: true, scales: [1], density: 0.5 };

/** The result of a study that asks for these analyses too. */
const asking = (analyses: Partial<StudyResult['config']['analyses']>, result: StudyResult = whole): StudyResult => ({
  ...result,
  config: { ...result.config, analyses: { ...result.config.analyses, ...analyses } },
});

describe('what a study lacks', () => {
  const all = { plane: PLANE, geometry: { enabled: true }, merging: MERGING };

  it('is what it asked for and has not', () => {
    expect(missingFindings(asking({}))).toEqual({});
    expect(missingFindings(asking(all))).toEqual({ merging: arms });
    const none = { ...whole, landscape: [], planes: [], geometry: undefined };
    expect(missingFindings(asking(all, none))).toEqual({ landscape: arms, merging: arms, planes: arms, geometry: 1 });
  });

  it('is not of runs that diverged, nor of updates that have no low rank', () => {
    const [{ id }] = whole.config.arms;
    const runs = whole.runs.map((run) => (run.arm === id ? { ...run, diverged: 3 } : run));
    expect(missingFindings(asking(all, { ...whole, runs, landscape: [] }))).toEqual({
      landscape: arms - 1,
      merging: arms - 1,
    });
    const dora = whole.config.arms.map((arm) => ({ ...arm, dora: true }));
    expect(missingFindings({ ...asking(all), config: { ...asking(all).config, arms: dora } })).toEqual({});
    // Nothing but paths of updates, and no distances, which nobody can compute.
    const updates = asking(
      {
        ...all,
        landscape: { ...whole.config.analyses.landscape, paths: ['product'] },
        domains: { ...USUAL_DOMAINS, paths: ['product'] },
      },
      { ...whole, landscape: [], geometry: undefined },
    );
    expect(missingFindings(updates)).toEqual({ landscape: arms, domains: arms, geometry: 1, merging: arms });
    expect(missingFindings({ ...updates, config: { ...updates.config, arms: dora } })).toEqual({});
  });
});

it('planes and distances follow training', () => {
  expect(followsTraining(asking({}).config)).toBe(false);
  expect(followsTraining(asking({ plane: PLANE }).config)).toBe(true);
  expect(followsTraining(asking({ geometry: { enabled: true } }).config)).toBe(true);
});
