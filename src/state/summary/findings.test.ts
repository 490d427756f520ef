import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { StudyResultSchema, type StudyResult } from '../../study/result/result.ts';
import type { ScopedInterval } from '../../core/crossed-interval.ts';
import { mean } from '../../core/statistics.ts';
import { without } from '../../core/without.ts';
import { readJsonFile } from '../../../tests/support/files.ts';
import {
  clearFinding,
  comparedArms,
  fewStepsRemark,
  findingsToShow,
  headlineOf,
  meanFactorPath,
  followedArms,
  picturedArms,
  type Finding,
  type FindingId,
  type Lack,
} from './findings.ts';

const lacking = (id: FindingId, why: Lack['why'], ...names: readonly string[]): Finding => ({
  id,
  compared: null,
  earlier: null,
  lack: { why, names },
});
const findingOf = (result: StudyResult, id: FindingId) =>
  findingsToShow(result, result.config).find((finding) => finding.id === id)?.compared ?? null;
const idsOf = (...args: Parameters<typeof findingsToShow>) => findingsToShow(...args).map(({ id }) => id);

const savedOf = (id: string): StudyResult => v.parse(StudyResultSchema, readJsonFile(`public/showcase/${id}.json`));
const saved = savedOf('few-shots');

describe('the arms of the first screen', () => {
  it('are LoRA and CopRA, or else the first two; a sweep has none', () => {
    const [lora, copra] = saved.config.arms;
    const other = { ...lora, id: 'other', method: 'layer-drop' } as const;
    const ids = (arms: StudyResult['config']['arms']) => comparedArms({ arms })?.map(({ id }) => id) ?? null;
    expect(ids([other, copra, lora])).toEqual(['lora', 'copra']);
    expect(ids([other, lora])).toEqual(['lora', 'other']);
    expect(ids([other, copra])).toEqual(['other', 'copra']);
    expect(ids([copra])).toBeNull();
    expect(comparedArms(savedOf('learning-rates').config)).toBeNull();
  });

  it('are pictured: those that are compared, one that is alone, and of a sweep both methods at its middle value', () => {
    const [lora, copra] = saved.config.arms;
    expect(picturedArms(saved.config)).toEqual([lora, copra]);
    expect(picturedArms({ arms: [copra] })).toEqual([copra]);
    const { arms } = savedOf('learning-rates').config;
    expect(picturedArms({ arms }).map(({ method, learningRate }) => [method, learningRate])).toEqual([
      ['lora', 3e-3],
      ['copra', 3e-3],
    ]);
    // A sweep of one method has its first two values.
    const alone = arms.filter(({ method }) => method === 'lora');
    expect(picturedArms({ arms: alone })).toEqual(alone.slice(0, 2));
  });

  it('are followed while they train: all of them, and of a sweep those that are pictured', () => {
    const third = { ...saved.config.arms[0], id: 'third', name: 'Third' };
    const arms = [...saved.config.arms, third];
    expect(followedArms({ arms })).toEqual(arms);
    const { config } = savedOf('learning-rates');
    expect(followedArms(config)).toEqual(picturedArms(config));
  });
});

