/** Builds what the tests read: WASM kernels and image atlases. Both builders return at once when nothing changed. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

export default function setup(): void {
  for (const script of ['scripts/build-kernels.mjs', 'scripts/build-atlases.mjs']) {
    if (existsSync(script)) execFileSync(process.execPath, [script], { stdio: 'inherit' });
  }
}
