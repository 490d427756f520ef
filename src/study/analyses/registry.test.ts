import { describe, expect, it } from 'vitest';
import { PRESETS } from '../presets/presets.ts';
import { PART_KEYS } from '../result/result-parts.ts';
import { StudyResultSchema } from '../result/result.ts';
import { StudyConfigSchema } from '../config/config.ts';
import { ANALYSES } from './registry.ts';

describe('analyses', () => {
  it('are those that can be switched on, each once', () => {
    const { entries } = StudyConfigSchema.entries.analyses;
    const settings = Object.keys(entries).filter((key) => key !== 'testImages' && key !== 'snapshots');
    expect(ANALYSES.map(({ id }) => id).toSorted()).toEqual(settings.toSorted());
  });

  it('are all in a preset', () => {
    const used = new Set(PRESETS.flatMap(({ config }) => Object.keys(config.analyses)));
    for (const { id } of ANALYSES) expect(used).toContain(id);
  });
});

it('the parts of a result are all that it holds besides its description', () => {
  const description = ['version', 'config', 'provenance', 'task', 'imageVariances', 'status'];
  expect([...PART_KEYS, ...description].toSorted()).toEqual(Object.keys(StudyResultSchema.entries).toSorted());
});
