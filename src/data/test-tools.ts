/** Helpers of the data tests that need Node: files that programs of the system write. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Content } from './test-files.ts';

/** Runs `make` in a folder of its own and returns files that it left there. */
export function madeBy(make: (folder: string) => readonly string[]): Record<string, Uint8Array> {
  const folder = mkdtempSync(path.join(tmpdir(), 'copra-data-'));
  try {
    return Object.fromEntries(
      make(folder).map((name) => [name, new Uint8Array(readFileSync(path.join(folder, name)))]),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function writeTree(folder: string, files: Readonly<Record<string, Content>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
}

/** Whether a program of this name runs here. */
export function hasTool(command: string, args: readonly string[] = ['--version']): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

export const run = (folder: string, command: string, ...args: string[]): void => {
  execFileSync(command, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
};
