/** Two commands do not compute one result, on one machine or on several, and none is held by a command that is gone. */
import { execFile, spawn } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { lockOutput } from '../../scripts/output-lock.ts';
import { bundled } from '../support/bundled-command.ts';
import { PATIENT } from '../support/patient.ts';

const TIMES = { beat: 40, patience: 400, settling: 20 };
const execute = promisify(execFile);

let [folder, holder, file, lock] = ['', '', '', ''];
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'copra-lock-'));
  holder = await bundled('tests/support/hold-output.ts');
}, 60_000);
afterAll(() => {
  for (const each of [folder, path.dirname(holder)]) rmSync(each, { recursive: true });
});
beforeEach(() => {
  for (const name of readdirSync(folder)) rmSync(path.join(folder, name));
  file = path.join(folder, 'result.json');
  lock = `${file}.lock`;
});

/** A process that holds the file until it is ended. */
async function held() {
  const child = spawn(process.execPath, [holder, file], { stdio: ['pipe', 'pipe', 'inherit'] });
  await new Promise((resolve) => void child.stdout.once('data', resolve));
  const gone = new Promise((resolve) => void child.once('exit', resolve));
  return { child, gone };
}

/** The lock of a process of another machine. */
const writeForeign = () =>
  writeFileSync(
    lock,
    JSON.stringify({ pid: process.pid, host: 'node-7', place: 'node-7', since: '2026-01-01', token: 'a' }),
  );

describe('the file of a result', () => {
  it('is held by one process, which is named, and is free when that ends', { timeout: 30_000 }, async () => {
    const { child, gone } = await held();
    await expect(lockOutput(file, TIMES)).rejects.toThrow(
      `${file} is being computed by process ${child.pid} on ${hostname()}, since `,
    );
    child.stdin.end();
    await gone;
    expect(existsSync(lock)).toBe(false);
  });

  it('is taken over at once from a process that was killed', { timeout: 30_000 }, async () => {
    const { child, gone } = await held();
    child.kill('SIGKILL');
    await gone;
    expect(existsSync(lock)).toBe(true);
    const { stdout } = await execute(process.execPath, [holder, file, 'once']);
    expect(stdout).toBe('held\n');
    expect(existsSync(lock)).toBe(false);
  });

  it('is not taken from another machine that computes', { timeout: 30_000 }, async () => {
    const said = vi.spyOn(console, 'log').mockReturnValue();
    writeForeign();
    const beats = setInterval(() => utimesSync(lock, new Date(), new Date()), TIMES.beat);
    await expect(lockOutput(file, TIMES)).rejects.toThrow(`process ${process.pid} on node-7, since 2026-01-01`);
    clearInterval(beats);
    expect(said.mock.lastCall?.[0]).toMatch(/names process \d+ on node-7\. Within 1 minutes? it shows/);
    said.mockRestore();
  });

  it(
    'is taken over from another machine that touches its lock no more, by one of two',
    { timeout: 30_000 },
    async () => {
      const said = vi.spyOn(console, 'log').mockReturnValue();
      writeForeign();
      const both = await Promise.allSettled([lockOutput(file, TIMES), lockOutput(file, TIMES)]);
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const before = readFileSync(lock, 'utf8');
      expect(before).toContain(`"host":"${hostname()}"`);
      said.mockRestore();
    },
  );

  it('that is a pipe or a terminal is no one’s', async () => {
    if (process.platform === 'win32') return;
    await lockOutput('/dev/null', TIMES);
    expect(existsSync('/dev/null.lock')).toBe(false);
  });

  it('is touched while its process lives', { timeout: 30_000 }, async () => {
    await lockOutput(file, TIMES);
    utimesSync(lock, new Date(0), new Date(0));
    await vi.waitFor(() => expect(statSync(lock).mtimeMs).toBeGreaterThan(0), PATIENT);
  });
});
