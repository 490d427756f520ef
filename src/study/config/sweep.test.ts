import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { tinyArm } from '../../../tests/support/tiny-study.ts';
import type { ArmConfig } from './config.ts';
import type { StudyResult } from '../result/result.ts';
import { measured, sweepTable } from '../result/sweep-table.ts';
import { shownOfArms } from '../result/result-parts.ts';
import { middleValue, sweepOf } from './sweep.ts';
import { resultAt, runsOfArms, type Narrow } from '../result/narrow.ts';

const RATES = [1e-2, 1e-4, 1e-3];
const at = (method: ArmConfig['method'], rates: readonly number[]) =>
  rates.map((learningRate) => tinyArm(method, `${method}-${learningRate}`, { learningRate }));

describe('sweepOf', () => {
  it('finds the setting and sorts its values', () => {
    const sweep = sweepOf({ arms: [...at('lora', RATES), ...at('copra', RATES)] });
    expect(sweep?.setting.key).toBe('learningRate');
    expect(sweep?.values).toEqual([1e-4, 1e-3, 1e-2]);
    expect(sweep?.methods.map(({ name, arms }) => [name, arms.map(({ value }) => value)])).toEqual([
      ['LoRA', [1e-4, 1e-3, 1e-2]],
      ['CopRA', [1e-4, 1e-3, 1e-2]],
    ]);
  });

  it('does not depend on the order of the arms', () => {
    const arms = [...at('lora', RATES), ...at('copra', RATES)];
    fc.assert(
      fc.property(fc.shuffledSubarray(arms, { minLength: arms.length }), (shuffled) => {
        const sweep = sweepOf({ arms: shuffled });
        expect(sweep?.values).toEqual([1e-4, 1e-3, 1e-2]);
        for (const { arms: swept } of sweep?.methods ?? [])
          expect(swept.map(({ value }) => value)).toEqual([1e-4, 1e-3, 1e-2]);
      }),
    );
  });

  it('ignores settings that a method does not read, and keeps a method that does not read the setting as a constant', () => {
    const ramps = [0, 0.1, 0.5].map((p0) => tinyArm('copra', `copra-${p0}`, { p0, keepProbability: p0 }));
    const sweep = sweepOf({ arms: [tinyArm('lora'), ...ramps] });
    expect(sweep?.setting.key).toBe('p0');
    expect(sweep?.methods[0].arms).toEqual([{ id: 'lora', value: null }]);
    expect(sweep?.values).toEqual([0, 0.1, 0.5]);
  });

  it('is of a setting that has an effect in its arms', () => {
    const shares = (take: 'last' | 'average') =>
      [0.1, 0.25, 0.5].map((averageShare) => tinyArm('copra', `copra-${averageShare}`, { take, averageShare }));
    expect(sweepOf({ arms: [tinyArm('lora'), ...shares('last')] })).toBeNull();
    const sweep = sweepOf({ arms: [tinyArm('lora'), ...shares('average')] });
    expect([sweep?.setting.key, sweep?.values]).toEqual(['averageShare', [0.1, 0.25, 0.5]]);
    // LoRA is taken with its last adapter, whatever its share is.
    expect(sweep?.methods[0].arms).toEqual([{ id: 'lora', value: null }]);
    const ways = (['last', 'updates', 'average'] as const).map((take, i) =>
      tinyArm('copra', take, { take, averageShare: [0.25, 0.5, 0.1][i] }),
    );
    expect(sweepOf({ arms: ways })?.setting.key).toBe('take');
  });

  it('takes names in the order of the arms', () => {
    const shapes = (['sine', 'linear', 'exponential'] as const).map((schedule) =>
      tinyArm('copra', schedule, { schedule }),
    );
    expect(sweepOf({ arms: shapes })?.values).toEqual(['sine', 'linear', 'exponential']);
  });

  it.each<[string, ArmConfig[]]>([
    ['two arms', [tinyArm('lora'), tinyArm('copra')]],
    ['two values', at('lora', [1e-3, 1e-2])],
    ['two settings', [...at('lora', RATES), tinyArm('lora', 'more', { learningRate: 1, rank: 3 })]],
    [
      'another setting per method',
      [...at('lora', RATES), ...[1, 2, 3].map((rank) => tinyArm('copra', `c${rank}`, { rank }))],
    ],
    ['a value twice', [...at('lora', RATES), tinyArm('lora', 'again', { learningRate: 1e-3 })]],
    [
      'other projections',
      [1, 2, 3].map((n) => tinyArm('lora', `l${n}`, { projections: ['q', 'k', 'v'].slice(0, n) as 'q'[] })),
    ],
  ])('is null for %s', (_, arms) => {
    expect(sweepOf({ arms })).toBeNull();
  });
});

