import { describe, expect, it } from 'vitest';
import { mapResultFixture } from '../../../tests/fixtures/map-result.ts';
import { meanInterval } from '../../core/statistics.ts';
import type { MapResult } from './map-result.ts';
import { drawAxis, overDraws } from './over-draws.ts';
import { mapPreset } from './presets.ts';

const preset = mapPreset('draws');
const { x, y, study } = preset.config;
const map = mapResultFixture(preset);
const ID = 'test-accuracy';
const meansOf = ({ cells }: MapResult): number[] =>
  cells.map(({ differences }) => differences.find(({ measure }) => measure === ID)!.mean);

describe('what a map says over draws', () => {
  it('is the mean of the draws with its t interval, per value of the other setting', () => {
    expect(overDraws(map, ID)).toEqual([{ value: 64, interval: meanInterval(meansOf(map)) }]);
    const rows = mapResultFixture({
      ...preset,
      config: { version: 1, study, x, y: { ...y, values: [16, 64, null] } },
    });
    const found = overDraws(rows, ID);
    expect(found.map(({ value }) => value)).toEqual([16, 64, null]);
    const columns = x.values.length;
    found.forEach(({ interval }, i) =>
      expect(interval).toEqual(meanInterval(meansOf(rows).slice(i * columns, (i + 1) * columns))),
    );
  });

  it('is the same whichever axis has the draws', () => {
    const config = { version: 1 as const, study, x: y, y: x };
    const cells = map.cells.map((cell) => ({ ...cell, x: cell.y, y: cell.x }));
    expect(drawAxis(config)).toBe('y');
    expect(overDraws({ ...map, config, cells }, ID)).toEqual(overDraws(map, ID));
  });

  it('leaves out draws whose cell lost seeds, and says nothing of one draw, of none or of a map without', () => {
    const [first, ...others] = map.cells;
    const lost = first.differences.map((one) => ({ ...one, seeds: one.seeds - 1, mean: 9 }));
    const lacking = { ...map, cells: [{ ...first, differences: lost }, ...others] };
    expect(overDraws(lacking, ID)[0].interval).toEqual(meanInterval(meansOf(map).slice(1)));
    expect(overDraws({ ...map, cells: map.cells.slice(0, 1) }, ID)).toEqual([]);
    expect(overDraws({ ...map, cells: [] }, ID)).toEqual([]);
    expect(overDraws(mapResultFixture(), ID)).toEqual([]);
  });
});