describe('a finding', () => {
  it('has the means of the result', () => {
    const reached = (arm: string): number =>
      mean(saved.runs.filter((run) => run.arm === arm).map(({ test }) => test?.accuracy ?? NaN));
    const price = findingOf(saved, 'price');
    expect(price?.names).toEqual(['LoRA', 'CopRA']);
    expect(price?.values[0]).toBeCloseTo(reached('lora'), 12);
    expect(price?.values[1]).toBeCloseTo(reached('copra'), 12);
    const half = findingOf(saved, 'half-off');
    const kept = (arm: string): number =>
      mean(
        saved.pruning
          .filter((entry) => entry.arm === arm)
          .map(({ structured }) =>
            mean(
              structured
                .filter(({ label }) => label === 'even' || label === 'odd')
                .map((mask) => mask.retainedGain ?? NaN),
            ),
          ),
      );
    expect(half?.values[0]).toBeCloseTo(kept('lora'), 12);
    expect(half?.values[1]).toBeCloseTo(kept('copra'), 12);
    expect(findingOf(saved, 'average')?.difference.seeds).toBe(saved.config.seeds.length);
  });

  it('is of the seeds that both arms have, so that its difference is that of its means', () => {
    const runs = saved.runs.filter(({ arm, seed }) => arm === 'lora' || seed < 3);
    const price = findingOf({ ...saved, runs }, 'price');
    expect(price?.difference.seeds).toBe(3);
    expect((price?.values[1] ?? NaN) - (price?.values[0] ?? NaN)).toBeCloseTo(price?.difference.mean ?? NaN, 12);
  });

  it('may need more learning than there was', () => {
    const pruning = saved.pruning.map((entry) => ({
      ...entry,
      structured: entry.structured.map((mask) => ({ ...mask, retainedGain: null })),
    }));
    const found = findingsToShow({ ...saved, pruning }, saved.config);
    expect(found[0]).toEqual(lacking('half-off', 'too little', 'LoRA', 'CopRA'));
    expect(headlineOf(found)).toBe(
      'LoRA and CopRA have hardly learned yet: more steps may turn any difference here round.',
    );
  });

  it('is absent where an arm was not measured before the study was stopped, and the others are told', () => {
    const stopped: StudyResult = {
      ...saved,
      status: 'stopped',
      pruning: saved.pruning.filter(({ arm }) => arm === 'lora'),
    };
    expect(idsOf(stopped, saved.config)).toEqual(['average', 'other-domains', 'price']);
    const found = findingsToShow(stopped, saved.config);
    expect(found.map(({ lack }) => lack)).toEqual([null, null, null]);
    expect(headlineOf(found)).not.toContain('too little');
  });

  it('is absent where an arm has lost every run, which the headline says', () => {
    const lost = (own: { readonly arm: string }): boolean => own.arm === 'lora';
    const kept = <T extends { readonly arm: string }>(list: readonly T[]): T[] => list.filter((own) => !lost(own));
    const diverged: StudyResult = {
      ...without(saved, 'domains'),
      runs: saved.runs.map((run) => (lost(run) ? { ...run, test: null, diverged: 10 } : run)),
      landscape: kept(saved.landscape),
      pruning: kept(saved.pruning),
    };
    const found = findingsToShow(diverged, saved.config);
    expect(found).toEqual([lacking('price', 'diverged', 'LoRA')]);
    expect(clearFinding(found)).toBeUndefined();
    expect(headlineOf(found)).toBe(
      'LoRA diverged in every seed: nothing is left to compare. Lower learning rates may help.',
    );
    // While the study runs, other seeds may be under way.
    expect(headlineOf(findingsToShow({ ...diverged, status: 'running' }, saved.config))).toBe('');
  });

  it('is absent where the result lacks its measure, and awaited while a study computes it', () => {
    const { domains, ...others } = saved;
    const bare: StudyResult = { ...others, landscape: [], pruning: [] };
    expect(idsOf({ ...bare, ...(domains && { domains }) }, saved.config)).toEqual(['other-domains', 'price']);
    expect(findingOf(bare, 'half-off')).toBeNull();
    expect(idsOf(bare, saved.config)).toEqual(['price']);
    expect(idsOf({ ...bare, runs: [], status: 'running' }, saved.config)).toEqual(['half-off', 'average', 'price']);
    expect(idsOf(null, { ...saved.config, seeds: [0] })).toEqual(['half-off', 'other-domains', 'price']);
    expect(idsOf(null, { ...saved.config, arms: saved.config.arms.slice(0, 1) })).toEqual([]);
  });

  it('is of what the study is about, if neither layers nor paths are', () => {
    const federated = savedOf('federated-few-shots');
    expect(idsOf(federated, federated.config)).toEqual(['averaging', 'clients', 'price']);
    const averaged = (arm: string): number =>
      mean(
        (federated.federated?.runs ?? [])
          .filter((run) => run.arm === arm && run.rule === 'fedit')
          .map(({ accuracy }) => accuracy.at(-1) ?? NaN),
      );
    const clients = findingOf(federated, 'clients');
    expect(clients?.values[0]).toBeCloseTo(averaged('lora'), 12);
    expect(clients?.values[1]).toBeCloseTo(averaged('copra'), 12);
    const tasks = savedOf('many-tasks');
    expect(idsOf(tasks, tasks.config)).toEqual(['tasks', 'price']);
    const without = { ...federated.config.analyses.federated, rules: ['ffa-lora' as const] };
    const { analyses } = federated.config;
    const config = { ...federated.config, analyses: { ...analyses, federated: without } as typeof analyses };
    expect(idsOf(null, config)).toEqual(['price']);
  });

  it('is told from the earlier result until the study has its own', () => {
    const growing: StudyResult = { ...saved, landscape: [], pruning: [], status: 'running' };
    const [half, average, price] = findingsToShow(growing, saved.config, saved);
    expect(half).toMatchObject({ compared: null, earlier: findingOf(saved, 'half-off') });
    expect(average).toMatchObject({ compared: null, earlier: findingOf(saved, 'average') });
    expect(price.compared).toEqual(findingOf(saved, 'price'));
    expect(price.earlier).toBeNull();
  });
});

