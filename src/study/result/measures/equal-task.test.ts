import { describe, expect, it } from 'vitest';
import { withDomains } from '../../../../tests/fixtures/domains.ts';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { imageVariance } from '../../../core/crossed-interval.ts';
import { stream } from '../../../core/rng.ts';
import { mean } from '../../../core/statistics.ts';
import { without } from '../../../core/without.ts';
import { differencesBySeed } from '../../../copra/seed-differences.ts';
import { packBits } from '../../../platform/bits.ts';
import type { DomainsResult, Tested } from '../../analyses/domains/result.ts';
import type { StudyResult } from '../result.ts';
import { armDifference } from './arm-difference.ts';
import { atEqualTask, OTHER_DOMAINS_AT_EQUAL_TASK } from './equal-task.ts';
import { withoutAnswers } from './image-variances.ts';
import { SHOWN_MEASURES } from './shown.ts';

const base = studyResultFixture({ seeds: 1 });
const [seed] = base.config.seeds;

/** A result of one seed with the task and one other domain: accuracies of the backbone, of LoRA over s and of CopRA. */
function world(frozen: [number, number], lora: readonly [s: number, ...accuracy: number[]][], copra: [number, number]) {
  const of = (accuracy: readonly number[]): Tested => ({ accuracy: [...accuracy] });
  const run = (arm: string, accuracy: readonly number[]) => ({ arm, seed, layers: 4, ...of(accuracy), subsets: [] });
  const [, ...end] = lora.at(-1)!;
  const domains: DomainsResult = {
    domains: ['Task', 'Other'].map((name, pictures) => ({ name, images: 100, pictures })),
    frozen: of(frozen),
    runs: [
      { ...run('lora', end), scaled: lora.slice(0, -1).map(([s, ...accuracy]) => ({ s, ...of(accuracy) })) },
      { ...run('copra', copra), scaled: [{ s: 0.5, ...of([0.5, 0.5]) }] },
    ],
    paths: [],
  };
  return { ...base, domains };
}

const differenceOf = (result: StudyResult, one = 'lora', other = 'copra') =>
  armDifference(result, OTHER_DOMAINS_AT_EQUAL_TASK, one, other);
const levelsOf = (result: StudyResult) =>
  [
    ['lora', 'copra'],
    ['copra', 'lora'],
  ].map(([arm, beside]) => OTHER_DOMAINS_AT_EQUAL_TASK.values(result, arm, beside).map(({ value }) => value));

describe('other domains at equal accuracy on the task', () => {
  it('scale the better arm down to the accuracy of the other', () => {
    // LoRA has 0.55 on the task half-way between s = 0.5 and the run, where the other domain lies half-way between 0.6 and 0.4.
    const result = world(
      [0.2, 0.8],
      [
        [0.5, 0.5, 0.6],
        [1, 0.6, 0.4],
      ],
      [0.55, 0.52],
    );
    expect(atEqualTask(result.domains, 'lora', 'copra')).toMatchObject([
      { seed, s: expect.closeTo(0.75, 9) as number },
    ]);
    expect(atEqualTask(result.domains, 'copra', 'lora')).toMatchObject([{ seed, s: 1 }]);
    expect(levelsOf(result)).toEqual([[expect.closeTo(0.5, 12)], [expect.closeTo(0.52, 12)]]);
    expect(differenceOf(result)!.mean).toBeCloseTo(0.02, 12);
    expect(differenceOf(result, 'copra', 'lora')!.mean).toBeCloseTo(-0.02, 12);
  });

  it('compare equal runs as they are, and those of one arm with nothing', () => {
    const equal = world(
      [0.2, 0.8],
      [
        [0.5, 0.5, 0.6],
        [1, 0.6, 0.4],
      ],
      [0.6, 0.52],
    );
    expect(levelsOf(equal)).toEqual([[0.4], [0.52]]);
    expect(OTHER_DOMAINS_AT_EQUAL_TASK.values(equal, 'lora')).toEqual([]);
  });

  it('have no number where some seed of one stays above the other however far it is scaled', () => {
    const result = world(
      [0.5, 0.8],
      [
        [0.5, 0.55, 0.6],
        [1, 0.6, 0.4],
      ],
      [0.3, 0.52],
    );
    expect(atEqualTask(result.domains, 'lora', 'copra')).toBeNull();
    expect(levelsOf(result)).toEqual([[], []]);
    expect(differenceOf(result)).toBeNull();
  });

  it('are not known of the results of earlier versions, nor where the better arm was not scaled', () => {
    const result = world(
      [0.2, 0.8],
      [
        [0.5, 0.5, 0.6],
        [1, 0.6, 0.4],
      ],
      [0.55, 0.52],
    );
    const { runs } = result.domains;
    const bare = (keep: string) => runs.map((run) => (run.arm === keep ? run : without(run, 'scaled')));
    for (const keep of ['', 'copra'])
      expect(differenceOf({ ...result, domains: { ...result.domains, runs: bare(keep) } })).toBeNull();
    // It is the worse one that has no curve: nothing of it is needed.
    expect(differenceOf({ ...result, domains: { ...result.domains, runs: bare('lora') } })!.mean).toBeCloseTo(0.02, 12);
  });

  it('have no number where the better arm of some seed cannot be scaled, as a DoRA arm beside LoRA', () => {
    const { domains, ...rest } = withDomains(studyResultFixture({ seeds: 4 }));
    const others = domains!.domains.length - 1;
    const of = (own: number, other: number): Tested => ({ accuracy: [own, ...new Array<number>(others).fill(other)] });
    const run = (arm: string, seed: number, tested: Tested) => ({ arm, seed, layers: 4, ...tested, subsets: [] });
    const seeds = [0, 1, 2, 3];
    const runs = [
      ...seeds.map((one) => ({ ...run('lora', one, of(0.58, 0.45)), scaled: [{ s: 0.5, ...of(0.44, 0.53) }] })),
      // It is ahead elsewhere where it is behind on the task, and the other way round.
      ...seeds.map((one) => run('copra', one, one % 2 ? of(0.62, 0.38) : of(0.54, 0.52))),
    ];
    const withRuns = (chosen: typeof runs): StudyResult => ({
      ...rest,
      domains: { ...domains!, frozen: of(0.3, 0.6), runs: chosen, paths: [] },
    });
    expect(differenceOf(withRuns(runs.filter((one) => one.seed % 2 === 0)))!.seeds).toBe(2);
    expect(atEqualTask(withRuns(runs).domains!, 'lora', 'copra')).toBeNull();
    expect(differenceOf(withRuns(runs))).toBeNull();
  });

  it('keep their interval without the answers, which is over seeds and images', () => {
    const full = withDomains(studyResultFixture({ seeds: 3 }));
    const kept = withoutAnswers(full, SHOWN_MEASURES);
    const [before, after] = [full, kept].map((result) => differenceOf(result)!);
    expect(before.scope).toBe('seeds and images');
    expect(after).toEqual({
      ...before,
      low: expect.closeTo(before.low, 9) as number,
      high: expect.closeTo(before.high, 9) as number,
    });
  });
});

