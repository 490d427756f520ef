/** The machine that this runs on, for drivers.ts. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Machine } from './drivers.ts';

const MANIFESTS = ['/usr/share/vulkan/icd.d', '/etc/vulkan/icd.d', '/usr/local/share/vulkan/icd.d'];

const run = (command: string, args: readonly string[]): boolean =>
  spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }).status === 0;

/** What the first of these programs lists that there is. The paths of users who are not root often lack /sbin. */
export function librariesBy(programs: readonly string[]): string {
  for (const program of programs) {
    const { stdout } = spawnSync(program, ['-p'], { encoding: 'utf8' });
    if (stdout) return stdout;
  }
  return '';
}

export const thisMachine = (): Machine => ({
  platform: process.platform,
  isRoot: process.getuid?.() === 0,
  libraries: () => librariesBy(['ldconfig', '/sbin/ldconfig']),
  manifests: () =>
    MANIFESTS.filter((folder) => existsSync(folder)).flatMap((folder) =>
      readdirSync(folder).map((file) => readFileSync(path.join(folder, file), 'utf8')),
    ),
  hasNvidia: () => existsSync('/dev/nvidia0'),
  install: (...packages) =>
    run('apt-get', ['update', '-q']) && run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages]),
  write(name, text) {
    const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'copra-vulkan-')), name);
    writeFileSync(file, text);
    return file;
  },
});
