/** What the file of a result holds when its study is stopped, and how commands end then. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runMain, StoppedError } from '../../scripts/command-line.ts';
import { UsageError } from '../../scripts/options.mjs';
import { writeResult } from '../../scripts/write-result.ts';
import { studyResultFixture } from '../fixtures/study-result.ts';
import { PATIENT } from '../support/patient.ts';

const complete = studyResultFixture();
const stopped = { ...complete, status: 'stopped' as const, runs: [] };

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
    expect(await writeResult(out, complete)).toBe(out);
    const beside = path.join(folder, 'a.stopped.json');
    expect(await writeResult(out, stopped)).toBe(beside);
    expect(contentOf(out)).toEqual(asJson(complete));
    expect(contentOf(beside)).toEqual(asJson(stopped));
  });

  it('is otherwise replaced, whole', async () => {
    writeFileSync(out, 'no result');
    for (const result of [stopped, stopped, complete, complete]) {
      expect(await writeResult(out, result)).toBe(out);
      expect(contentOf(out)).toEqual(asJson(result));
    }
    expect(readdirSync(folder)).toEqual(['a.json']);
  });

  it('that cannot be written is printed', async () => {
    const printed = vi.spyOn(console, 'log').mockImplementation(() => {});
    const nowhere = path.join(folder, 'none', 'a.json');
    await expect(writeResult(nowhere, complete)).rejects.toThrow('could not be written, so it is printed above');
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
