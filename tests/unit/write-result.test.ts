/** What the file of a result holds when its study is stopped, and how commands end then. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runMain, StoppedError } from '../../scripts/command-line.ts';
import { UsageError } from '../../scripts/options.mjs';
import { writeResult } from '../../scripts/write-result.ts';
import { createAdapterLayout } from '../../src/core/adapter-layout.ts';
import { unpackStudy } from '../../src/share/study-file/study-file.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import { studyResultFixture } from '../fixtures/study-result.ts';
import { PATIENT } from '../support/patient.ts';

const complete = studyResultFixture();
const stopped = { ...complete, status: 'stopped' as const, runs: [] };

const ONE_MAP = { rank: 1, towers: ['vision' as const], projections: ['q' as const] };
const NO_GATES = { steps: 1, activeSteps: [1] };
const BASE = { family: 'vit' as const, shapes: {}, layerScales: null, rowNorms: null };

const write = (file: string, result: StudyResult) => writeResult(file, { result, adapters: [], dataset: null });

let folder: string;
let out: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'result-'));
  out = path.join(folder, 'a.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

const contentOf = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('the file of a result', () => {
  it('keeps a complete one, beside which a stopped one is written', async () => {
    expect(await write(out, complete)).toBe(out);
    const beside = path.join(folder, 'a.stopped.json');
    expect(await write(out, stopped)).toBe(beside);
    expect(contentOf(out)).toEqual(asJson(complete));
    expect(contentOf(beside)).toEqual(asJson(stopped));
  });

  it('is otherwise replaced, whole', async () => {
    writeFileSync(out, 'no result');
    for (const result of [stopped, stopped, complete, complete]) {
      expect(await write(out, result)).toBe(out);
      expect(contentOf(out)).toEqual(asJson(result));
    }
    expect(readdirSync(folder)).toEqual(['a.json']);
  });

  it('called .zip is the study file of the page, and stays complete as well', async () => {
    const zip = path.join(folder, 'a.zip');
    const resultIn = async (file: string) => (await unpackStudy(new Blob([readFileSync(file)]))).result;
    expect(await write(zip, stopped)).toBe(zip);
    expect(await write(zip, complete)).toBe(zip);
    expect(asJson(await resultIn(zip))).toEqual(asJson(complete));
    const beside = path.join(folder, 'a.stopped.zip');
    expect(await write(zip, stopped)).toBe(beside);
    expect((await resultIn(zip)).status).toBe('complete');
    expect((await resultIn(beside)).status).toBe('stopped');
  });

  it('of more adapters than a file may hold is printed as JSON', async () => {
    const printed = vi.spyOn(console, 'log').mockImplementation(() => {});
    const [{ id }] = complete.config.arms;
    const layout = {
      ...createAdapterLayout({ vision: { layers: 1, width: 8, mlpWidth: 16 } }, ONE_MAP),
      size: 2 ** 27,
    };
    const adapter = { arm: id, seed: 0, layout, scale: 1, values: new Float32Array(1), gates: NO_GATES, base: BASE };
    const zip = path.join(folder, 'a.zip');
    const written = writeResult(zip, { result: complete, adapters: [adapter], dataset: null });
    await expect(written).rejects.toThrow('could not be written, so it is printed above');
    expect(JSON.parse(String(printed.mock.lastCall?.[0]))).toEqual(asJson(complete));
    expect(existsSync(zip)).toBe(false);
    printed.mockRestore();
  });

  it('that cannot be written is printed', async () => {
    const printed = vi.spyOn(console, 'log').mockImplementation(() => {});
    const nowhere = path.join(folder, 'none', 'a.json');
    await expect(write(nowhere, complete)).rejects.toThrow('could not be written, so it is printed above');
    expect(JSON.parse(String(printed.mock.calls[0][0]))).toEqual(asJson(complete));
    expect(existsSync(nowhere)).toBe(false);
    printed.mockRestore();
  });
});

it.each([
  ['that is done', () => Promise.resolve(), 0],
  ['whose arguments are wrong', () => Promise.reject(new UsageError('There is no option "--ot".')), 2],
  ['that was stopped', () => Promise.reject(new StoppedError('The study was stopped.')), 130],
  ['that failed', () => Promise.reject(new Error('The study failed.')), 1],
])('a command %s says so by its exit status', async (_, main, status) => {
  const exit = vi.spyOn(process, 'exit').mockImplementation(() => undefined as never);
  // A command guards the terminal; the console is restored with what it printed.
  const said = (['log', 'warn', 'error'] as const).map((method) =>
    vi.spyOn(console, method).mockImplementation(() => {}),
  );
  runMain(main);
  await vi.waitFor(() => expect(exit).toHaveBeenCalledExactlyOnceWith(status), PATIENT);
  exit.mockRestore();
  for (const spy of said) spy.mockRestore();
});
