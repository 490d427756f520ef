/** The lessons against the page: what they run can run, what they say of the saved result holds. */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { mean } from '../../core/statistics.ts';
import { without } from '../../core/without.ts';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { mapResultFixture } from '../../../tests/fixtures/map-result.ts';
import { fewShots } from '../../study/presets/few-shots.ts';
import { picturesOf } from '../../study/predictions/pictures.ts';
import { MapResultSchema } from '../../study/map/map-result.ts';
import { StudyResultSchema } from '../../study/result/result.ts';
import { testedImages } from '../../study/result/tested-images.ts';
import { TEST_ACCURACY } from '../../study/result/measures/accuracy.ts';
import { TOP_THIRD_SHARE } from '../../study/result/measures/credit.ts';
import { barrierMeasure, midpointMeasure } from '../../study/result/measures/paths.ts';
import { EVERY_OTHER_KEPT } from '../../study/result/measures/pruning.ts';
import { armFacts, betweenSeeds, sideOf } from '../facts.ts';
import { classFacts, turnedByTraining } from '../picture-facts.ts';
import { NO_ANSWERS, type LessonView } from '../lesson.ts';
import { isFulfilled } from '../progress.ts';
import { hasRun, runConfig } from '../run-settings.ts';
import { PICTURE_LESSON_WORDS } from './1-picture/messages.ts';
import { HONEST_WORDS } from './7-honest/messages.ts';
import { LESSONS } from './index.ts';
import { COURSE_WORDS } from './messages.ts';

const saved = v.parse(StudyResultSchema, JSON.parse(readFileSync('public/showcase/few-shots.json', 'utf8')));
const view = (result: LessonView['result'], change: Partial<LessonView> = {}): LessonView => ({
  result,
  computedHere: false,
  isSaved: result === saved,
  running: false,
  saved,
  config: saved.config,
  map: result && mapResultFixture(),
  adapters: { runs: 0, merged: 0 },
  ...change,
});
const steps = LESSONS.flatMap((lesson) => lesson.steps.map((step) => ({ name: `${lesson.id}/${step.id}`, step })));

const outcomeOf = (name: string) => {
  const { step } = steps.find((each) => each.name === name)!;
  return (result: LessonView['result']): string => step.prediction!.outcome(view(result)) ?? '';
};

describe('the lessons', () => {
  it('are seven, of at most ten minutes, with steps of distinct names', () => {
    expect(LESSONS.map(({ id }) => id)).toEqual([
      'picture',
      'lora',
      'two-seeds',
      'shapley',
      'pruning',
      'merging',
      'honest',
    ]);
    for (const lesson of LESSONS) {
      expect(lesson.minutes).toBeLessThanOrEqual(10);
      expect(new Set(lesson.steps.map(({ id }) => id)).size).toBe(lesson.steps.length);
      expect(lesson.steps.some(({ prediction }) => prediction)).toBe(true);
    }
  });

  it.each(steps.filter(({ step }) => step.run))(
    '$name: its run is a valid study on bundled data, small enough',
    ({ step }) => {
      const config = runConfig(step.run!);
      expect(config.task).toBe('groups9-negative');
      const { shots, arms, training } = fewShots.config;
      const { steps, validateEvery } = config.training;
      expect(config).toMatchObject({ shots, arms, training: { ...training, steps, validateEvery } });
      expect([config.analyses.domains?.enabled, config.analyses.timing?.enabled]).toEqual([false, false]);
      const batches = config.training.steps * config.seeds.length * config.arms.length;
      expect(batches).toBeLessThanOrEqual(1000);
      expect(config.analyses.testImages).toBeLessThanOrEqual(200);
      const own = { ...saved, config };
      expect(hasRun(step.run!, view(own, { computedHere: true }))).toBe(true);
      expect(hasRun(step.run!, view(own))).toBe(false);
      expect(hasRun(step.run!, view(saved, { computedHere: true }))).toBe(false);
      expect(isFulfilled(step, view(saved), NO_ANSWERS)).toBe(false);
    },
  );

  it('reads every prediction off the saved result, and says so where there is none', () => {
    const reading = steps.filter(({ step }) => step.prediction && step.prediction.conceal.length > 0 && !step.run);
    expect(reading.length).toBeGreaterThanOrEqual(8);
    for (const { step } of reading) {
      expect(step.prediction!.outcome(view(saved))).not.toBeNull();
      expect(step.prediction!.outcome(view(null))).toBe(step.map ? HONEST_WORDS.noCells : null);
      // Without numbers to compare it with, an answer is not the end of the step.
      const answers = {
        ...NO_ANSWERS,
        choice: step.prediction!.areNames ? step.prediction!.words(view(null)).choices[0] : 0,
      };
      expect(isFulfilled(step, view(null), answers)).toBe(step.map !== undefined);
    }
  });
});

