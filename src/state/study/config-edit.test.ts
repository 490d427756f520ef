import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { MAX_ARMS, StudyConfigSchema, type StudyConfig } from '../../study/config/config.ts';
import { randomBelow } from '../../platform/random-number.ts';
import { PRESETS } from '../../study/presets/presets.ts';
import { ANALYSIS_IDS, analysisRowsOf } from '../../study/config/settings/analyses.ts';
import { SHARED_ROWS, SHARED_SETTINGS } from '../../study/config/settings/shared.ts';
import { STUDY_ROWS, STUDY_SETTINGS } from '../../study/config/settings/study.ts';
import { anyValue } from '../../study/config/settings/test-values.ts';
import { configChanges } from './config-changes.ts';
import {
  addArm,
  duplicateArm,
  removeArm,
  renewSeeds,
  setOfAnalysis,
  setOfStudy,
  setSeedCount,
  setShared,
  updateArm,
} from './config-edit.ts';

const [{ config }] = PRESETS;

describe('edits', () => {
  it('never leave the schema, whatever their order', () => {
    const edit = fc.oneof(
      fc
        .constantFrom('lora', 'copra', 'layer-drop', 'lora-dropout')
        .map((id) => (old: StudyConfig) => addArm(old, id, id)),
      fc.nat(9).map((i) => (old: StudyConfig) => duplicateArm(old, old.arms[i % old.arms.length].id)),
      fc.nat(9).map((i) => (old: StudyConfig) => removeArm(old, old.arms[i % old.arms.length].id)),
      fc.integer({ min: 1, max: 32 }).map((count) => (old: StudyConfig) => setSeedCount(old, count)),
      fc.nat().map((drawn) => (old: StudyConfig) => renewSeeds(old, (end) => drawn % end)),
      fc
        .constantFrom(...ANALYSIS_IDS.flatMap((id) => analysisRowsOf(id).map((setting) => ({ id, ...setting }))))
        .chain(({ id, key, row }) => fc.tuple(fc.constant(id), fc.constant(key), anyValue(row)))
        .map((set) => (old: StudyConfig) => setOfAnalysis(old, ...set)),
      fc
        .constantFrom(...STUDY_ROWS)
        .chain(([key, row]) => fc.tuple(fc.constant(key), fc.constant(row), anyValue(row)))
        .map((set) => (old: StudyConfig) => setOfStudy(old, ...set)),
      fc
        .constantFrom(...SHARED_ROWS)
        .chain(([key, row]) => fc.tuple(fc.constant(key), fc.constant(row), anyValue(row)))
        .map((set) => (old: StudyConfig) => setShared(old, ...set)),
    );
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 20 }), (edits) => {
        const edited = edits.reduce((old, apply) => apply(old), config);
        expect(v.safeParse(StudyConfigSchema, edited).success).toBe(true);
        expect(new Set(edited.arms.map(({ id }) => id)).size).toBe(edited.arms.length);
        expect(new Set(edited.seeds).size).toBe(edited.seeds.length);
        expect(edited.arms.length).toBeLessThanOrEqual(MAX_ARMS);
      }),
    );
  });

  it('name a copy after its original', () => {
    const twice = duplicateArm(duplicateArm(config, 'copra'), 'copra');
    expect(twice.arms.map(({ id }) => id)).toEqual(['lora', 'copra', 'copra-3', 'copra-2']);
    expect(twice.arms[3].name).toBe('CopRA 2');
  });

  it('keep the id of a copy short enough, however long that of its original is', () => {
    const long = updateArm(config, 'copra', { id: 'an-arm-of-somebody-else-' });
    const copied = duplicateArm(duplicateArm(long, 'an-arm-of-somebody-else-'), 'an-arm-of-somebody-else-');
    expect(v.safeParse(StudyConfigSchema, copied).success).toBe(true);
    expect(copied.arms.map(({ name }) => name)).toEqual(['LoRA', 'CopRA', 'CopRA 3', 'CopRA 2']);
  });

  it('keep the last arm', () => {
    const one = removeArm(config, 'lora');
    expect(removeArm(one, 'copra')).toBe(one);
  });

  it('draw new seeds, as many, of five digits, none of them in use', () => {
    const drawn = [38_213, 0, 0, 89_999, 89_999];
    const renewed = renewSeeds({ ...config, seeds: [0, 1, 2, 10_000, 99_999] }, () => drawn.shift()!);
    expect(renewed.seeds).toEqual([48_213, 10_001, 10_002, 10_003, 10_004]);
  });

  it('give two readers other seeds', () => {
    const [one, other] = [renewSeeds(config, randomBelow), renewSeeds(config, randomBelow)];
    expect(one.seeds).not.toEqual(other.seeds);
    expect(one.seeds).toHaveLength(config.seeds.length);
  });
});

