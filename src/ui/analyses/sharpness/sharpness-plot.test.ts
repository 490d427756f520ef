import { describe, expect, it } from 'vitest';
import { withSharpness } from '../../../../tests/fixtures/sharpness-result.ts';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { sharpnessReading } from './sharpness-caption.ts';
import { mean } from '../../../core/statistics.ts';
import { testedImages } from '../../../study/result/tested-images.ts';
import { sharpnessCaption } from './sharpness-caption.ts';
import { largestIncreases, sharpnessHeight, sharpnessPlot, sharpnessTable } from './sharpness-plot.ts';

const result = withSharpness(studyResultFixture());
const of = (arm: string) => result.sharpness!.filter((entry) => entry.arm === arm);

describe('the figure of sharpness', () => {
  it('has a panel for test and one for training images, and a line per arm from 0', () => {
    const { panels } = sharpnessPlot(result, 'loss')!(600);
    expect(panels.map(({ title }) => title)).toEqual(['test images', 'training images']);
    const lines = panels[0].marks.flatMap((mark) => (mark.kind === 'line' ? [mark] : []));
    expect(lines.map(({ name }) => name)).toEqual(result.config.arms.map(({ name }) => name));
    expect(lines[0].y[0]).toBe(0);
    expect(lines[0].y.at(-1)).toBeCloseTo(mean(of('lora').map(({ test }) => test.loss.at(-1)! - test.loss[0])), 9);
  });

  it('shows accuracy in points, and one panel where training images were left out', () => {
    const bare = result.sharpness!.map((entry) => ({ ...entry, train: undefined }));
    const { panels } = sharpnessPlot({ ...result, sharpness: bare }, 'accuracy')!(600);
    expect(panels).toHaveLength(1);
    const [line] = panels[0].marks.flatMap((mark) => (mark.kind === 'line' ? [mark] : []));
    const change = mean(of('lora').map(({ test }) => test.accuracy[4] - test.accuracy[0]));
    expect(line.y[4]).toBeCloseTo(100 * change, 9);
    expect(sharpnessPlot({ ...result, sharpness: [] }, 'loss')).toBeNull();
  });

  it('says the increase at the largest perturbation, arm by arm, and the difference by seed', () => {
    const [test] = largestIncreases(result);
    expect(test.differences[0]!.mean).toBeCloseTo(mean(test.values[1].map((value, i) => value - test.values[0][i])), 9);
    const text = sharpnessReading(['LoRA', 'CopRA'], largestIncreases(result), 0.8, 5);
    expect(text).toMatch(/^With every factor perturbed by 0\.8 of its length, the loss rises/);
    expect(text).toContain('training images');
    expect(text).toContain('5 directions');
    expect(sharpnessReading(['LoRA'], [], 0.8, 5)).toBe('Nothing measured yet.');
  });

  it('says that its intervals are over seeds, on these images alone, and has none where all seeds differ alike', () => {
    const [first, ...others] = result.sharpness!;
    const loss = first.test.loss.map((value, i) => value + 0.01 * i);
    const uneven = { ...result, sharpness: [{ ...first, test: { ...first.test, loss } }, ...others] };
    const [test] = largestIncreases(uneven);
    expect(test.differences[0]).toMatchObject({ scope: 'seeds', images: testedImages(result) });
    const text = sharpnessReading(['LoRA', 'CopRA'], largestIncreases(uneven), 0.8, 5);
    expect(text).toMatch(/95\s% interval of the difference over seeds, on these images alone: CopRA − LoRA/);
    expect(largestIncreases(result)[0].differences[0]!.scope).toBeNull();
  });

  it('puts sizes in order, as earlier versions did not, before it averages over seeds', () => {
    // 0, as it was written, with one size twice
    const written = [0, 3, 1, 4, 3, 2];
    const shuffled = (scores: { readonly accuracy: readonly number[]; readonly loss: readonly number[] }) => ({
      accuracy: written.map((i) => scores.accuracy[i]),
      loss: written.map((i) => scores.loss[i]),
    });
    const sharpness = result.sharpness!.map((entry) =>
      entry.seed === 0
        ? {
            ...entry,
            radii: written.map((i) => entry.radii[i]),
            test: shuffled(entry.test),
            train: { ...entry.train!, ...shuffled(entry.train!) },
          }
        : entry,
    );
    const mixed = { ...result, sharpness };
    expect(sharpnessTable(mixed)).toEqual(sharpnessTable(result));
    expect(largestIncreases(mixed)).toEqual(largestIncreases(result));
    expect(sharpnessCaption(mixed)).toEqual(sharpnessCaption(result));
  });

  it('names two of many arms, and says so', () => {
    const [lora, copra] = result.config.arms;
    const arms = [lora, ...['b', 'c', 'd'].map((id) => ({ ...lora, id, name: `LoRA ${id}` })), copra];
    const { reading, message } = sharpnessCaption({ ...result, config: { ...result.config, arms } });
    expect(reading).toMatch(
      /LoRA [\d.]+ ± .*CopRA [\d.]+ ± .*Two of 5 arms are named here; the table of results has all\.$/,
    );
    expect(reading).not.toContain('LoRA b');
    expect(message).toBe(sharpnessCaption(result).message);
  });

  it('says which seeds a difference is of, where an arm has more', () => {
    const even = withSharpness(studyResultFixture({ seeds: 3 }));
    const sharpness = even.sharpness!.map((entry) => ({
      ...entry,
      test: { ...entry.test, loss: entry.test.loss.map((value, i) => value + 0.01 * i * entry.seed ** 2) },
    }));
    const uneven = sharpness.map((entry, i) => (entry.arm === 'lora' ? entry : even.sharpness![i]));
    expect(sharpnessCaption({ ...even, sharpness: uneven }).reading).toMatch(/CopRA − LoRA [^,]+\)/);
    const fewer = uneven.filter(({ arm, seed }) => arm === 'lora' || seed > 0);
    expect(sharpnessCaption({ ...even, sharpness: fewer }).reading).toMatch(
      /CopRA − LoRA [^,]+, over the 2 seeds that both have\)/,
    );
  });

  it('lists every size', () => {
    const { head, rows } = sharpnessTable(result);
    expect(rows).toHaveLength(2 * result.config.arms.length * 5);
    for (const row of rows) expect(row).toHaveLength(head.length);
  });
});

it('has room for the title of every axis where panels are stacked', () => {
  const build = sharpnessPlot(result, 'loss')!;
  const { grid, margin, panels } = build(340);
  expect(grid).toMatchObject({ rows: 2, columns: 1 });
  const room = sharpnessHeight(result, 340) - margin.top - margin.bottom - grid!.rowGap;
  // The longest title, "Änderung der Genauigkeit, Punkte", in pixels.
  expect(room / 2).toBeGreaterThan(210);
  expect(panels.map(({ x }) => x.title !== '')).toEqual([false, true]);
  expect(sharpnessHeight(result, 900)).toBe(280);
});