describe('what the lessons say of the saved result', () => {
  const lora = armFacts(saved, 'lora')!;
  const copra = armFacts(saved, 'copra')!;

  /** The saved result as it is where one of its runs diverged. */
  const withoutRun = (arm: string, seed: number): typeof saved => ({
    ...saved,
    runs: saved.runs.map((run) => (run.arm === arm && run.seed === seed ? { ...run, diverged: 3, test: null } : run)),
  });

  it('lesson 1: counts the pictures that training wins and loses, and its question has the right class among its choices', () => {
    const turned = turnedByTraining(saved, 'lora')!;
    const pictures = picturesOf(saved);
    expect(turned.pictures).toBe(pictures.length);
    expect(turned.right).toBe(pictures.filter(({ backbone, label }) => backbone!.predicted === label).length);
    expect(turned.won).toBeGreaterThan(turned.lost);
    expect(turned.lost).toBeGreaterThan(0);
    const { step } = steps.find(({ name }) => name === 'picture/mistakes')!;
    const { worst } = classFacts(saved, 'lora')!;
    expect(step.prediction!.words(view(saved)).choices).toContain(worst.name);
    expect(step.prediction!.outcome(view(saved))).toContain(`least often right about **${worst.name}**`);
  });

  it('lessons 1 and 2: tell of the classes of the result shown, and of negatives where those are its pictures', () => {
    const classes = ['limes', 'plums', 'figs', 'pears', 'dates'];
    const config = { ...saved.config, task: 'dropped' };
    const rest = without(saved, 'confusions');
    const own = { ...rest, config, task: { ...saved.task, name: 'fruit', classes, chance: 0.2, zeroShot: null } };
    const said = (name: string, result: LessonView['result'], change: Partial<LessonView> = {}): string => {
      const { step } = steps.find((each) => each.name === name)!;
      const shown = view(result, change);
      const { question = '', choices = [] } = step.prediction?.words(shown) ?? {};
      return [step.words(shown).text, question, ...choices].join('\n');
    };
    expect(said('picture/decide', saved)).toMatch(/9 classes it shows: food[^]* \*\*negative\*\* [^]*One in 9,/);
    expect(said('picture/decide', own)).toMatch(/5 classes it shows\. [^]*task “fruit”\. [^]*One in 5,/);
    expect(said('picture/decide', null)).toMatch(/9 classes it shows: food/);
    expect(said('picture/decide', null, { saved: null })).toContain('several classes it shows.');
    expect(said('picture/camera', own)).not.toContain('nine');
    expect(said('picture/mistakes', saved)).toMatch(/flags\nfood drink\npeople body\nsymbols$/);
    expect(said('picture/mistakes', own)).toMatch(/limes\nplums\nfigs\ndates$/);
    const renamed = { ...saved, task: { ...saved.task, classes: saved.task.classes.map((name) => `my ${name}`) } };
    const choices = steps
      .find(({ name }) => name === 'picture/mistakes')!
      .step.prediction!.words(view(renamed)).choices;
    expect(choices).toHaveLength(4);
    expect(choices).toContain(classFacts(renamed, 'lora')!.worst.name);
    // What is least often right may change until all runs are tested.
    const running = { ...renamed, status: 'running' as const };
    expect(said('picture/mistakes', running)).toBe(said('picture/mistakes', without(running, 'confusions')));
    expect(said('lora/backbone', saved)).toMatch(/On this page a small model[^]*the result shown it is right/);
    expect(said('lora/backbone', own)).toMatch(
      /In the saved study a small model[^]*There it sees[^]*the saved result it is right in \*\*3\d\.\d %/,
    );
  });

  it('lesson 1: its answers differ, whatever the number of classes', () => {
    const { choices } = PICTURE_LESSON_WORDS.decide;
    expect(choices(9)).toEqual(['One in 9, as by guessing', 'About a third', 'More than half']);
    expect(choices(3)).toEqual(['One in 3, as by guessing', 'Clearly more, but less than half', 'More than half']);
    expect(choices(2)).toEqual([
      'One in 2, as by guessing',
      'Clearly more, but less than three quarters',
      'More than three quarters',
    ]);
  });

  it('lesson 1: speaks of a choice of pictures where there is one, and of a trade where some are lost and some won', () => {
    const { learned } = PICTURE_LESSON_WORDS;
    const turned = { name: 'LoRA', pictures: 96, right: 40, lost: 5, won: 20 };
    expect(outcomeOf('picture/learned')(saved)).toMatch(/hides a trade\. \(These pictures were chosen/);
    expect(learned.outcome(turned, 0.3, 0.6, 96)).toMatch(/hides a trade\.$/);
    const one = learned.outcome({ ...turned, lost: 0 }, 0.3, 0.6, 96);
    expect(one).not.toContain('trade');
    expect(one).toContain('30.0 % before and 60.0 % after.');
  });

  it('lesson 1: the backbone is right about a third', () => {
    expect(saved.task.zeroShot!.accuracy).toBeGreaterThan(0.28);
    expect(saved.task.zeroShot!.accuracy).toBeLessThan(0.4);
  });

  it('lesson 3: its first step leaves covered what the second asks', () => {
    const [first, second] = LESSONS.find(({ id }) => id === 'two-seeds')!.steps;
    expect(first.covers).toEqual(
      expect.arrayContaining(second.prediction!.conceal.filter((part) => part !== first.part)),
    );
    expect(first.prediction!.conceal).toContain(first.part);
  });

  it('lesson 3: half-way on the factor path is worse, on the product path it is not', () => {
    expect(mean(lora.barriers.factor)).toBeGreaterThan(0.04);
    expect(mean(lora.barriers.product)).toBeLessThan(0.01);
  });

  it('lesson 3: asks for a run, and reads one of its own', () => {
    const { step } = steps.find(({ name }) => name === 'two-seeds/run')!;
    const own = { ...saved, config: runConfig(step.run!) };
    expect(step.prediction!.outcome(view(saved))).toContain('Run the step: your own numbers appear here');
    expect(step.prediction!.outcome(view(own, { computedHere: true }))).toMatch(
      /Your run, 15 pairs of seeds:\n\n- barrier: LoRA \d/,
    );
  });

  it('lesson 3: compares its run with the saved result, by their numbers', () => {
    const { step } = steps.find(({ name }) => name === 'two-seeds/run')!;
    const outcome = (factor: number, page: Partial<LessonView> = {}): string | null => {
      const landscape = saved.landscape.map((path) => ({ ...path, barrierAccuracy: factor * path.barrierAccuracy }));
      const own = { ...saved, landscape, config: runConfig(step.run!) };
      return step.prediction!.outcome(view(own, { computedHere: true, ...page }));
    };
    expect(outcome(1)).toContain('LoRA’s barrier is **the same** and CopRA’s is **the same**.');
    expect(outcome(1.2)).toContain('LoRA’s barrier is **higher** and CopRA’s is **higher**.');
    expect(outcome(0.8)).toContain('LoRA’s barrier is **lower** and');
    expect(outcome(0.8, { saved: null })).not.toContain('saved');
    expect(step.prediction!.words(view(saved)).question).toContain('With 200 steps instead of 2,000');
  });

  it('lesson 3: its words for CopRA’s barrier, middle and ends are those of the intervals', () => {
    const { step } = steps.find(({ name }) => name === 'two-seeds/compare')!;
    const words = {
      higher: '**clearly higher**',
      lower: '**clearly lower**',
      unclear: 'not clearly another',
      tooFew: 'of too few seeds',
    };
    const [barrier, middle, ends] = [barrierMeasure('factor'), midpointMeasure('factor'), TEST_ACCURACY].map(
      (measure) => words[sideOf(saved, measure)],
    );
    expect(step.prediction!.outcome(view(saved))).toContain(
      `CopRA’s barrier is ${barrier}, its half-way accuracy ${middle}, and the accuracy at its ends ${ends}.`,
    );
    expect(mean(copra.barriers.factor)).toBeLessThan(mean(lora.barriers.factor));
  });

  it('lesson 4: counts the coalitions of the layers shown', () => {
    const { step } = steps.find(({ name }) => name === 'shapley/twelve')!;
    expect(step.words(view(saved)).text).toContain('$2^{16} = 65{,}536$');
  });

  it('lesson 4: asks by the even share of the layers shown', () => {
    const { step } = steps.find(({ name }) => name === 'shapley/twelve')!;
    expect(lora.evenTopThird).toBe(5 / 16);
    expect(step.prediction!.words(view(saved)).question).toContain('would get 31 % of the credit');
    expect(step.prediction!.words(view(null)).question).toContain('would get about a third of the credit');
    expect(step.prediction!.outcome(view(saved))).toContain('an even split would give 31.3 %');
    expect(sideOf(saved, TOP_THIRD_SHARE)).toBe('unclear');
  });

  it('lesson 4: reads a share as evenness where both lie on the same side of one even share', () => {
    const outcome = (ofLora: number, ofCopra: number, seeds = saved.config.seeds): string =>
      outcomeOf('shapley/twelve')({
        ...saved,
        imageVariances: [],
        shapley: saved.shapley
          .filter(({ seed }) => seeds.includes(seed))
          .map((entry) => ({
            ...entry,
            topThirdShare: (entry.arm === lora.arm ? ofLora : ofCopra) + entry.seed / 1000,
          })),
      });
    expect(outcome(0.7, 0.4)).toContain('Here it does: its share is clearly nearer to an even one.');
    expect(outcome(0.05, 0.25)).toContain('Here it does');
    expect(outcome(0.25, 0.05)).toContain('**farther** from an even one: the opposite');
    expect(outcome(0.4, 0.7)).toContain('**farther**');
    expect(outcome(0.4, 0.05)).toContain('Here its share is clearly lower. The two shares do not lie on the same side');
    expect(outcome(0.05, 0.4)).toContain('Here its share is clearly higher. The two shares do not');
    expect(outcome(0.4, 0.05, [0])).toContain('Here it cannot be told: there are too few seeds.');
  });

  it('lesson 4: leads to the document of results from a result that is there', () => {
    const { outcome } = steps.find(({ name }) => name === 'shapley/twelve')!.step.prediction!;
    expect(outcome(view(saved))).toContain('(docs/results.md gives');
    expect(outcome(view(saved, { isSaved: false }))).not.toContain('docs/results.md');
  });

  it('lesson 4: counts the layers of every arm where they adapt different towers', () => {
    const { step } = steps.find(({ name }) => name === 'shapley/twelve')!;
    const others = saved.shapley.map((entry) =>
      entry.arm === lora.arm
        ? entry
        : { ...entry, players: entry.players.slice(0, 4), accuracy: entry.accuracy.slice(0, 4) },
    );
    const result = { ...saved, shapley: others };
    expect(step.words(view(result)).text).toContain('sit on 16 layers (LoRA) and 4 layers (CopRA)');
    expect(step.words(view(result)).text).toContain('$2^{16} = 65{,}536$ (LoRA) and $2^{4} = 16$ (CopRA) coalitions');
    expect(step.prediction!.words(view(result)).question).toMatch(/would get 31 % \(LoRA\) and \d+ % \(CopRA\)/);
    expect(step.prediction!.outcome(view(result))).toMatch(
      /even split would give 31\.3 % \(LoRA\) and [\d.]+ % \(CopRA\)/,
    );
  });

  it('lesson 4: its run has a fourth of the saved pictures, which doubles the sampling error', () => {
    const { step } = steps.find(({ name }) => name === 'shapley/run')!;
    const config = runConfig(step.run!);
    expect(saved.config.analyses.shapley.images).toBe(4 * config.analyses.shapley.images);
    expect(step.prediction!.words(view(saved)).question).toContain('on 16 pictures instead of 64');
    const nothing = saved.shapley.map((entry) => ({ ...entry, accuracy: entry.accuracy.map(() => 0.001) }));
    const own = (shapley: typeof saved.shapley) =>
      step.prediction!.outcome(view({ ...saved, config, shapley }, { computedHere: true }));
    expect(own(nothing)).toContain('the value of 16 of 16 layers is no larger than its error');
    expect(own(saved.shapley)).not.toContain('16 of 16 layers');
  });

  it('lesson 5: says who keeps more by the interval, and what a picture is worth by the gain', () => {
    const outcome = outcomeOf('pruning/layers');
    expect(outcome(saved)).toContain('CopRA keeps clearly more. That is what it trains for');
    const swap = (arm: string): string => (arm === lora.arm ? copra.arm : lora.arm);
    const swapped = { ...saved, pruning: saved.pruning.map((entry) => ({ ...entry, arm: swap(entry.arm) })) };
    expect(outcome({ ...swapped, imageVariances: [] })).toContain('CopRA keeps clearly less');
    const { step } = steps.find(({ name }) => name === 'pruning/run')!;
    const config = runConfig(step.run!);
    const own = (change: object) =>
      step.prediction!.outcome(view({ ...saved, config, ...change }, { computedHere: true }));
    expect(own({})).toContain('LoRA gains 21.3 points and keeps **68.6 %** of them');
    expect(own({})).toContain('a single picture is worth 2.3 points of that half’s share');
    expect(own({ pruning: [] })).toContain('CopRA gains 19.4 points, too little for a share of it');
  });

  it('lesson 5: CopRA keeps more without every other layer', () => {
    expect(sideOf(saved, EVERY_OTHER_KEPT)).toBe('higher');
  });

  it('lesson 6: the rule matters more for LoRA', () => {
    const cost = (arm: typeof lora): number => mean(arm.midpoints.product) - mean(arm.midpoints.factor);
    expect(cost(lora)).toBeGreaterThan(cost(copra));
  });

  it('lesson 3: says that half-way is worse than both ends of the pairs in which it is', () => {
    const outcome = outcomeOf('two-seeds/average');
    expect(outcome(saved)).toContain('worse than either of them');
    const along = (accuracy: number[]) => ({
      ...saved,
      landscape: saved.landscape.map((path) => ({ ...path, lambdas: [0, 0.5, 1], accuracy })),
    });
    expect(outcome(along([0.2, 0.3, 0.9]))).toContain('less accurate than its ends are on average');
    expect(outcome(along([0.2, 0.3, 0.9]))).not.toContain('either of them');
    expect(outcome(along([0.6, 0.9, 0.6]))).toContain('The mixture holds up.');
    const [first] = saved.landscape.filter(({ arm, path }) => arm === lora.arm && path === 'factor');
    const mixed = along([0.2, 0.3, 0.9]);
    const one = {
      ...mixed,
      landscape: mixed.landscape.map((path, i) => (saved.landscape[i] === first ? first : path)),
    };
    expect(outcome(one)).toContain('in 1 of 15 pairs worse than either of them');
  });

  it('lesson 3: says that updates get along where their barrier is the lower one', () => {
    const outcome = outcomeOf('two-seeds/why');
    expect(outcome(saved)).toContain('the two updates get along');
    const swapped = saved.landscape.map((path) => ({
      ...path,
      path: path.path === 'factor' ? ('product' as const) : ('factor' as const),
    }));
    expect(outcome({ ...saved, landscape: swapped })).not.toContain('get along;');
  });

  it('lesson 6: names the loss of the saved result, and claims nothing of the clients', () => {
    const { ends, middle } = betweenSeeds(lora)!;
    expect(outcomeOf('merging/merge')(saved)).toContain(
      `averaged by factors lose **${COURSE_WORDS.points(ends - middle)}** against`,
    );
    const { step } = steps.find(({ name }) => name === 'merging/merge')!;
    const along = (accuracy: number[]): string | null => {
      const landscape = saved.landscape.map((path) => ({ ...path, lambdas: [0, 0.25, 0.5, 1], accuracy }));
      return step.prediction!.outcome(view(saved, { saved: { ...saved, landscape } }));
    };
    expect(along([ends, ends - 0.2, ends - 0.02, ends])).toContain('averaged by factors lose **2.0 points**');
    expect(along([ends, ends - 0.2, ends + 0.03, ends])).toContain('averaged by factors win **3.0 points**');
    expect(along([ends, ends - 0.2, ends, ends])).toContain('are as accurate as the mean of both');
    expect(step.prediction!.outcome(view(saved, { saved: null }))).not.toContain('saved result');
  });

  it('lesson 6: says by the interval for which arm the rule matters more', () => {
    const outcome = outcomeOf('merging/rules');
    expect(outcome(saved)).toMatch(
      /95 % interval −2\.9 points to −0\.3 points over seeds, on these images alone\. \*\*It clearly matters more for LoRA/,
    );
    const swap = (arm: string): string => (arm === lora.arm ? copra.arm : arm === copra.arm ? lora.arm : arm);
    const swapped = saved.landscape.map((path) => ({ ...path, arm: swap(path.arm) }));
    expect(outcome({ ...saved, landscape: swapped })).toContain('**It clearly matters more for CopRA.**');
    const paths = saved.landscape.map((path) => ({
      ...path,
      path: path.path === 'factor' ? ('product' as const) : ('factor' as const),
    }));
    // Whichever rule is the better one.
    expect(outcome({ ...saved, landscape: paths })).toMatch(
      /the two rules are 5\.0 points apart[^]*pair by pair: −1\.6 points[^]*clearly matters more for LoRA/,
    );
    const alike = saved.landscape.map((path) => ({ ...path, accuracy: path.lambdas.map(() => 0.5) }));
    expect(outcome({ ...saved, landscape: alike })).toContain('It does not clearly matter more for one of them');
    const onePair = saved.landscape.filter(({ seeds }) => seeds[0] === 0 && seeds[1] === 1);
    expect(outcome({ ...saved, landscape: onePair })).toContain('so few seeds do not tell');
  });

  it('lesson 5: says by the interval at nine tenths who is ahead there', () => {
    const outcome = outcomeOf('pruning/weights');
    const { step } = steps.find(({ name }) => name === 'pruning/weights')!;
    expect(step.prediction!.words(view(saved)).choices).toEqual(['CopRA', 'LoRA', 'Neither']);
    expect(outcome(saved)).toMatch(
      /LoRA has \*\*37\.1 %\*\* and CopRA \*\*35\.7 %\*\*\. CopRA − LoRA: −1\.4 points, 95 % interval [^.]+\.\d points to [^.]+\.\d+ points over seeds, on these images alone\. \*\*LoRA is clearly ahead\.\*\*/,
    );
    const one = saved.pruning.filter(({ seed }) => seed === 0);
    expect(outcome({ ...saved, pruning: one })).toContain('There are too few seeds to tell who is ahead.');
  });

  it('lesson 5: its means are of the seeds that no arm lost', () => {
    const outcome = outcomeOf('pruning/weights');
    // Would move LoRA's mean if it counted.
    const pruning = saved.pruning.map((entry) => ({
      ...entry,
      unstructured: entry.unstructured.map((curve) =>
        entry.seed === 0 ? { ...curve, accuracy: curve.accuracy.map(() => 0) } : curve,
      ),
    }));
    const lost = withoutRun(copra.arm, 0);
    const ofAll = { ...saved, pruning: saved.pruning.filter(({ seed }) => seed !== 0) };
    const remaining = pruning.filter(({ arm, seed }) => arm !== copra.arm || seed !== 0);
    expect(outcome({ ...lost, pruning: remaining })).toBe(outcome(ofAll));
  });

  it('lesson 6: its means are of the pairs of seeds that no arm lost', () => {
    const outcome = outcomeOf('merging/rules');
    const landscape = saved.landscape.map((path) =>
      path.seeds.includes(0) ? { ...path, accuracy: path.accuracy.map(() => 0) } : path,
    );
    const lost = withoutRun(copra.arm, 0);
    const ofAll = { ...saved, landscape: saved.landscape.filter(({ seeds }) => !seeds.includes(0)) };
    const remaining = landscape.filter(({ arm, seeds }) => arm !== copra.arm || !seeds.includes(0));
    expect(outcome({ ...lost, landscape: remaining })).toBe(outcome(ofAll));
  });

  it('lesson 7: names the one corner in which CopRA is not ahead, and the column that the mean hangs on', () => {
    const map = v.parse(MapResultSchema, JSON.parse(readFileSync('public/showcase/regime-map.json', 'utf8')));
    const outcomeAt = (name: string): string =>
      steps.find((each) => each.name === name)!.step.prediction!.outcome(view(saved, { map })) ?? '';
    const regimes = outcomeAt('honest/regimes');
    expect(regimes).toContain(
      'The mean of CopRA is not higher at **training images per class 64 to all, learning rate 1e-3 to 3e-3**.',
    );
    expect(regimes).toMatch(
      /The column farthest from 0 is learning rate 0\.03, with a mean of \*\*\+26\.5 points\*\*; over the other 12 cells the mean is −1\.0 points\.$/,
    );
    expect(regimes).toContain('Of all 16 cells that are done');
    const half = outcomeAt('honest/map');
    expect(half).toContain('Of the 10 of 16 cells that can be compared so');
    expect(half).toContain('That is 2 of 10, against 6 of 16 in accuracy: **a smaller share**.');
  });

  it('lesson 7: compares the spread over seeds with the sampling error, where there is one', () => {
    const outcome = outcomeOf('honest/seeds');
    expect(outcome(saved)).toContain('The seeds lie closer together');
    const spread = saved.runs.map((run) => ({
      ...run,
      test: run.test && { ...run.test, accuracy: run.seed % 2 === 0 ? 0.4 : 0.8 },
    }));
    expect(outcome({ ...saved, runs: spread })).toContain('The seeds lie no closer together');
    expect(outcome({ ...saved, runs: spread })).not.toContain('hard for every seed');
    const single = saved.runs.filter(({ seed }) => seed === 0);
    expect(outcome({ ...saved, runs: single })).toContain('One seed has no spread');
  });

  it('lesson 7: its words for the difference are those of the interval', () => {
    const { step } = steps.find(({ name }) => name === 'honest/paired')!;
    const words = {
      higher: 'in favour of CopRA, for',
      lower: 'in favour of LoRA, for',
      unclear: 'do not settle it.',
      tooFew: '',
    };
    expect(step.prediction!.outcome(view(saved))).toContain(words[sideOf(saved, TEST_ACCURACY)]);
  });

  it('lesson 7: compares a difference and a mean over the same, and writes no end as 0 that is none', () => {
    const outcome = outcomeOf('honest/paired');
    expect(outcome(saved)).toContain('−3.7 points to −0.05 points over seeds and images. It excludes zero');
    expect(outcome(saved)).toContain('So the difference is **probably known better**');
    // Every answer of LoRA the opposite of CopRA's: nothing that both share cancels.
    const apart = saved.runs.map((run) =>
      run.arm === lora.arm || !run.test ? run : { ...run, test: { ...run.test, accuracy: 0.4 + 0.1 * (run.seed % 3) } },
    );
    expect(outcome({ ...saved, runs: apart, imageVariances: [] })).toContain(
      'So the difference is **known less well**',
    );
    expect(outcome(saved)).toMatch(
      /LoRA’s own mean has an interval of at most [\d.]+ % to [\d.]+ %, over seeds and images as well.* the mean to at most ± /,
    );
    const answered = studyResultFixture({ seeds: 3 });
    expect(outcome(answered)).toContain('LoRA’s own mean has the interval');
    expect(outcome(answered)).not.toContain('at most');
    expect(outcome({ ...saved, imageVariances: [] }).match(/over seeds, on these images alone/g)).toHaveLength(2);
  });

  it('lesson 7: compares no mean that has no interval over the same', () => {
    const alike = saved.runs.map((run) =>
      run.arm === lora.arm ? { ...run, test: { ...run.test!, accuracy: 0.5 } } : run,
    );
    const text = outcomeOf('honest/paired')({ ...saved, runs: alike, imageVariances: [] });
    expect(text).toContain('seed by seed: **');
    expect(text).not.toContain('For comparison');
    expect(text).not.toContain('NaN');
  });

  it('lesson 7: says how the seeds of its run lie beside the saved ones', () => {
    const { step } = steps.find(({ name }) => name === 'honest/run')!;
    const own = (spread: number): string | null => {
      const runs = saved.runs.map((run) => ({
        ...run,
        test: run.test && { ...run.test, accuracy: 0.5 + spread * (run.seed - 2.5) },
      }));
      return step.prediction!.outcome(view({ ...saved, runs, config: runConfig(step.run!) }, { computedHere: true }));
    };
    expect(own(0.05)).toContain('**farther apart** in both arms');
    expect(own(0.0001)).toContain('**closer together** in both arms');
    const again = (shifts: Readonly<Record<string, number>>): string | null => {
      const runs = saved.runs.map((run) => ({
        ...run,
        test: run.test && { ...run.test, accuracy: run.test.accuracy + (shifts[run.arm] ?? 0) * (run.seed - 2.5) },
      }));
      return step.prediction!.outcome(view({ ...saved, runs, config: runConfig(step.run!) }, { computedHere: true }));
    };
    // What is written alike is the same.
    expect(again({ [lora.arm]: 1e-6, [copra.arm]: 1e-6 })).toContain('Your seeds lie **as far apart** in both arms.');
    expect(again({ [lora.arm]: 0.05 })).toContain(
      'Your seeds lie **farther apart** for LoRA and **as far apart** for CopRA.',
    );
  });

  it('lesson 7: the seeds of an arm lie within three points of each other, closer than two sampling errors', () => {
    for (const { accuracies } of [lora, copra])
      expect(Math.max(...accuracies) - Math.min(...accuracies)).toBeLessThan(0.03);
    expect(testedImages(saved)).toBe(saved.task.test);
  });
});
