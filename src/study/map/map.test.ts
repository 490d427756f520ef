import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { armDifference } from '../result/measures/arm-difference.ts';
import { MEASURES } from '../result/measures/measures.ts';
import { completeArm, StudyConfigSchema } from '../config/config.ts';
import type { StudyResult } from '../result/result.ts';
import { testedImages } from '../result/tested-images.ts';
import { cellResult } from './cell-result.ts';
import { cellsOf, samePlace } from './cells.ts';
import { MapConfigSchema, type MapConfig } from './map-config.ts';
import {
  cellAt,
  differenceAt,
  emptyMap,
  intervalOf,
  MapResultSchema,
  missingCells,
  unitedMaps,
  withCell,
} from './map-result.ts';
import { MAP_SETTINGS, mapSetting, mapValueText } from './map-settings.ts';
import { MAP_PRESETS } from './presets.ts';
import { runOf } from '../result/run-names.ts';

const [{ config }] = MAP_PRESETS;
const result = studyResultFixture();
const study = result.config;
const ofStudy: MapConfig = { ...config, study };

/** The map with some of its cells done, by their indices. */
const done = (indices: readonly number[], shift = 0) =>
  indices.reduce((map, i) => {
    const cell = cellResult(cellsOf(ofStudy)[i], result);
    return withCell(map, { ...cell, provenance: { ...cell.provenance, seconds: i + shift } });
  }, emptyMap(ofStudy));

const someCells = fc.uniqueArray(fc.nat(cellsOf(ofStudy).length - 1));
/** Every run checks whole maps. */
const FEW = { numRuns: 20 };

describe('a map', () => {
  it.each(MAP_PRESETS)('$id is valid, and so is the study of every cell', (preset) => {
    expect(v.parse(MapConfigSchema, preset.config)).toEqual(preset.config);
    const cells = cellsOf(preset.config);
    expect(cells).toHaveLength(preset.config.x.values.length * preset.config.y.values.length);
    for (const cell of cells) expect(v.parse(StudyConfigSchema, cell.config)).toEqual(cell.config);
    expect(new Set(cells.map((cell) => JSON.stringify(cell.config))).size).toBe(cells.length);
  });

  it('sets each of its settings where the study has it, and nothing else', () => {
    const { x, y } = config;
    for (const cell of cellsOf(config)) {
      expect(cell.config.shots).toBe(cell.y);
      for (const arm of cell.config.arms) expect(arm.learningRate).toBe(cell.x);
      const back = mapSetting(y.setting).withValue(
        mapSetting(x.setting).withValue(cell.config, config.study.arms[0].learningRate),
        config.study.shots,
      );
      expect(back).toEqual(config.study);
    }
  });

  it.each(MAP_SETTINGS)('can vary $row.query: every allowed value makes a valid study', (setting) => {
    const { row, withValue } = setting;
    const { min, max } = row;
    const whole = row.kind === 'limit' || row.whole === true;
    const number = whole ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true });
    fc.assert(
      fc.property(row.kind === 'limit' ? fc.option(number) : number, (value) => {
        expect(v.is(StudyConfigSchema, withValue(config.study, value))).toBe(true);
        expect(mapValueText(setting, value)).not.toBe('');
      }),
    );
  });

  it('changes a setting only in arms whose method reads it', () => {
    const arms = mapSetting('p0').withValue(config.study, 0.5).arms.map(completeArm);
    expect(arms.map(({ p0 }) => p0)).toEqual([0, 0.5]);
  });

  it.each([
    ['the same setting twice', { y: config.x }, /two settings/],
    ['values that do not rise', { x: { setting: 'lr', values: [0.1, 0.01] } }, /rise/],
    ['a value twice', { x: { setting: 'lr', values: [0.1, 0.1] } }, /rise/],
    ['“all” before a number', { y: { setting: 'shots', values: [null, 4] } }, /rise/],
    ['“all” where there is no such value', { x: { setting: 'lr', values: [0.1, null] } }, /range/],
    ['a value out of range', { x: { setting: 'lr', values: [0.1, 2] } }, /range, 0.000001 to 1/],
    ['a setting that is no number', { x: { setting: 'rslora', values: [0, 1] } }, /./],
    [
      'a setting that neither method reads',
      { x: { setting: 'keep', values: [0.25, 0.5] } },
      /^“Keep probability” \(keep\) has no effect in a study of LoRA and CopRA: .* Vary another setting, or take an arm of Layer drop or Stochastic depth\.$/,
    ],
    [
      'a setting that others switch off',
      { y: { setting: 'average-share', values: [0.25, 0.5] } },
      /^“Averaged share” \(average-share\) has no effect.* set “Adapter taken: mean of last” in an arm\.$/,
    ],
    [
      'draws of all images',
      { study: { ...config.study, shots: null }, y: { setting: 'draw', values: [0, 1] } },
      /^“Draw of few images” \(draw\) has no effect/,
    ],
    ['one arm', { study: { ...config.study, arms: [config.study.arms[0]] } }, /two arms/],
  ])('is refused with %s', (_, change, message) => {
    const { success, issues } = v.safeParse(MapConfigSchema, { ...config, ...change });
    expect(success).toBe(false);
    expect(issues?.[0].message).toMatch(message);
  });
});

