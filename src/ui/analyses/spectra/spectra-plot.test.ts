import { describe, expect, it } from 'vitest';
import { withSpectra } from '../../../../tests/fixtures/spectra-result.ts';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { spectraReading } from './spectra-caption.ts';
import { effectiveRank } from '../../../copra/spectra/spectrum.ts';
import { mean } from '../../../core/statistics.ts';
import { SPECTRA_WORDS } from './messages.ts';
import { knownMeasures, measureOf, measureRows, spectraPlot, spectraTable } from './spectra-plot.ts';

const result = withSpectra(studyResultFixture());

describe('the figure of spectra', () => {
  it('has a bar per layer and arm: the mean over projections and seeds', () => {
    const [{ marks, x }] = spectraPlot(result, measureOf('effective'))!(600).panels;
    expect(x.kind === 'names' && x.names).toEqual(['1', '2', '3', '4']);
    const [bars] = marks;
    const series = bars.kind === 'bars' ? bars.series : [];
    expect(series).toHaveLength(result.config.arms.length);
    const own = result.spectra!.filter(({ arm }) => arm === 'lora');
    const expected = mean(
      own.flatMap(({ singular }) => [0, 1, 2].map((m) => effectiveRank(singular.slice(4 * m, 4 * m + 4)))),
    );
    expect(series[0].values[0]).toBeCloseTo(expected, 9);
  });

  it('reads the spread over seeds where there are several', () => {
    const readingOf = (of: typeof result): string => {
      const [{ marks }] = spectraPlot(of, measureOf('effective'))!(600).panels;
      const [bars] = marks;
      return bars.kind === 'bars' ? bars.series[0].reading(0) : '';
    };
    expect(readingOf(result)).toMatch(/^LoRA [\d.]+ ± [\d.]+$/);
    expect(readingOf({ ...result, spectra: result.spectra!.filter(({ seed }) => seed === 0) })).toMatch(
      /^LoRA [\d.]+$/,
    );
  });

  it('shows shares in per cent, and only measures that are known', () => {
    const [{ y }] = spectraPlot(result, measureOf('intruders'))!(600).panels;
    expect(y.title).toBe('Intruders, %');
    const bare = result.spectra!.map(({ arm, seed, maps, singular }) => ({ arm, seed, maps, singular }));
    expect(knownMeasures({ ...result, spectra: bare }).map(({ id }) => id)).toEqual(['effective', 'stable']);
    expect(spectraPlot({ ...result, spectra: [] }, measureOf('effective'))).toBeNull();
    expect(spectraPlot({ ...result, spectra: bare }, measureOf('condition'))).toBeNull();
  });

  it('pairs the arms by seed', () => {
    const rows = measureRows(result);
    expect(rows.map(({ measure }) => measure.id)).toEqual(['effective', 'stable', 'intruders', 'condition']);
    for (const { values, differences } of rows) {
      expect(values[0]).toHaveLength(values[1].length);
      expect(differences[0]!.mean).toBeCloseTo(mean(values[1].map((value, i) => value - values[0][i])), 9);
    }
    // Intruders differ as much with every seed. All condition numbers of an arm are against its first run, of which there is one.
    expect(rows.map(({ differences: [one] }) => one!.scope)).toEqual(['seeds', 'seeds', null, null]);
    // Condition numbers are averaged as logarithms, over the projections that have one.
    const entry = result.spectra!.find(({ condition }) => condition)!;
    const known = entry.condition!.filter((value) => value !== null);
    expect(rows[3].values[0][0]).toBeCloseTo(Math.exp(mean(known.map(Math.log))), 9);
  });

  it('says the means and the interval of their difference', () => {
    const text = spectraReading(
      ['LoRA', 'CopRA'],
      measureRows(result).map((row) => ({ ...row, name: SPECTRA_WORDS.measures[row.measure.id], unit: '' })),
      [12, 12],
    );
    expect(text).toMatch(
      /^Effective rank: LoRA [\d.]+ ± [\d.]+, CopRA [\d.]+ ± [\d.]+ \(95\s% interval of the difference over seeds: CopRA − LoRA/,
    );
    expect(text).toContain('12 projections');
    expect(spectraReading(['LoRA'], [], [])).toBe('Nothing measured yet.');
  });

  it('lists every layer', () => {
    const { head, rows } = spectraTable(result);
    expect(rows).toHaveLength(4 * 2 * 4);
    for (const row of rows) expect(row).toHaveLength(head.length);
  });
});