it('the mean path is the mean of the paths, point by point', () => {
  const path = meanFactorPath(saved, 'copra');
  const all = saved.landscape.filter((entry) => entry.arm === 'copra' && entry.path === 'factor' && !entry.alignment);
  expect(path?.lambdas).toEqual(all[0].lambdas);
  path?.accuracy.forEach((value, i) => expect(value).toBeCloseTo(mean(all.map(({ accuracy }) => accuracy[i])), 12));
  expect(meanFactorPath({ landscape: [] }, 'copra')).toBeNull();
});

describe('the headline of a study', () => {
  const interval = (
    low: number,
    high: number,
    scope: ScopedInterval['scope'] = 'seeds and images',
  ): ScopedInterval => ({
    mean: (low + high) / 2,
    low,
    high,
    seeds: 3,
    images: 100,
    scope,
  });
  const [above, around, tooFew] = [interval(0.01, 0.2), interval(-0.1, 0.3), interval(-2, 2, null)];
  const of = (difference: ScopedInterval, id: Finding['id'] = 'half-off'): Finding => ({
    id,
    compared: { names: ['LoRA', 'CopRA'], values: [0, 0], difference },
    earlier: null,
    lack: null,
  });
  it('is none where an arm has hardly learned', () => {
    const found = [lacking('half-off', 'too little', 'CopRA'), of(above, 'price')];
    expect(clearFinding(found)).toBeUndefined();
    expect(headlineOf(found)).toBe('CopRA has hardly learned yet: more steps may turn any difference here round.');
  });

  it('is its first clear finding', () => {
    expect(headlineOf([of(around), of(above, 'price'), of(above)])).toBe(
      'With every layer on, CopRA is right more often than LoRA.',
    );
  });

  it('praises no arm that loses less between two seeds from a lower start', () => {
    const told = of(interval(-0.034, -0.002), 'average');
    const path = { ends: [0.57, 0.55], middles: [0.519, 0.516] } as const;
    const lower = { ...told, compared: { ...told.compared!, path } };
    expect(headlineOf([lower])).toBe('Half-way between two seeds both reach 52\u00a0%: CopRA starts lower.');
    expect(headlineOf([told])).toBe('On the way between two seeds, CopRA loses less accuracy than LoRA.');
  });

  it('is qualified after few steps, where an arm drops layers at first', () => {
    const after = (steps: number, arms = saved.config.arms) =>
      fewStepsRemark({ arms, training: { ...saved.config.training, steps } });
    expect(after(100)).toBe(
      'That is after 100 steps. CopRA trains fewer layers at first, so longer training may find otherwise.',
    );
    expect(after(2000)).toBe('');
    expect(
      after(
        100,
        saved.config.arms.filter(({ method }) => method === 'lora'),
      ),
    ).toBe('');
  });

  it('says what would tell more where nothing is clear, and nothing of nothing', () => {
    expect(headlineOf([of(around), of(tooFew, 'price')])).toBe(
      'This study cannot tell LoRA and CopRA apart in the gain kept with half of the layers off and test accuracy. More steps and more seeds may.',
    );
    expect(headlineOf([])).toBe('');
  });
});
