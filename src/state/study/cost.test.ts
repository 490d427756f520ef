import { describe, expect, it } from 'vitest';
import { PRESETS } from '../../study/presets/presets.ts';
import { studyCost } from './cost.ts';

const facts = { visionLayers: 12, textLayers: 4 };
const config = { ...PRESETS[0].config, seeds: [0, 1, 2] };

describe('cost of a study', () => {
  it('counts runs, pairs and coalitions', () => {
    const cost = studyCost(config, facts);
    expect(cost.runs).toBe(6);
    expect(cost.seedPairs).toBe(3);
    expect(cost.landscape).toBe(2 * 3 * 2 * 21);
    expect(cost.coalitions).toBe(2 * config.analyses.shapley.seedsPerArm * 4096);
  });

  it('is nothing for analyses that are off', () => {
    const { analyses } = config;
    const off = {
      ...config,
      analyses: {
        ...analyses,
        landscape: { ...analyses.landscape, enabled: false },
        shapley: { ...analyses.shapley, enabled: false },
        pruning: { ...analyses.pruning, enabled: false },
      },
    };
    expect(studyCost(off, facts)).toMatchObject({ landscape: 0, coalitions: 0, pruning: 0 });
  });
});
