import { describe, expect, it } from 'vitest';
import { PRESETS } from '../../presets/presets.ts';
import type { StudyConfig } from '../../config/config.ts';
import type { PlannedPopulation } from './populations.ts';
import { knownAdapters, planSnapshots, SNAPSHOT_BYTES, snapshotSteps } from './snapshots.ts';
import { STUDY_NOTICES } from '../words.ts';

const [{ config: base }] = PRESETS;
const withAnalyses = (changes: Partial<StudyConfig['analyses']>): StudyConfig => ({
  ...base,
  training: { ...base.training, steps: 600 },
  analyses: { ...base.analyses, ...changes },
});
const geometry = { enabled: true };

describe('snapshots of a study', () => {
  it('are kept for nobody when nobody looks at them', () => {
    expect(planSnapshots(withAnalyses({}), 1).steps).toEqual([]);
    expect(planSnapshots(withAnalyses({ geometry: { enabled: false } }), 1).steps).toEqual([]);
  });

  it('are equally spaced from the first step on; the trained adapter counts', () => {
    expect(planSnapshots(withAnalyses({ geometry }), 1)).toMatchObject({
      steps: [0, 100, 200, 300, 400, 500],
      perRun: 7,
    });
    expect(planSnapshots(withAnalyses({ geometry, snapshots: 2 }), 1).steps).toEqual([0]);
    expect(planSnapshots(withAnalyses({ plane: { enabled: true, grid: 9 }, snapshots: 3 }), 1).steps).toEqual([0, 300]);
  });

  it('hold the thirds of the evolution of Shapley values as well', () => {
    const shapley = { ...base.analyses.shapley, enabled: true, evolution: true };
    expect(planSnapshots(withAnalyses({ shapley }), 1).steps).toEqual([200, 400]);
    expect(planSnapshots(withAnalyses({ shapley, geometry, snapshots: 3 }), 1).steps).toEqual([0, 200, 300, 400]);
  });

  it('are fewer where they would take too much memory, but never without the beginning', () => {
    const plan = planSnapshots(withAnalyses({ geometry }), SNAPSHOT_BYTES / 4);
    expect(plan).toEqual({ steps: [0, 200, 400], perRun: 4, untested: 0 });
    expect(planSnapshots(withAnalyses({ geometry }), 2 * SNAPSHOT_BYTES)).toMatchObject({ steps: [0], perRun: 2 });
  });

  it('lie closer together early where they are tested along training, beside those of others', () => {
    const timeline = { enabled: true, steps: 4, points: 3 };
    expect(planSnapshots(withAnalyses({ timeline }), 1).steps).toEqual([38, 150, 338]);
    expect(planSnapshots(withAnalyses({ timeline: { ...timeline, enabled: false } }), 1).steps).toEqual([]);
    const both = withAnalyses({ timeline, geometry, snapshots: 3 });
    expect(planSnapshots(both, 1).steps).toEqual([0, 38, 150, 300, 338]);
    expect(knownAdapters(both)).toBe(6);
    const few = planSnapshots(withAnalyses({ timeline: { ...timeline, steps: 9 } }), SNAPSHOT_BYTES / 4);
    expect(few.untested).toBe(8 - few.steps.length);
    expect(few.steps.length).toBeLessThan(4);
    expect(few.steps.at(-1)).toBe(Math.round(600 * (8 / 9) ** 2));
  });

  it('take four bytes for every value of every training, and it is said where fewer are kept', () => {
    const notices: string[] = [];
    const kept = (config: StudyConfig, trainings: number) => {
      const plan = { layout: { size: SNAPSHOT_BYTES / 16 }, trainings: new Array<null>(trainings) };
      return snapshotSteps({ config, emit: ({ message }) => notices.push(message) }, [
        plan as unknown as PlannedPopulation,
      ]);
    };
    expect(kept(withAnalyses({ geometry }), 1)).toEqual([0, 200, 400]);
    expect(notices.splice(0)).toEqual([STUDY_NOTICES.fewerKept(4, 7, 256)]);
    expect(kept(withAnalyses({ geometry }), 2)).toEqual([0]);
    expect(notices.splice(0)).toEqual([STUDY_NOTICES.fewerKept(2, 7, 256)]);
    const timeline = { enabled: true, steps: 5, points: 3 };
    expect(kept(withAnalyses({ timeline }), 1)).toHaveLength(2);
    expect(notices).toEqual([STUDY_NOTICES.fewerTested(2, 256)]);
  });

  it('are each kept once in a short training', () => {
    const config = withAnalyses({ geometry, snapshots: 9 });
    const short = { ...config, training: { ...config.training, steps: 3 } };
    expect(planSnapshots(short, 1).steps).toEqual([0, 1, 2]);
  });
});