describe('changes', () => {
  it('are none for the same study', () => {
    expect(configChanges(config, structuredClone(config))).toEqual([]);
  });

  it('of an analysis leave out what says nothing, and name what differs from usual', () => {
    const on = setOfAnalysis(config, 'federated', 'rounds', 7);
    expect(configChanges(config, on)).toEqual([
      { label: 'federated training', from: 'off', to: 'on', affects: 'analyses' },
      { label: 'federated training: rounds', from: '15', to: '7', affects: 'analyses' },
    ]);
    expect(setOfAnalysis(on, 'federated', 'enabled', false)).toEqual(config);
    const off = setOfAnalysis(config, 'pruning', 'enabled', false);
    expect(off.analyses.pruning).toEqual({ ...config.analyses.pruning, enabled: false });
    const images = setOfAnalysis(config, 'landscape', 'trainImages', 9);
    expect(images.analyses.landscape.trainImages).toBe(9);
    expect(setOfAnalysis(images, 'landscape', 'trainImages', null)).toEqual(config);
    const { snapshots, testImages } = SHARED_SETTINGS;
    expect(setShared(setShared(config, 'snapshots', snapshots, 9), 'snapshots', snapshots, 7)).toEqual(config);
    expect(setShared(config, 'testImages', testImages, null).analyses.testImages).toBeNull();
  });

  it('draw few images where few are taken', () => {
    const { shots, draw } = STUDY_SETTINGS;
    const few = setOfStudy(config, 'shots', shots, 5);
    const drawn = setOfStudy(few, 'draw', draw, 2);
    expect(drawn).toEqual({ ...config, shots: 5, draw: 2 });
    expect(setOfStudy(drawn, 'draw', draw, 0)).toEqual(few);
    expect(setOfStudy(drawn, 'shots', shots, null)).toEqual({ ...config, shots: null });
  });

  it('name the setting with both values', () => {
    expect(configChanges(config, updateArm(config, 'copra', { rank: 8 }))).toEqual([
      { label: 'CopRA rank', from: '4', to: '8', affects: 'training' },
    ]);
  });

  it('tell analyses from training', () => {
    const edited = {
      ...config,
      analyses: { ...config.analyses, pruning: { ...config.analyses.pruning, enabled: false } },
    };
    expect(configChanges(config, edited)).toEqual([{ label: 'pruning', from: 'on', to: 'off', affects: 'analyses' }]);
  });

  it('call tasks by their names', () => {
    const [change] = configChanges(config, { ...config, task: 'dropped' });
    expect(change.to).toBe('your images');
    expect(change.from).not.toBe(config.task);
  });

  it('name arms that came and went', () => {
    const edited = removeArm(addArm(config, 'layer-drop', 'Layer drop'), 'lora');
    expect(configChanges(config, edited).map(({ from, to }) => [from, to])).toEqual([
      ['–', 'Layer drop'],
      ['LoRA', 'removed'],
    ]);
  });
});