/** The fixture's study of LoRA and CopRA at three rates, with equal numbers. */
function swept(): StudyResult {
  const { config, runs, landscape, shapley, pruning, ...rest } = studyResultFixture();
  const each = <T extends { arm: string }>(list: readonly T[]) =>
    RATES.flatMap((rate) => list.map((entry) => ({ ...entry, arm: `${entry.arm}-${rate}` })));
  const arms = RATES.flatMap((learningRate) =>
    config.arms.map((arm) => ({ ...arm, id: `${arm.id}-${learningRate}`, learningRate })),
  );
  const lists = { runs: each(runs), landscape: each(landscape), shapley: each(shapley), pruning: each(pruning) };
  return { ...rest, ...lists, config: { ...config, arms } };
}

describe('the table of a sweep', () => {
  const result = swept();
  const sweep = sweepOf(result.config)!;

  it('has a row per run and per pair of seeds', () => {
    const rows = sweepTable(result, sweep);
    expect(rows).toHaveLength(6 * (2 + 1));
    for (const row of rows) {
      if (row.otherSeed === null) expect([row.midpointFactor, row.midpointProduct]).toEqual([null, null]);
      else expect([row.accuracy, row.everyOther]).toEqual([null, null]);
    }
    const [pair] = rows.filter(({ otherSeed }) => otherSeed !== null);
    const path = result.landscape.find((entry) => entry.arm === pair.arm && entry.path === 'factor');
    expect(pair.midpointFactor).toBe(path?.accuracy[10]);
  });

  it('gives every measure by method and value', () => {
    const rows = sweepTable(result, sweep);
    const runs = result.runs.filter(({ arm }) => arm === 'lora-0.001');
    expect(measured(rows, 'lora', 1e-3, 'accuracy')).toEqual(runs.map(({ test }) => test?.accuracy));
    const [{ structured }] = result.pruning.filter(({ arm }) => arm === 'copra-0.01');
    const halves = structured.filter(({ label }) => label === 'even' || label === 'odd');
    expect(measured(rows, 'copra', 1e-2, 'everyOther')[0]).toBeCloseTo(
      (halves[0].accuracy + halves[1].accuracy) / 2,
      12,
    );
    expect(measured(rows, 'copra', 5, 'accuracy')).toEqual([]);
  });

  it('is empty before anything was measured', () => {
    expect(sweepTable({ ...result, runs: [], landscape: [], pruning: [] }, sweep)).toEqual([]);
  });

  it('one value of it is a study of one arm per method', () => {
    const part = resultAt(result, sweep, middleValue(sweep), shownOfArms);
    expect(part.config.arms.map(({ learningRate }) => learningRate)).toEqual([1e-3, 1e-3]);
    const ids = part.config.arms.map(({ id }) => id);
    for (const list of [part.runs, part.landscape, part.shapley, part.pruning])
      expect([...new Set(list.map(({ arm }) => arm))]).toEqual(ids);
    expect(part.runs).toHaveLength(4);
  });

  it('one value of it holds the federated runs, planes and distances of its arms, and of no other', () => {
    const arms = result.config.arms.map(({ id }) => id);
    const federated = {
      partitions: [],
      runs: arms.map((arm) => ({
        arm,
        seed: 0,
        rule: 'fedit' as const,
        accuracy: [0.5],
        loss: [1],
        players: [],
        error: [[]],
        drift: [0],
        movement: [1],
        down: 1,
        up: 1,
      })),
    };
    const planes = arms.map((arm) => ({ arm, corners: [], xs: [], ys: [], accuracy: [], loss: [], trajectories: [] }));
    // One run per arm, at 1, 2, 3 … on a line: distances are differences.
    const cloud = {
      norms: arms.map((_, i) => i + 1),
      distances: arms.flatMap((_, i) => arms.slice(i + 1).map((_, j) => j + 1)),
    };
    const points = arms.map((arm) => ({ arm, seed: 0, step: null }));
    const geometry = { points, factors: cloud, updates: cloud };
    const part = resultAt({ ...result, federated, planes, geometry }, sweep, middleValue(sweep), shownOfArms);
    const ids = part.config.arms.map(({ id }) => id);
    expect(part.federated?.runs.map(({ arm }) => arm)).toEqual(ids);
    expect(part.planes?.map(({ arm }) => arm)).toEqual(ids);
    expect(part.geometry?.points.map(({ arm }) => arm)).toEqual(ids);
    const [first, second] = ids.map((id) => arms.indexOf(id));
    expect(part.geometry?.factors).toEqual({ norms: [first + 1, second + 1], distances: [second - first] });
  });

  it('one value of it keeps what was found of all runs together', () => {
    const all = { arm: null, corners: [], xs: [], ys: [], accuracy: [], loss: [] };
    const planes = [{ ...all, trajectories: result.runs.map(({ arm, seed }) => ({ arm, seed, points: [] })) }];
    expect(resultAt({ ...result, planes }, sweep, middleValue(sweep), shownOfArms).planes).toEqual(planes);
  });

  it('training figures read the runs at one value and the settings of their arms', () => {
    const at = (narrow: Narrow) => resultAt(result, sweep, middleValue(sweep), narrow);
    const { config, runs, ...others } = at(runsOfArms);
    expect({ config, runs }).toEqual({ config: at(shownOfArms).config, runs: at(shownOfArms).runs });
    expect(others.landscape).toBe(result.landscape);
  });
});