it('a map takes a setting that one arm reads, or cells at some values of the other', () => {
  const maps: Partial<MapConfig>[] = [
    { x: { setting: 'p0', values: [0, 0.25] } },
    { x: { setting: 'draw', values: [0, 1] }, y: { setting: 'shots', values: [4, null] } },
  ];
  for (const map of maps) expect(v.safeParse(MapConfigSchema, { ...config, ...map }).success).toBe(true);
});

describe('the result of a map', () => {
  it('stays readable where its axis has no effect, as before such maps were refused', () => {
    const idle: MapConfig = { ...ofStudy, x: { setting: 'keep', values: [0.25, 0.5] } };
    expect(v.is(MapConfigSchema, idle)).toBe(false);
    expect(v.is(MapResultSchema, emptyMap(idle))).toBe(true);
  });

  it('keeps of a study what its measures say', () => {
    const [place] = cellsOf(ofStudy);
    const cell = cellResult(place, result);
    const [baseline, other] = study.arms.map(({ id }) => id);
    const known = MEASURES.filter((measure) => armDifference(result, measure, baseline, other) !== null);
    expect(known.length).toBeGreaterThan(5);
    expect(cell.differences.map(({ measure }) => measure)).toEqual(known.map(({ id }) => id));
    known.forEach((measure, i) => {
      const difference = cell.differences[i];
      expect(intervalOf(difference)).toEqual(armDifference(result, measure, baseline, other));
      const [first, second] = difference.arms;
      expect(second - first).toBeCloseTo(difference.mean, 9); // the fixture has all seeds in both arms
    });
  });

  it('says how many motifs its images show, where that is known', () => {
    const motifs = Array.from({ length: testedImages(result) }, (_, i) => Math.floor(i / 4));
    const motifsIn = (task: StudyResult['task']) =>
      differenceAt(cellResult(cellsOf(ofStudy)[0], { ...result, task }), 'test-accuracy')?.motifs;
    expect(motifsIn({ ...result.task, motifs })).toBe(motifs.length / 4);
    expect(motifsIn(result.task)).toBeUndefined();
  });

  it('compares means over the seeds that both arms have', () => {
    const [baseline, other] = study.arms;
    const [seed] = study.seeds;
    const runs = result.runs.map((run) =>
      run.arm === other.id && run.seed === seed ? { ...run, test: null, diverged: 3 } : run,
    );
    const cell = cellResult(cellsOf(ofStudy)[0], { ...result, runs });
    expect(cell.diverged).toEqual([0, 1]);
    const own = (arm: string) => runOf(runs, arm, study.seeds[1])?.test?.accuracy;
    expect(cell.differences[0].measure).toBe('test-accuracy');
    expect(cell.differences[0].arms).toEqual([own(baseline.id), own(other.id)]);
    expect(cell.differences[0].seeds).toBe(study.seeds.length - 1);
  });

  it('stays valid as JSON, cell by cell, in the order of the map', () => {
    fc.assert(
      fc.property(someCells, (indices) => {
        const map = done(indices);
        expect(v.parse(MapResultSchema, JSON.parse(JSON.stringify(map)))).toEqual(map);
        expect(map.cells.map(({ provenance }) => provenance.seconds)).toEqual(indices.toSorted((a, b) => a - b));
        expect([...map.cells, ...missingCells(map)]).toHaveLength(cellsOf(ofStudy).length);
        for (const cell of missingCells(map)) expect(cellAt(map, cell)).toBeNull();
      }),
      FEW,
    );
  });

  it('replaces a cell that is run again', () => {
    const again = { ...done([3], 100).cells[0] };
    expect(withCell(done([1, 3]), again).cells.map(({ provenance }) => provenance.seconds)).toEqual([1, 103]);
  });

  it('unites two: every cell of either, and of both those of the first', () => {
    fc.assert(
      fc.property(someCells, someCells, (a, b) => {
        const united = unitedMaps(done(a), done(b, 100));
        const seconds = new Set(united.cells.map(({ provenance }) => provenance.seconds));
        expect(seconds).toEqual(new Set([...a, ...b.filter((i) => !a.includes(i)).map((i) => i + 100)]));
      }),
      FEW,
    );
    expect(() => unitedMaps(emptyMap(ofStudy), emptyMap(config))).toThrow('different settings');
  });

  it('is refused with a cell twice, or one that the map does not have', () => {
    const map = done([2]);
    const [cell] = map.cells;
    expect(v.is(MapResultSchema, { ...map, cells: [cell, cell] })).toBe(false);
    expect(v.is(MapResultSchema, { ...map, cells: [{ ...cell, x: 0.5 }] })).toBe(false);
    expect(cellsOf(ofStudy).some((place) => samePlace(place, { x: 0.5, y: cell.y }))).toBe(false);
  });
});