/** Answers to the task and to two other domains, one of which shows the task's pictures, of both arms: every picture has a difficulty. */
function drawn(number: number, [a, b]: readonly [number, number]): StudyResult {
  const random = stream(number, 'analysis');
  const difficulty = [a, b].map((count) => Array.from({ length: count }, () => random.normal()));
  const shown = [0, 0, 1];
  const test = (levels: readonly number[]): Tested => {
    const answers = shown.map((group, domain) =>
      difficulty[group].map((one) => Number(one + 0.7 * random.normal() < levels[domain])),
    );
    return { accuracy: answers.map((one) => mean(one)), correct: answers.map((one) => packBits(one)) };
  };
  const at = (s: number) => test([-1 + 2 * s, 1 - s, 0.8 - s]);
  const run = (arm: string, tested: Tested) => ({ arm, seed, layers: 4, ...tested, subsets: [] });
  const domains: DomainsResult = {
    domains: shown.map((pictures, i) => ({ name: `${i}`, images: [a, b][pictures], pictures })),
    frozen: at(0),
    runs: [
      { ...run('lora', at(1)), scaled: [0.25, 0.5, 0.75].map((s) => ({ s, ...at(s) })) },
      run('copra', test([0.25, 0.5, 0.4])),
    ],
    paths: [],
  };
  return { ...base, domains };
}

const differencesIn = (result: StudyResult) =>
  differencesBySeed(
    OTHER_DOMAINS_AT_EQUAL_TASK.values(result, 'lora', 'copra'),
    OTHER_DOMAINS_AT_EQUAL_TASK.values(result, 'copra', 'lora'),
  );

describe('the influence of single pictures', () => {
  it('averages to the difference', () => {
    const [difference] = differencesIn(drawn(5, [200, 80]));
    expect(difference.byMotif).toHaveLength(280);
    expect(mean(difference.byMotif!)).toBeCloseTo(difference.value, 9);
  });

  it('tells the variance that drawing the pictures again shows, how far an arm is scaled included', () => {
    const values = Array.from({ length: 500 }, (_, number) => differencesIn(drawn(number + 1, [1200, 900]))[0]);
    const told = mean(values.map((value) => imageVariance([value])!));
    const centre = mean(values.map(({ value }) => value));
    const seen = mean(values.map(({ value }) => (value - centre) ** 2));
    expect(told / seen).toBeGreaterThan(0.85);
    expect(told / seen).toBeLessThan(1.15);
  });
});
