/** The machine that this runs on, for drivers.ts. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Machine } from './drivers.ts';

const MANIFESTS = ['/usr/share/vulkan/icd.d', '/etc/vulkan/icd.d', '/usr/local/share/vulkan/icd.d'];
/** Where Google's Kubernetes has NVIDIA's driver. */
const MANIFESTS_ASIDE = ['/usr/local/nvidia/share/vulkan/icd.d'];
/** Milliseconds after which apt-get is ended: without a network it tries for long. */
const INSTALLING_MS = 180_000;

const filesIn = (folders: readonly string[]): string[] =>
  folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((file) => path.join(folder, file)));

const run = (command: string, args: readonly string[]): boolean =>
  spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: INSTALLING_MS,
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

/** Of the loader of shared libraries of Linux. */
export const librariesHere = (): string => librariesBy(['ldconfig', '/sbin/ldconfig']);

export const thisMachine = (): Machine => ({
  platform: process.platform,
  isRoot: process.getuid?.() === 0,
  libraries: librariesHere,
  manifests: () => filesIn(MANIFESTS).map((file) => readFileSync(file, 'utf8')),
  manifestsAside: () => filesIn(MANIFESTS_ASIDE),
  givenDrivers: process.env.VK_DRIVER_FILES ?? process.env.VK_ICD_FILENAMES,
  pathWithLoader: process.env.COPRA_LIBRARY_PATH,
  hasNvidia: () => existsSync('/dev/nvidia0'),
  install: (...packages) =>
    run('apt-get', ['update', '-q']) && run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages]),
  write(name, text) {
    const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'copra-vulkan-')), name);
    writeFileSync(file, text);
    return file;
  },
});
