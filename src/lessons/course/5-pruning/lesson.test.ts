import { describe, expect, it } from 'vitest';
import { runConfig } from '../../run-settings.ts';
import { copra, otherArm, outcomeOf, saved, stepAt, view, withoutRun } from '../test-lessons.ts';

describe('lesson 5', () => {
  it('says who keeps more by the interval, and what a picture is worth by the gain', () => {
    const outcome = outcomeOf('pruning/layers');
    expect(outcome(saved)).toContain('CopRA keeps clearly more. That is what it trains for');
    const swapped = { ...saved, pruning: saved.pruning.map((entry) => ({ ...entry, arm: otherArm(entry.arm) })) };
    expect(outcome({ ...swapped, imageVariances: [] })).toContain('CopRA keeps clearly less');
    const step = stepAt('pruning/run');
    const config = runConfig(step.run!);
    const own = (change: object) =>
      step.prediction!.outcome(view({ ...saved, config, ...change }, { computedHere: true }));
    expect(own({})).toContain('LoRA gains 21.3 points and keeps **68.6 %** of them');
    expect(own({})).toContain('a single picture is worth 2.3 points of that half’s share');
    expect(own({ pruning: [] })).toContain('CopRA gains 19.4 points, too little for a share of it');
  });

  it('says by the interval at nine tenths who is ahead there', () => {
    const outcome = outcomeOf('pruning/weights');
    const step = stepAt('pruning/weights');
    expect(step.prediction!.words(view(saved)).choices).toEqual(['CopRA', 'LoRA', 'Neither']);
    expect(outcome(saved)).toMatch(
      /LoRA has \*\*37\.1 %\*\* and CopRA \*\*35\.7 %\*\*\. CopRA − LoRA: −1\.4 points, 95 % interval [^.]+\.\d points to [^.]+\.\d+ points over seeds, on these images alone\. \*\*LoRA is clearly ahead\.\*\*/,
    );
    const one = saved.pruning.filter(({ seed }) => seed === 0);
    expect(outcome({ ...saved, pruning: one })).toContain('There are too few seeds to tell who is ahead.');
  });

  it('says who loses more from where each arm starts, not who started lower', () => {
    const outcome = outcomeOf('pruning/weights');
    expect(outcome(saved)).toContain(
      'With nothing removed the difference is −1.9 points. From there on neither loses clearly more',
    );
    /** @param taken from the mean of a run of CopRA over all shares */
    const withArea = (taken: (seed: number) => number) => ({
      ...saved,
      pruning: saved.pruning.map((entry) =>
        entry.arm !== copra.arm
          ? entry
          : {
              ...entry,
              unstructured: entry.unstructured.map((curve) => ({
                ...curve,
                area: curve.area - taken(entry.seed),
              })),
            },
      ),
    });
    expect(outcome(withArea((seed) => 0.05 + seed / 1000))).toContain('From there on CopRA loses clearly more');
    expect(outcome(withArea((seed) => -0.05 - seed / 1000))).toContain('From there on CopRA loses clearly less');
  });

  it('its means are of the seeds that no arm lost', () => {
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
});
