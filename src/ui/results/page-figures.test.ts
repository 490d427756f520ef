import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { PRESETS } from '../../study/presets/presets.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { EMBED_VIEWS, hasView } from '../embed/views.ts';
import { emptyResult } from './empty-result.ts';
import { figuresOf, type ViewId } from './page-figures.ts';

const preset = (id: string) => PRESETS.find((entry) => entry.id === id)!.config;

const partsOf = (result: StudyResult) => figuresOf(result).map(({ part }) => part);

describe('figures of a result', () => {
  it('wait for what the study asks for, and for nothing else', () => {
    const waiting = (id: string) => partsOf(emptyResult(preset(id)));
    const whole = ['summary', 'pictures', 'own', 'landscape', 'shapley', 'layers', 'weights', 'hand'];
    expect(waiting('few-shots')).toEqual([...whole, 'domains', 'timing', 'adapters']);
    expect(waiting('full')).toEqual([...whole, 'domains', 'adapters']);
    expect(waiting('quick')).toEqual([...whole, 'adapters']);
    expect(waiting('many-tasks')).toEqual(['summary', 'pictures', 'own', 'hand', 'many-tasks', 'adapters']);
    expect(waiting('geometry')).toEqual([
      'summary',
      'pictures',
      'own',
      'landscape',
      'hand',
      'plane',
      'points',
      'adapters',
    ]);
    expect(waiting('ablations')).toEqual([
      'frontier',
      'summary',
      'pictures',
      'own',
      'landscape',
      'layers',
      'hand',
      'adapters',
    ]);
    expect(waiting('learning-rates').slice(0, 3)).toEqual(['sweep', 'frontier', 'summary']);
  });

  it('show what is there, even of an analysis that is off now', () => {
    const result = studyResultFixture();
    const { analyses } = result.config;
    const off = { ...analyses, landscape: { ...analyses.landscape, enabled: false } };
    expect(partsOf({ ...result, config: { ...result.config, analyses: off } })).toContain('landscape');
  });

  it('fill a frame only with content', () => {
    const result = studyResultFixture();
    const has = (view: ViewId, of: StudyResult) =>
      hasView(
        EMBED_VIEWS.find(({ id }) => id === view)!,
        of,
      );
    expect(has('landscape', result)).toBe(true);
    expect(has('many-tasks', result)).toBe(false);
    expect(has('federated-clients', result)).toBe(false);
    expect(has('sweep', result)).toBe(false);
    expect(has('sweep', emptyResult(preset('learning-rates')))).toBe(true);
    expect(has('landscape', emptyResult(preset('full')))).toBe(false);
  });

  it('are framed under names that addresses hold for ever, the landscape where none is asked for', () => {
    const charts = 'landscape shapley layers weights plane points merging federated federated-error federated-clients';
    const others = 'frontier arms many-tasks sweep training tape summary pictures confusion';
    const ids = EMBED_VIEWS.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(`${charts} ${others}`.split(' ')));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids[0]).toBe('landscape');
  });
});
