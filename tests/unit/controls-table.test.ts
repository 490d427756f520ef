/** The table of controls, on a saved result in which a control is plain LoRA under another name. */
import { expect, it } from 'vitest';
import { controlsSection, controlsSummary } from '../../scripts/figures/controls-table.ts';
import { readSaved } from '../../scripts/figures/saved.ts';
import { comparisons, differenceText } from '../../scripts/figures/comparison.ts';
import { controls } from '../../src/study/presets/controls.ts';
import { fewShots } from '../../src/study/presets/few-shots.ts';
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

it('says in short what a control explains: nothing, if it is LoRA; everything, if it is CopRA', () => {
  const [unexplained, explained] = [lora, copra].map((of) => controlsSummary(new Map([[controls, withTwin(of)]])));
  expect(unexplained).toContain('Beside it stand Twin.');
  expect(unexplained).toMatch(/there: .* by none of them/);
  expect(unexplained).not.toContain('explained by');
  expect(explained).toContain('is explained by Twin');
  expect(explained).not.toContain('none of them');
  expect(controlsSummary(new Map([[fewShots, saved]]))).toBe('');
});
