/** CoTo's table r3 in its own setting: every cell is that of the saved study, and words are no stronger than intervals. */
import { expect, it } from 'vitest';
import { compare, differenceText } from '../../scripts/figures/comparison.ts';
import { readSaved } from '../../scripts/figures/saved.ts';
import { tableR3Section, tableR3Summary } from '../../scripts/figures/table-r3.ts';
import { mean } from '../../src/core/statistics.ts';
import { meanProbability } from '../../src/copra/gate-sampler.ts';
import { sixteenShots } from '../../src/study/presets/sixteen-shots.ts';
import { TEST_ACCURACY } from '../../src/study/result/measures/accuracy.ts';
import { midpointMeasure } from '../../src/study/result/measures/paths.ts';
import { EVERY_OTHER_ACCURACY } from '../../src/study/result/measures/pruning.ts';

const result = readSaved(sixteenShots);
const results = new Map([[sixteenShots, result]]);
const { arms, training } = sixteenShots.config;
const MEASURES = [TEST_ACCURACY, midpointMeasure('factor'), EVERY_OTHER_ACCURACY];

const armNamed = (name: string) => arms.find((arm) => arm.name === name)!;
const rowsWith = (pattern: RegExp): string[][] =>
  tableR3Section(results)
    .split('\n')
    .filter((line) => pattern.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()));

it('is not there without a result', () => {
  expect(tableR3Section(new Map())).toBe('');
  expect(tableR3Summary(new Map())).toBe('');
});

it('has the mean of every arm, and beside it what CoTo reports where it trains such an arm', () => {
  for (const { id, name } of arms) {
    const [cells] = rowsWith(new RegExp(`^\\| ${name.replace('.', '\\.')} +\\|`));
    MEASURES.forEach((measure, i) => {
      const values = measure.values(result, id).map(({ value }) => 100 * value);
      expect(Number.parseFloat(cells[2 + i])).toBeCloseTo(mean(values), 0);
    });
    expect(cells[5] === '–').toBe(['copra-constant', 'layer-drop'].includes(id));
  }
});

it('has the difference of CopRA from every arm, bold and in the sentence where its interval leaves out 0', () => {
  const rows = rowsWith(/^\| [^|]+ − [^|]+\|/);
  expect(rows).toHaveLength(arms.length);
  const sentences = tableR3Summary(results).split(/: |; |\.$/);
  for (const [, name, ...cells] of rows) {
    const [one, other] = name.split(' − ').map(armNamed);
    const sides = MEASURES.map((measure, i) => {
      const { difference, side } = compare(result, measure, other.id, one.id)!;
      expect(cells[i]).toBe(side ? `**${differenceText(difference)}**` : differenceText(difference));
      return side;
    });
    const said = sentences.find((text) => new RegExp(`^${one.name} (is|does) .*${other.name}`).test(text));
    expect(said?.includes('does not clearly differ')).toBe(sides.every((side) => !side));
    expect(said?.includes('more accurate')).toBe(sides.includes(1));
    expect(said?.includes('less accurate')).toBe(sides.includes(-1));
  }
});

it('drops as many layers in both controls as CopRA does', () => {
  const { steps } = training;
  const activity = (id: string): number => {
    const arm = arms.find((one) => one.id === id)!;
    return mean(Array.from({ length: steps }, (_, step) => meanProbability(arm, step, steps, 12)));
  };
  for (const id of ['copra-constant', 'layer-drop']) expect(activity(id)).toBeCloseTo(activity('copra'), 3);
});
