/** The table of controls, on a saved result in which a control is plain LoRA under another name. */
import { expect, it } from 'vitest';
import { controlsSection, controlsSummary } from '../../scripts/figures/controls-table.ts';
import { readSaved } from '../../scripts/figures/saved.ts';
import { compare, comparisons, differenceText } from '../../scripts/figures/comparison.ts';
import { controls } from '../../src/study/presets/controls.ts';
import { fewShots } from '../../src/study/presets/few-shots.ts';
import { TEST_ACCURACY } from '../../src/study/result/measures/accuracy.ts';
import { barrierMeasure } from '../../src/study/result/measures/paths.ts';
import { without } from '../../src/core/without.ts';
import type { StudyResult } from '../../src/study/result/result.ts';

const saved = readSaved(fewShots);
const [lora, copra] = saved.config.arms;

/** The saved result with an arm a second time, under another name. */
function withTwin(of = lora): StudyResult {
  const twice = <T extends { readonly arm: string }>(list: readonly T[]): T[] => [
    ...list,
    ...list.filter(({ arm }) => arm === of.id).map((entry) => ({ ...entry, arm: 'twin' })),
  ];
  const { runs, landscape, pruning, config, imageVariances = [] } = saved;
  return {
    ...saved,
    config: { ...config, arms: [lora, copra, { ...of, id: 'twin', name: 'Twin', method: 'lora' }] },
    runs: twice(runs),
    landscape: twice(landscape),
    pruning: twice(pruning),
    imageVariances: [
      ...imageVariances,
      ...imageVariances.map((entry) => ({ ...entry, baseline: entry.baseline === lora.id ? 'twin' : entry.baseline })),
    ],
  };
}

it('is not there without a result', () => expect(controlsSection(new Map([[fewShots, saved]]))).toBe(''));

it('holds CopRA against every other arm, and a twin of LoRA as LoRA', () => {
  const text = controlsSection(new Map([[controls, withTwin()]]));
  const rows = text.split('\n').filter((line) => line.startsWith('| ') && !line.includes('---'));
  expect(rows[0]).toContain('against LoRA');
  expect(rows[0]).toContain('against Twin');
  const cells = rows.slice(1).map((row) => row.split('|').map((cell) => cell.trim()));
  expect(cells).toHaveLength(6);
  for (const [, name, , own, twin] of cells) {
    const known = comparisons(saved).find(({ measure }) => measure.name === name)!;
    expect(own.replaceAll('**', '')).toBe(differenceText(known.difference));
    expect(own.startsWith('**')).toBe(known.side !== 0);
    expect(twin).toBe(own);
  }
  const verdicts = text.split('\n').filter((line) => line.startsWith('- Against'));
  expect(verdicts).toHaveLength(2);
  expect(verdicts[1]).toBe(verdicts[0].replace('LoRA', 'Twin'));
});

it('has intervals of one kind in every column: over images too, or what they leave out', () => {
  const result = readSaved(controls);
  const text = controlsSection(new Map([[controls, result]]));
  expect(text).toContain('the intervals approximate it');
  // All that is kept of this measure was cut at 0.
  const barriers = text.split('\n').find((line) => line.startsWith(`| ${barrierMeasure('factor').name} |`))!;
  const [, , , lora, ...others] = barriers.split('|').map((cell) => cell.trim());
  expect(lora).not.toContain('on these images alone');
  expect(others[0]).toMatch(/^\*\*.*over seeds, on these images alone\)\*\*$/);
  // What is clear on these images alone counts as no more.
  expect(text).toMatch(
    /Against LoRA averaged, CopRA is better in 0 of 6 measures, worse in 0, in 3 it is clear on these images alone/,
  );
  expect(controlsSummary(new Map([[controls, result]]))).toContain('clear on these images alone against LoRA averaged');
  for (const { id } of result.config.arms.filter((arm) => arm.id !== copra.id))
    expect(compare(result, TEST_ACCURACY, id, copra.id)?.difference.scope).toBe('seeds and images');
  // Of the averaged arm the reviewed page said −1.9 (−2.9 to −0.8), in bold.
  const { low, high } = compare(result, TEST_ACCURACY, 'lora-averaged', copra.id)!.difference;
  expect(low).toBeLessThan(-0.029);
  expect(high).toBeGreaterThan(-0.008);
  const bare = controlsSection(new Map([[controls, without(result, 'imageVariances')]]));
  expect(bare).toContain('over seeds, on these images alone)');
});

it('calls no control an explanation that itself differs too little from LoRA', () => {
  const text = controlsSummary(new Map([[controls, readSaved(controls)]]));
  expect(text).toContain(
    'test accuracy, everything on (−1.9): also clear against LoRA with SAM, too much for LoRA averaged [itself 0.0 (−0.4 to 0.4)] and LoRA at equal updates [itself −0.3 (−0.7 to 0.1)], perhaps explained by LoRA at equal loss;',
  );
});

it('says in short what a control explains: nothing, if it is LoRA; everything, if it is CopRA', () => {
  const [unexplained, explained] = [lora, copra].map((of) => controlsSummary(new Map([[controls, withTwin(of)]])));
  expect(unexplained).toContain('Beside it stand Twin.');
  expect(unexplained).toMatch(/every other layer kept \(\+13\.6\): also clear against Twin/);
  expect(unexplained).not.toContain('perhaps explained');
  expect(explained).toMatch(/every other layer kept \(\+13\.6\): perhaps explained by Twin/);
  expect(explained).not.toContain('also clear');
  expect(controlsSummary(new Map([[fewShots, saved]]))).toBe('');
});
