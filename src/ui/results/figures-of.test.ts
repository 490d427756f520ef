import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { PRESETS } from '../../study/presets/presets.ts';
import { hasView } from '../embed/has-view.ts';
import { emptyResult } from './empty-result.ts';
import { figuresOf } from './figures-of.ts';

const preset = (id: string) => PRESETS.find((entry) => entry.id === id)!.config;

describe('figures of a result', () => {
  it('wait for what the study asks for, and for nothing else', () => {
    expect(figuresOf(emptyResult(preset('full')))).toEqual(['landscape', 'shapley', 'layers', 'weights', 'hand']);
    expect(figuresOf(emptyResult(preset('many-tasks')))).toEqual(['hand', 'many-tasks']);
    expect(figuresOf(emptyResult(preset('geometry')))).toEqual(['landscape', 'hand', 'plane', 'points']);
    expect(figuresOf(emptyResult(preset('ablations')))).toEqual(['landscape', 'layers', 'hand']);
  });

  it('show what is there, even of an analysis that is off now', () => {
    const result = studyResultFixture();
    const { analyses } = result.config;
    const off = { ...analyses, landscape: { ...analyses.landscape, enabled: false } };
    expect(figuresOf({ ...result, config: { ...result.config, analyses: off } })).toContain('landscape');
  });

  it('fill a frame only with content', () => {
    const result = studyResultFixture();
    expect(hasView('landscape', result)).toBe(true);
    expect(hasView('many-tasks', result)).toBe(false);
    expect(hasView('federated-clients', result)).toBe(false);
    expect(hasView('sweep', result)).toBe(false);
    expect(hasView('sweep', emptyResult(preset('learning-rates')))).toBe(true);
    expect(hasView('landscape', emptyResult(preset('full')))).toBe(false);
  });
});
