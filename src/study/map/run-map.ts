/** Runs the missing cells of a map, some at a time. */
import type { StudyConfig } from '../config/config.ts';
import type { StudyResult } from '../result/result.ts';
import { cellResult } from './cell-result.ts';
import type { MapCell } from './cells.ts';
import { withCell, type CellResult, type MapResult } from './map-result.ts';

/** Runs a study to its end; null when it was stopped before. */
export type StudyRunner = (config: StudyConfig) => Promise<StudyResult | null>;

/**
 * Yields the map with every cell that gets done, in the order in which they do. Every runner works on one cell at a time, and takes the next when it
 * is done. No cell is begun any more once a study was stopped or failed; cells that others have begun still come.
 * @param cells those to run
 * @throws what the first runner that failed threw, after the cells that others had begun
 */
export async function* runMap(
  map: MapResult,
  cells: readonly MapCell[],
  runners: readonly StudyRunner[],
): AsyncGenerator<MapResult, void> {
  const waiting = [...cells];
  const failures: unknown[] = [];
  type Turn = { readonly slot: number; readonly done: CellResult | null };
  const underWay = new Map<number, Promise<Turn>>();
  const begin = (slot: number): void => {
    const cell = waiting.shift();
    if (!cell) return;
    const turn = async (): Promise<Turn> => {
      try {
        const result = await runners[slot](cell.config);
        return { slot, done: result?.status === 'complete' ? cellResult(cell, result) : null };
      } catch (error) {
        failures.push(error);
        return { slot, done: null };
      }
    };
    underWay.set(slot, turn());
  };
  runners.forEach((_, slot) => begin(slot));
  let known = map;
  while (underWay.size > 0) {
    const { slot, done } = await Promise.race(underWay.values());
    underWay.delete(slot);
    if (done) {
      known = withCell(known, done);
      yield known;
      begin(slot);
    } else waiting.length = 0;
  }
  if (failures.length > 0) throw failures[0];
}
