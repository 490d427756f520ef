/** Runs a map without a browser: cell by cell, in one process or in several, with everything written after every cell. */
import { availableParallelism } from 'node:os';
import { counted } from '../../src/core/counted.ts';
import { cellsOf } from '../../src/study/map/cells.ts';
import type { MapConfig } from '../../src/study/map/map-config.ts';
import { runMap, type StudyRunner } from '../../src/study/map/run-map.ts';
import { StoppedError } from '../command-line.ts';
import { openEngine, runHeadless } from '../headless.ts';
import { chosenCells } from './choose-cells.ts';
import { openMap, writeMap } from './map-files.ts';
import { printMap } from './map-table.ts';
import { openProcesses } from './processes.ts';

interface MapOptions {
  readonly out: string;
  readonly backend: string;
  /** Of every process; absent: the processor's cores, shared by the processes. */
  readonly threads: number | undefined;
  readonly processes: number;
  /** "x,y" each; empty: all. */
  readonly cells: readonly string[];
  readonly resume: boolean;
}

interface Runners {
  readonly runners: readonly StudyRunner[];
  readonly close: () => void;
}

async function openRunners({ backend, threads, processes }: MapOptions): Promise<Runners> {
  if (processes > 1) {
    const share = Math.max(1, Math.floor(availableParallelism() / processes));
    return openProcesses(processes, backend, threads ?? share);
  }
  const engine = await openEngine(backend, threads);
  return { runners: [(config) => runHeadless(config, engine)], close: () => engine.dispose() };
}

/** @throws Error when the file of the result is of another map, a study fails, or the map is stopped; cells that are done are in the file */
export async function runMapHeadless(config: MapConfig, options: MapOptions): Promise<void> {
  const { out, resume } = options;
  const begun = await openMap(out, config, resume);
  let map = begun;
  let done = 0;
  const cells = chosenCells(begun, options.cells);
  const total = cellsOf(config).length;
  console.log(`${counted(total, 'cell')}, ${map.cells.length} done before, ${cells.length} to run`);
  if (cells.length > 0) {
    const { runners, close } = await openRunners(options);
    try {
      for await (const next of runMap(map, cells, runners)) {
        map = await writeMap(out, next);
        done += 1;
        console.log(`${map.cells.length} of ${counted(total, 'cell')} → ${out}`);
      }
    } finally {
      close();
    }
  }
  printMap(map);
  if (map.cells.length < total)
    console.log(`${counted(total - map.cells.length, 'cell')} missing: add --resume to go on`);
  if (done < cells.length) throw new StoppedError('Stopped.');
}
