import { describe, expect, it } from 'vitest';
import { betweenSeeds } from '../../facts.ts';
import { COURSE_WORDS } from '../messages.ts';
import {
  copra,
  lora,
  otherArm,
  outcomeOf,
  saved,
  stepAt,
  view,
  withoutRun,
  withPathsSwapped,
} from '../test-lessons.ts';

describe('lesson 6', () => {
  it('names the loss of the saved result, and claims nothing of the clients', () => {
    const { ends, middle } = betweenSeeds(lora)!;
    expect(outcomeOf('merging/merge')(saved)).toContain(
      `averaged by factors, lose **${COURSE_WORDS.points(ends - middle)}** against`,
    );
    const step = stepAt('merging/merge');
    const along = (accuracy: number[]): string | null => {
      const landscape = saved.landscape.map((path) => ({ ...path, lambdas: [0, 0.25, 0.5, 1], accuracy }));
      return step.prediction!.outcome(view(saved, { saved: { ...saved, landscape } }));
    };
    expect(along([ends, ends - 0.2, ends - 0.02, ends])).toContain('averaged by factors, lose **2.0 points**');
    expect(along([ends, ends - 0.2, ends + 0.03, ends])).toContain('averaged by factors, win **3.0 points**');
    expect(along([ends, ends - 0.2, ends, ends])).toContain('are as accurate as the mean of both');
    expect(step.prediction!.outcome(view(saved, { saved: null }))).not.toContain('saved result');
  });

  it('says by the interval for which arm the rule matters more', () => {
    const outcome = outcomeOf('merging/rules');
    expect(outcome(saved)).toMatch(
      /factors: LoRA 51\.6 %[^]*updates: LoRA \*\*56\.6 %\*\*[^]*95 % interval −2\.9 points to −0\.3 points over seeds, on these images alone\. \*\*It clearly matters more for LoRA/,
    );
    const swapped = saved.landscape.map((path) => ({ ...path, arm: otherArm(path.arm) }));
    expect(outcome({ ...saved, landscape: swapped })).toContain('**It clearly matters more for CopRA.**');
    // Whichever rule is the better one.
    expect(outcome(withPathsSwapped)).toMatch(
      /the two rules are 5\.0 points apart[^]*pair by pair: −1\.6 points[^]*clearly matters more for LoRA/,
    );
    const alike = saved.landscape.map((path) => ({ ...path, accuracy: path.lambdas.map(() => 0.5) }));
    expect(outcome({ ...saved, landscape: alike })).toContain('It does not clearly matter more for one of them');
    const onePair = saved.landscape.filter(({ seeds }) => seeds[0] === 0 && seeds[1] === 1);
    expect(outcome({ ...saved, landscape: onePair })).toContain('so few seeds do not tell');
  });

  it('its means are of the pairs of seeds that no arm lost', () => {
    const outcome = outcomeOf('merging/rules');
    const landscape = saved.landscape.map((path) =>
      path.seeds.includes(0) ? { ...path, accuracy: path.accuracy.map(() => 0) } : path,
    );
    const lost = withoutRun(copra.arm, 0);
    const ofAll = { ...saved, landscape: saved.landscape.filter(({ seeds }) => !seeds.includes(0)) };
    const remaining = landscape.filter(({ arm, seeds }) => arm !== copra.arm || !seeds.includes(0));
    expect(outcome({ ...lost, landscape: remaining })).toBe(outcome(ofAll));
  });
});
