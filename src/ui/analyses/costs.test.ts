import { describe, expect, it } from 'vitest';
import { PRESETS } from '../../study/presets/presets.ts';
import { ANALYSIS_SETTINGS } from '../../study/config/settings/analyses.ts';
import { switchedOn } from '../../study/config/settings/analysis-rows.ts';
import type { AnalysisId, StudyConfig } from '../../study/config/config.ts';
import { SHOWN_ANALYSES } from './registry.ts';

const backbone = { layers: { vision: 12, text: 4 } };
const base: StudyConfig = { ...PRESETS[0].config, seeds: [0, 1, 2] };

/** What the page says of an analysis with its usual settings, changed. */
function costOf(id: AnalysisId, changes: object = {}, config = base): string | undefined {
  const analyses = { ...config.analyses, [id]: { ...switchedOn(ANALYSIS_SETTINGS[id]), ...changes } };
  return SHOWN_ANALYSES.find((shown) => shown.id === id)?.cost?.({ ...config, analyses }, backbone);
}

describe('the cost of an analysis, in words', () => {
  it('of paths counts arms, pairs of seeds, paths and points', () => {
    expect(costOf('landscape')).toBe(`${2 * 3 * 2 * 21} evaluations, 3 pairs of seeds`);
    expect(costOf('landscape', {}, { ...base, seeds: [0, 1] })).toBe('84 evaluations, 1 pair of seeds');
  });

  it('of Shapley values counts coalitions of analysed runs', () => {
    expect(costOf('shapley')).toBe('8,192 coalitions × 64 images');
    expect(costOf('shapley', { seedsPerArm: 2, evolution: true })).toBe('49,152 coalitions × 64 images');
    expect(costOf('shapley', { players: 'module', evaluations: 300 })).toBe('600 coalitions × 64 images');
  });

  it('of pruning counts every mask: fixed ones, and three depths of removal by norm, by Shapley value and at random', () => {
    const fixed = 7 + base.arms[0].projections.length + 3;
    const off = { ...base, analyses: { ...base.analyses, shapley: { ...base.analyses.shapley, enabled: false } } };
    expect(base.arms[0]).toMatchObject({ towers: ['vision'], projections: ['q', 'k', 'v'] });
    expect(costOf('pruning', { scopes: [] }, off)).toBe(`${2 * 3 * (fixed + 3 * (1 + 5))} evaluations`);
    expect(costOf('pruning', { scopes: [] })).toBe(`${2 * 3 * (fixed + 3 * (1 + 5)) + 2 * 3} evaluations`);
    expect(costOf('pruning', {}, off)).toBe(`${2 * 3 * (fixed + 3 * (1 + 5) + 3 * 12)} evaluations`);
  });

  it('of planes and merges is nothing for one seed', () => {
    expect(costOf('plane')).toBe(`${2 * 13 ** 2} evaluations`);
    expect(costOf('plane', {}, { ...base, seeds: [0] })).toBe('0 evaluations');
    expect(costOf('merging', { scales: [1, 2] })).toMatch(/^\d+ merges, those with a factor at 2 values of it$/);
    expect(costOf('merging', {}, { ...base, seeds: [0] })).toMatch(/^0 merges/);
  });

  it('of federated training counts the steps of the clients that take part', () => {
    expect(costOf('federated')).toBe(`${(2 * 2 * 15 * 5 * 20).toLocaleString('en')} client steps`);
    expect(costOf('federated', { participation: 0.1, seeds: 2 })).toBe('2,400 client steps');
  });

  it('of many tasks counts training on tasks besides the own one', () => {
    const steps = 6 * base.training.steps;
    expect(costOf('multitask', { tasks: ['a', 'b', base.task] })).toBe(
      `${(2 * steps).toLocaleString('en')} further training steps`,
    );
    expect(costOf('multitask', { tasks: [], parts: 3 })).toBe(
      `${(3 * steps).toLocaleString('en')} further training steps`,
    );
  });

  it('is not told of distances', () => {
    expect(costOf('geometry')).toBeUndefined();
  });
});
