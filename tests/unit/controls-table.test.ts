/** The table of controls, on a saved result in which a control is plain LoRA under another name. */
import { expect, it } from 'vitest';
import { controlsSection } from '../../scripts/figures/controls-table.ts';
import { readSaved } from '../../scripts/figures/saved.ts';
import { comparisons, differenceText } from '../../scripts/figures/comparison.ts';
import { controls } from '../../src/study/presets/controls.ts';
import { fewShots } from '../../src/study/presets/few-shots.ts';
import type { StudyResult } from '../../src/study/result/result.ts';

const saved = readSaved(fewShots);
const [lora, copra] = saved.config.arms;

/** The saved result with LoRA a second time, as another arm. */
function withTwin(): StudyResult {
  const twice = <T extends { readonly arm: string }>(list: readonly T[]): T[] => [
    ...list,
    ...list.filter(({ arm }) => arm === lora.id).map((entry) => ({ ...entry, arm: 'twin' })),
  ];
  const { runs, landscape, pruning, config, imageVariances = [] } = saved;
  return {
    ...saved,
    config: { ...config, arms: [lora, copra, { ...lora, id: 'twin', name: 'Twin' }] },
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
