/**
 * `npm run golden -- FOLDER [--backend wasm|webgpu|tfjs-cpu|tfjs-wasm|tfjs-webgpu|all]`: checks reference vectors, one line each; exit status 1 on
 * a failure.
 */
import { parseArgs } from 'node:util';
import { checkGoldenFolder } from '../tests/support/golden/check-folder.ts';
import { passes } from '../tests/support/golden/compare.ts';
import type { BackendId } from '../src/engine/engine.ts';
import { openNodeDevice } from '../src/engine/node.ts';

const BACKENDS: readonly BackendId[] = ['wasm', 'webgpu', 'tfjs-cpu', 'tfjs-wasm', 'tfjs-webgpu'];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { backend: { type: 'string', default: 'all' } },
});
const folder = positionals[0] ?? 'tests/golden';
const backends = values.backend === 'all' ? BACKENDS : BACKENDS.filter((id) => id === values.backend);
if (backends.length === 0) {
  console.error(`Unknown backend "${values.backend}". Choose one of ${BACKENDS.join(', ')} or all.`);
  process.exit(2);
}

let failed = 0;
let checked = 0;
for (const backend of backends) {
  let device;
  try {
    device = await openNodeDevice(backend);
  } catch (error) {
    console.log(`SKIPPED ${backend}: ${error instanceof Error ? error.message : String(error)}`);
    continue;
  }
  console.log(`${backend}: ${device.info.device}`);
  for await (const line of checkGoldenFolder(device, folder)) {
    const ok = passes(line);
    checked++;
    if (!ok) failed++;
    console.log(
      `${ok ? 'pass' : 'FAIL'}  ${line.name.padEnd(44)} ${line.error.toExponential(2)}  (≤ ${line.tolerance})`,
    );
  }
  device.dispose();
}
console.log(`${checked - failed} of ${checked} vectors match.`);
process.exit(failed === 0 && checked > 0 ? 0 : 1);
