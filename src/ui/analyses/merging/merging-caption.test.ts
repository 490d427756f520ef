import { expect, it } from 'vitest';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { independentImages } from '../../../core/clusters.ts';
import { USUAL_MERGING } from '../../../study/analyses/merging/settings.ts';
import type { MergingResult } from '../../../study/analyses/merging/result.ts';
import { mergingCaption, mergingReading } from './merging-caption.ts';

const group = (name: string, single: number, factors: number, updates: number) => ({
  name,
  runs: [single - 0.01, single + 0.01],
  ensemble: single,
  merges: [
    { method: 'factors', alignment: 'none', accuracy: factors },
    { method: 'factors', alignment: 'orthogonal', accuracy: updates },
    { method: 'updates', alignment: 'none', accuracy: updates },
  ],
});

it('names the averages of every arm, and no best one', () => {
  expect(
    mergingReading([group('LoRA', 0.5, 0.4, 0.49), group('CopRA', 0.48, 0.475, 0.48)], independentImages(400)),
  ).toBe(
    'LoRA / CopRA: a single run 50.0 / 48.0\u00a0%, A and B averaged 40.0 / 47.5\u00a0%, rotated onto one another first 49.0 / 48.0\u00a0%, updates averaged 49.0 / 48.0\u00a0%, ensemble of logits 50.0 / 48.0\u00a0%; 400 test images, sampling error 2.5 points.',
  );
});

it('says of how many runs each is where the arms have lost some, and that this cannot be compared', () => {
  const [one, other] = [group('LoRA', 0.5, 0.4, 0.49), group('CopRA', 0.48, 0.475, 0.48)];
  const text = mergingReading([one, { ...other, runs: [0.47, 0.48, 0.49] }], independentImages(400));
  expect(text).toMatch(/^LoRA \(2 runs\) \/ CopRA \(3 runs\): a single run 50\.0 \/ 48\.0/);
  expect(text).toMatch(
    /; merges and ensembles of more runs are better by that alone, so these arms cannot be compared\.$/,
  );
});

it('reads a single group, a growing one, and none', () => {
  const one = group('All adapters', 0.5, 0.4, 0.5);
  expect(mergingReading([one], independentImages(400))).toContain(
    'All adapters: a single run 50.0\u00a0%, A and B averaged 40.0\u00a0%',
  );
  expect(
    mergingReading([{ ...one, ensemble: null, merges: one.merges.slice(0, 1) }], independentImages(400)),
  ).not.toMatch(/ensemble|NaN/);
  expect(mergingReading([{ ...one, merges: [] }], independentImages(400))).toBe('Nothing measured yet.');
});

it('names the methods whose λ is at an end of those tried, once, and not where λ was not chosen', () => {
  const fixture = studyResultFixture();
  const config = {
    ...fixture.config,
    analyses: { ...fixture.config.analyses, merging: { ...USUAL_MERGING, scales: [0.5, 1, 4] } },
  };
  const scores = { rank: 8, accuracy: 0.5, loss: 1 };
  const merged = (arm: string, validation: number): MergingResult => ({
    arm,
    runs: [0, 1].map((seed) => ({ arm, seed, accuracy: 0.5, loss: 1 })),
    ensemble: null,
    merges: [
      { method: 'updates', alignment: 'none', scale: 1, ...scores },
      { method: 'ties', alignment: 'none', scale: 0.5, ...scores },
      { method: 'peft-ties', alignment: 'none', scale: 4, ...scores },
      { method: 'iso-c', alignment: 'none', scale: 1, ...scores },
    ],
    sweep: null,
    validation,
  });
  const captionAt = (validation: number): string =>
    mergingCaption({ ...fixture, config, merging: [merged('lora', validation), merged('copra', validation)] });
  expect(captionAt(64)).toContain(
    'The best λ is the smallest or the largest of those tried for TIES and PEFT TIES; a value beyond may be better.',
  );
  expect(captionAt(0)).not.toContain('λ');
});
