import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { withTimeline } from '../../../tests/fixtures/timeline-result.ts';
import { ForeignResultSchema } from './check-result.ts';
import type { StudyResult } from './result.ts';

const good = studyResultFixture();

/** What is said against a result; null when nothing is. */
function objection(result: unknown): string | null {
  const { issues } = v.safeParse(ForeignResultSchema, result);
  return issues ? `${v.getDotPath(issues[0]) ?? ''}: ${issues[0].message}` : null;
}

const withRun = (change: Partial<StudyResult['runs'][number]>) => ({
  ...good,
  runs: good.runs.map((run, i) => (i === 0 ? { ...run, ...change } : run)),
});
const withTask = (change: Partial<StudyResult['task']>) => ({ ...good, task: { ...good.task, ...change } });
const withPath = (change: Partial<StudyResult['landscape'][number]>) => ({
  ...good,
  landscape: good.landscape.map((path, i) => (i === 0 ? { ...path, ...change } : path)),
});
const course = withTimeline(good);
const withCourse = (entry: NonNullable<NonNullable<StudyResult['timeline']>['imageVariances']>[number]) => ({
  ...course,
  timeline: { ...course.timeline!, imageVariances: [entry] },
});
const [{ accuracyError }] = good.shapley;

describe('a result from outside', () => {
  it('that a study can have passes', () => {
    expect(objection(good)).toBeNull();
    expect(objection({ ...good, runs: [], landscape: [], shapley: [], pruning: [] })).toBeNull();
    // float32 of a link
    expect(objection(withRun({ test: { accuracy: 1 + 6e-8, loss: 0 } }))).toBeNull();
  });

  it('is of an evaluation where adapters were tested and nothing was trained', () => {
    const arms = good.config.arms.map((arm, i) => ({ ...arm, id: `adapter-${i + 1}` }));
    const runs = arms.map(({ id }, i) => ({ ...good.runs[0], arm: id, seed: i + 1, steps: 0 }));
    const config = { ...good.config, arms, seeds: [1, 2] };
    const before = { ...good, config, runs, landscape: [], shapley: [], pruning: [] };
    const evaluatedIn = (result: unknown) => v.parse(ForeignResultSchema, result).config.evaluated;
    expect(evaluatedIn(before)).toEqual({ untold: ['adapter-1', 'adapter-2'], beyond: [] });
    const said = { untold: ['adapter-2'], beyond: ['adapter-2'] };
    expect(evaluatedIn({ ...before, config: { ...config, evaluated: said } })).toEqual(said);
    expect(evaluatedIn({ ...before, runs: [runs[0], { ...runs[1], steps: 600 }] })).toBeUndefined();
    expect(evaluatedIn(good)).toBeUndefined();
  });

  it('has names of one line, whatever the file says', () => {
    const named = { ...good, task: { ...good.task, name: 'a\u001b[2J\nb', classes: ['👩‍🔬', 'x\u202ey\u0085'] } };
    const arms = [{ ...good.config.arms[0], name: 'a\nb' }, ...good.config.arms.slice(1)];
    const { task, config } = v.parse(ForeignResultSchema, { ...named, config: { ...good.config, arms } });
    expect([task.name, ...task.classes]).toEqual(['a[2J b', '👩‍🔬', 'xy']);
    expect(config.arms[0].name).toBe('a b');
  });

  it.each<[string, unknown, RegExp]>([
    [
      'has a variance below 0',
      { ...good, imageVariances: [{ measure: 'barrier factor', baseline: 'lora', other: 'copra', variance: -1e-9 }] },
      /imageVariances\.0\.variance: Variances are 0 or larger\./,
    ],
    [
      'has fewer variances along training than steps',
      withCourse({ figure: 'midpoint', arm: 'copra', baseline: 'lora', variances: [1e-4] }),
      /“timeline\.imageVariances” of arm “copra”: lists that belong together have 4 and 1 values/,
    ],
    [
      'has variances along training of a difference from no arm of it',
      withCourse({ figure: 'midpoint', arm: 'copra', baseline: 'gone', variances: [0, 0, 0, 0] }),
      /gone/,
    ],
    ['repeats a run', { ...good, runs: [...good.runs, good.runs[0]] }, /“runs” has arm “lora”, seed 0 twice/],
    [
      'repeats a path, its ends exchanged',
      {
        ...good,
        landscape: [...good.landscape, { ...good.landscape[0], seeds: good.landscape[0].seeds.toReversed() }],
      },
      /“landscape” has arm “lora”, seeds 0 and 1, factor twice/,
    ],
    ['repeats Shapley values', { ...good, shapley: [good.shapley[0], good.shapley[0]] }, /“shapley” has .* twice/],
    ['repeats a pruning', { ...good, pruning: [good.pruning[0], good.pruning[0]] }, /“pruning” has .* twice/],
    ['has a run of no arm', withRun({ arm: 'ghost' }), /no arm “ghost”/],
    ['has a run of no seed', withRun({ seed: 77 }), /no seed 77/],
    ['has a path to no seed', withPath({ seeds: [0, 77] }), /no seed 77/],
    [
      'repeats a seed',
      { ...good, config: { ...good.config, seeds: [0, 1, 1] } },
      /config\.seeds: A seed appears twice/,
    ],
    [
      'repeats an arm',
      { ...good, config: { ...good.config, arms: [good.config.arms[0], good.config.arms[0]] } },
      /config\.arms: Two arms/,
    ],
    ['has an accuracy of a billion', withRun({ test: { accuracy: 1e9, loss: 1 } }), /accuracy: .* between 0 and 1/],
    ['has an accuracy below zero', withPath({ accuracy: Array<number>(21).fill(-0.5) }), /between 0 and 1/],
    ['has a zero-shot accuracy of 2', withTask({ zeroShot: { accuracy: 2, loss: 1 } }), /between 0 and 1/],
    ['has a chance of 9', withTask({ chance: 9 }), /between 0 and 1/],
    ['has fewer than no images', withTask({ test: -1 }), /task\.test: .* whole numbers/],
    ['has half an image', withTask({ train: 1.5 }), /task\.train: .* whole numbers/],
    ['has an infinite loss', withRun({ test: { accuracy: 0.5, loss: Infinity } }), /finite/],
    ['has a loss that is none', withRun({ losses: [NaN], lossSteps: [1] }), /losses/],
    ['has a name of a megabyte', withTask({ name: 'x'.repeat(2 ** 20) }), /task\.name: Texts/],
    ['has a curve without its steps', withRun({ lossSteps: [] }), /“runs\.losses” of arm “lora”, seed 0/],
    [
      'has a path without its losses',
      withPath({ loss: [1] }),
      /“landscape” of arm “lora”: lists that belong together have 21 and 1 values/,
    ],
    [
      'has Shapley errors of other players',
      { ...good, shapley: [{ ...good.shapley[0], accuracyError: accuracyError.slice(1) }] },
      /“shapley” of arm “lora”, seed 0: lists that belong together have 12 and 11/,
    ],
    [
      'has Shapley values beyond all accuracy',
      { ...good, shapley: [{ ...good.shapley[0], accuracy: accuracyError.map(() => 1e9) }] },
      /between −1 and 1/,
    ],
    [
      'has Shapley values of more images than it tests',
      { ...good, shapley: [{ ...good.shapley[0], images: good.task.test + 1 }] },
      /Shapley values of arm “lora”, seed 0 are of more images than the task has/,
    ],
    ['keeps an image twice', withTask({ kept: [3, 3] }), /not among the tested images, each once/],
    ['keeps images out of order', withTask({ kept: [4, 3] }), /not among the tested images, each once/],
    ['keeps an image that it does not test', withTask({ kept: [3, 4000] }), /not among the tested images, each once/],
    ['has a tape that is none', withRun({ gates: '<script>' }), /tape is base64/],
  ])('that %s is refused by name', (_, result, message) => expect(objection(result)).toMatch(message));
});
