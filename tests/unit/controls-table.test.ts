/** The table of controls, on a saved result in which a control is plain LoRA under another name. */
import { describe, expect, it } from 'vitest';
import { controlsSection, controlsSummary, simplerSentence, wordsOf } from '../../scripts/figures/controls-table.ts';
import { readSaved } from '../../scripts/figures/saved.ts';
import { compare, comparisons, differenceText } from '../../scripts/figures/comparison.ts';
import { controls } from '../../src/study/presets/controls.ts';
import { fewShots } from '../../src/study/presets/few-shots.ts';
import { TEST_ACCURACY } from '../../src/study/result/measures/accuracy.ts';
import { without } from '../../src/core/without.ts';
import type { ScopedInterval } from '../../src/core/crossed-interval.ts';
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
      ...imageVariances.map((entry) => ({
        ...entry,
        baseline: entry.baseline === of.id ? 'twin' : entry.baseline,
        other: entry.other === of.id ? 'twin' : entry.other,
      })),
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
  expect(cells).toHaveLength(7);
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

it('has intervals over seeds and images in every column, and approximates what a result does not keep', () => {
  const result = readSaved(controls);
  const text = controlsSection(new Map([[controls, result]]));
  expect(text).not.toMatch(/approximate|on these images alone/);
  for (const { id } of result.config.arms.filter((arm) => arm.id !== copra.id))
    expect(compare(result, TEST_ACCURACY, id, copra.id)?.difference.scope).toBe('seeds and images');
  // A result of before knows the first arm alone.
  const [first] = result.config.arms;
  const imageVariances = result.imageVariances?.filter(({ baseline }) => baseline === first.id);
  const approximated = controlsSection(new Map([[controls, { ...result, imageVariances }]]));
  expect(approximated).toContain('the intervals approximate it');
  // All that is kept of some measures was cut at 0. What is clear on these images alone counts as no more.
  expect(approximated).toMatch(/\*\*.*over seeds, on these images alone\)\*\*/);
  expect(approximated).toMatch(/, in \d it is clear on these images alone/);
  const bare = controlsSection(new Map([[controls, without(result, 'imageVariances')]]));
  expect(bare).toContain('over seeds, on these images alone)');
});

it('says that layers dropped at one rate keep more without every other layer than CopRA does', () => {
  const text = controlsSummary(new Map([[controls, readSaved(controls)]]));
  expect(text).toContain(
    'gain kept, every other layer kept (+13.6): also clear against LoRA averaged, LoRA at equal updates, LoRA at equal loss and LoRA with SAM, exceeded by Constant layer drop [itself +27.0 (14.7 to 39.2)].',
  );
});

it('names in a sentence what does as much as CopRA, and nothing where nothing does', () => {
  const sentence = (result: StudyResult) => simplerSentence(new Map([[controls, result]]));
  expect(sentence(readSaved(controls))).toBe(
    'Something simpler does as much in the study “Controls”. Points more than LoRA in “gain kept, every other layer kept”: CopRA +13.6 (4.4 to 22.8), Constant layer drop +27.0 (14.7 to 39.2). With every layer on: CopRA −1.9 (−4.2 to 0.5), Constant layer drop −2.6 (−5.3 to 0.1).',
  );
  expect(sentence(withTwin(copra))).toContain('CopRA +13.6 (4.4 to 22.8), Twin +13.6 (4.4 to 22.8)');
  expect(sentence(withTwin(lora))).toBe('');
  expect(simplerSentence(new Map())).toBe('');
});

describe('a control, of a finding of 2 (0.1 to 3.9)', () => {
  const clear = (low: number, high: number, scope: ScopedInterval['scope'] = 'seeds and images') => ({
    side: low > 0 ? (1 as const) : high < 0 ? (-1 as const) : (0 as const),
    difference: { mean: (low + high) / 2, low, high, seeds: 6, images: 796, scope },
  });
  const finding = clear(0.1, 3.9);

  it.each([
    ['also clear against', clear(0.2, 3.8), clear(-0.5, 0.5)],
    ['clear on these images alone against', clear(0.2, 3.8, 'seeds'), clear(-0.5, 0.5)],
    ['matched by', clear(-1, 1), clear(0.2, 3.8)],
    ['exceeded by', clear(-3, -1), clear(2, 6)],
    ['matched by', clear(-3, -1, 'seeds'), clear(2, 6)],
    ['too much for', clear(-0.1, 3.5), clear(-0.4, 0.4)],
    ['perhaps explained by', clear(-0.1, 3.5), clear(-1, 2.5)],
    // An interval over seeds alone is too short to rule anything out, or to hold it.
    ['perhaps explained by', clear(-0.1, 3.5), clear(-0.4, 0.4, 'seeds')],
    ['perhaps explained by', clear(-1, 1), clear(0.2, 3.8, 'seeds')],
    ['perhaps explained by', null, null],
  ])('is told as what it is %s', (words, beside, own) => expect(wordsOf(finding, beside, own)).toBe(words));
});

it('says in short what a control explains: nothing, if it is LoRA; everything, if it is CopRA', () => {
  const [unexplained, explained] = [lora, copra].map((of) => controlsSummary(new Map([[controls, withTwin(of)]])));
  expect(unexplained).toContain('Beside it stand Twin.');
  expect(unexplained).toMatch(/every other layer kept \(\+13\.6\): also clear against Twin/);
  expect(unexplained).not.toContain('perhaps explained');
  expect(explained).toMatch(/every other layer kept \(\+13\.6\): matched by Twin \[itself \+13\.6 \(/);
  expect(explained).not.toContain('also clear');
  expect(controlsSummary(new Map([[fewShots, saved]]))).toBe('');
});
