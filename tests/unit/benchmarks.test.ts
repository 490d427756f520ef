import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { benchmarkId, readBenchmarks, writeBenchmark, type Benchmark } from '../../bench/saved-benchmark.ts';
import { tableOf } from '../../bench/table.ts';
import { benchmarkBlocks } from '../../scripts/figures/benchmarks.ts';

const benchmark = (rows: Benchmark['rows']): Benchmark => ({
  name: 'webgpu: the first step',
  command: 'npm run bench -- webgpu-start',
  about: 'From a loaded backbone\nto the end of the first step.',
  machine: { processor: 'AMD EPYC', cores: 2, node: 'v20.20.2', date: '2026-11-27', load: 0.52 },
  rows,
});

describe('tables of measurements', () => {
  it('name a text that all rows share once, and keep numbers that are equal', () => {
    const { table, same } = tableOf([
      { adapter: 'lavapipe', what: 'ours', ms: 1 },
      { adapter: 'lavapipe', what: 'stock', ms: 1 },
    ]);
    expect(same).toEqual({ adapter: 'lavapipe' });
    expect(table).toEqual({
      heads: ['what', 'ms'],
      numeric: [false, true],
      lines: [
        ['ours', '1'],
        ['stock', '1'],
      ],
    });
  });

  it('have a line per column where there are many columns', () => {
    const wide = (what: string, from: number) => ({
      what,
      ...Object.fromEntries(Array.from({ length: 14 }, (_, i) => [`c${i}`, from + i])),
    });
    const { table } = tableOf([wide('ours', 0), wide('stock', 1000)]);
    expect(table.heads).toEqual(['what', 'ours', 'stock']);
    expect(table.lines).toHaveLength(14);
    expect(table.lines[13]).toEqual(['c13', '13', '1,013']);
  });

  it('leave a cell empty where a row lacks the column', () => {
    expect(tableOf([{ what: 'ours', ms: 0.123456 }, { what: 'stock' }]).table.lines).toEqual([
      ['ours', '0.12'],
      ['stock', ''],
    ]);
  });
});

describe('kept measurements', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'copra-benchmarks-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('become a block of the page with the machine, the day and the command', () => {
    writeBenchmark(benchmark([{ way: 'ahead', ms: 12.345678 }]), folder);
    const blocks = benchmarkBlocks(readBenchmarks(folder));
    expect(blocks).toMatchObject({
      'bench-webgpu-the-first-step':
        'From a loaded backbone to the end of the first step. _AMD EPYC, 2 cores, Node 20.20.2, 27 November 2026, load 0.5: `npm run bench -- webgpu-start`._\n\n' +
        '| way | ms |\n| --- | --- |\n| ahead | 12.3 |',
    });
  });

  it('have a place in the page before anybody has kept them, which says what measures them', () => {
    const place = 'bench-loading-in-the-browser';
    const before = benchmarkBlocks(readBenchmarks(folder));
    expect(before[place]).toBe('Not kept yet: `npm run build && npm run bench -- browser-loading --save` measures it.');
    expect(before['bench-missing']).toContain('loading in the browser');
    writeBenchmark({ ...benchmark([{ ms: 1 }]), name: 'loading in the browser' }, folder);
    const after = benchmarkBlocks(readBenchmarks(folder));
    expect(after[place]).toContain('| 1');
    expect(after['bench-missing']).not.toContain('loading in the browser');
  });

  it('replace those of the same name', () => {
    writeBenchmark(benchmark([{ ms: 1 }]), folder);
    writeBenchmark(benchmark([{ ms: 2 }]), folder);
    expect([...readBenchmarks(folder)].map(([id, { rows }]) => [id, rows])).toEqual([
      [benchmarkId('webgpu: the first step'), [{ ms: 2 }]],
    ]);
  });

  it('are refused by the name of their file', () => {
    writeFileSync(path.join(folder, 'other.json'), '{"name":"other","rows":[]}');
    expect(() => readBenchmarks(folder)).toThrow(/other\.json holds no benchmark/);
  });
});
