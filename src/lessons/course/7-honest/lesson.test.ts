import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { MapResultSchema } from '../../../study/map/map-result.ts';
import { TEST_ACCURACY } from '../../../study/result/measures/accuracy.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { testedImages } from '../../../study/result/tested-images.ts';
import { sideOf } from '../../facts.ts';
import { runConfig } from '../../run-settings.ts';
import { copra, lora, outcomeOf, saved, savedFor, stepAt, view } from '../test-lessons.ts';

describe('lesson 7', () => {
  it('names the one corner in which CopRA is not ahead, and the column that the mean hangs on', () => {
    const map = v.parse(MapResultSchema, JSON.parse(readFileSync('public/showcase/regime-map.json', 'utf8')));
    const outcomeAt = (name: string): string => stepAt(name).prediction!.outcome(view(saved, { map })) ?? '';
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

  it('compares the spread over seeds with the sampling error, where there is one', () => {
    const outcome = outcomeOf('honest/seeds');
    expect(outcome(saved)).toContain('The seeds lie closer together');
    const spread = saved.runs.map((run) => ({
      ...run,
      test: run.test && { ...run.test, accuracy: run.seed % 2 === 0 ? 0.4 : 0.8 },
    }));
    expect(outcome({ ...saved, runs: spread })).toContain('The seeds lie no closer together');
    expect(outcome({ ...saved, runs: spread })).not.toContain('hard for every seed');
    const one = saved.runs.map((run, i) => (run.arm === lora.arm ? run : spread[i]));
    expect(outcome({ ...saved, runs: one })).toMatch(
      /The seeds of LoRA lie closer together than .*\. Those of CopRA lie no closer together, although they are, too:/,
    );
    expect(outcome(saved)).toContain('From LoRA’s lowest seed to its highest it is **1.3 points**.');
    const single = saved.runs.filter(({ seed }) => seed === 0);
    expect(outcome({ ...saved, runs: single })).toContain('One seed has no spread');
  });

  it('says by the accuracy shown what the sampling error would be with 100 pictures', () => {
    const at = (accuracy: number): string =>
      outcomeOf('honest/pictures')({
        ...saved,
        runs: saved.runs.map((run) => ({ ...run, test: run.test && { ...run.test, accuracy } })),
      });
    expect(at(0.6)).toContain('With 100 independent pictures it would be about 4.9 points.');
    expect(at(0.9)).toContain('With 100 independent pictures it would be about 3.0 points.');
  });

  it('says how hard the pictures of its run are beside the saved ones', () => {
    const step = stepAt('honest/run');
    const zeroShot = { ...saved.task.zeroShot!, accuracy: 0.22 };
    const own = { ...saved, config: runConfig(step.run!), task: { ...saved.task, zeroShot } };
    const outcome = (change = {}) => step.prediction!.outcome(view(own, { computedHere: true, ...change }));
    expect(outcome()).toContain(
      'the backbone gets **22.0 %** of your run’s 100 test pictures right, and **35.4 %** of the 796 of the saved result.',
    );
    expect(outcome({ saved: null })).not.toContain('backbone');
  });

  it('its words for the difference are those of the interval', () => {
    const step = stepAt('honest/paired');
    const words = {
      higher: 'in favour of CopRA, for',
      lower: 'in favour of LoRA, for',
      unclear: 'do not settle it.',
      tooFew: '',
    };
    expect(step.prediction!.outcome(view(saved))).toContain(words[sideOf(saved, TEST_ACCURACY)]);
  });

  it('compares a difference and a mean over the same', () => {
    const outcome = outcomeOf('honest/paired');
    expect(outcome(saved)).toMatch(/−4\.2 points to \+0\.\d points over seeds and images\. It includes zero/);
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

  it('asks of the study that has the control what the ramp does, and says it by the numbers', () => {
    const step = stepAt('honest/control');
    const outcome = (result: StudyResult): string | null => step.prediction!.outcome(view(result));
    // The default result has no control: the step offers the study that has.
    expect(outcome(saved)).toBeNull();
    const own = savedFor(step);
    expect(outcome(own)).toMatch(
      /^LoRA keeps \*\*68\.6 %\*\*, CopRA keeps \*\*82\.2 %\*\* and Constant layer drop keeps \*\*95\.\d %\*\*\. CopRA − Constant layer drop, seed by seed: \*\*−13\.3 points\*\*, 95 % interval −23\.2 points to −3\.5 points over seeds and images\. It excludes zero: in this measure the control keeps more\./,
    );
    expect(outcome(own)).toContain('CopRA reaches 54.9 % and Constant layer drop 54.1 %.');
    // As it is where the names of two arms are exchanged, and where the control is LoRA or CopRA itself.
    const control = own.config.arms.find(({ method }) => method === 'layer-drop')!.id;
    const asIf = (arm: string): StudyResult => {
      const copied = <T extends { readonly arm: string }>(list: readonly T[]): T[] => [
        ...list.filter((entry) => entry.arm !== control),
        ...list.flatMap((entry) => (entry.arm === arm ? [{ ...entry, arm: control }] : [])),
      ];
      return { ...own, runs: copied(own.runs), pruning: copied(own.pruning), imageVariances: [] };
    };
    expect(outcome(asIf(lora.arm))).toContain('It excludes zero: the ramp adds something here');
    expect(outcome(asIf(copra.arm))).toContain('the control is clearly ahead of LoRA itself');
    const single = <T extends { readonly seed: number }>(list: readonly T[]): T[] =>
      list.filter(({ seed }) => seed === 0);
    expect(outcome({ ...own, runs: single(own.runs), pruning: single(own.pruning) })).toBeNull();
  });

  it('compares no mean that has no interval over the same', () => {
    const alike = saved.runs.map((run) =>
      run.arm === lora.arm ? { ...run, test: { ...run.test!, accuracy: 0.5 } } : run,
    );
    const text = outcomeOf('honest/paired')({ ...saved, runs: alike, imageVariances: [] });
    expect(text).toContain('seed by seed: **');
    expect(text).not.toContain('For comparison');
    expect(text).not.toContain('NaN');
  });

  it('says how the seeds of its run lie beside the saved ones', () => {
    const step = stepAt('honest/run');
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

  it('the seeds of an arm lie within three points of each other, closer than two sampling errors', () => {
    for (const { accuracies } of [lora, copra])
      expect(Math.max(...accuracies) - Math.min(...accuracies)).toBeLessThan(0.03);
    expect(testedImages(saved)).toBe(saved.task.test);
  });
});
