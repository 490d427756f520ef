/**
 * `npm run golden -- FOLDER [--backend webgpu|wasm|tfjs-webgpu|tfjs-wasm|tfjs-cpu|all]`: checks reference vectors, one line each; exit status 1
 * on a failure, 2 when it cannot start.
 */
import { existsSync } from 'node:fs';
import { errorText } from '../src/core/error-text.ts';
import { checkGoldenFolder } from '../tests/support/golden/check-folder.ts';
import { passes } from '../tests/support/golden/compare.ts';
import { BACKEND_IDS, type BackendId } from '../src/engine/backends.ts';
import { openNodeDevice } from '../src/engine/node.ts';
import { choiceOf } from './choice.ts';
import { invocation, runMain } from './command-line.ts';
import { optionsOf, UsageError } from './options.mjs';

const USAGE = `Usage: ${invocation('golden')} FOLDER [--backend ${BACKEND_IDS.join('|')}|all]`;

interface Request {
  readonly folder: string;
  readonly backends: readonly BackendId[];
}

/** @throws UsageError saying what is wrong with the arguments */
function readArguments(): Request {
  const { values, positionals } = optionsOf(USAGE, {
    allowPositionals: true,
    options: { backend: { type: 'string', default: 'all', about: 'checks this backend alone' } },
  });
  const folder = positionals[0] ?? 'tests/golden';
  if (!existsSync(folder)) throw new UsageError(`There is no folder "${folder}".`);
  const backend = choiceOf('backend', values.backend, ['all', ...BACKEND_IDS]);
  return { folder, backends: backend === 'all' ? BACKEND_IDS : [backend] };
}

/** Whether at least one backend can be opened and every vector matches on all that can. */
async function check({ folder, backends }: Request): Promise<boolean> {
  let failed = 0;
  let checked = 0;
  for (const backend of backends) {
    let device;
    try {
      device = await openNodeDevice(backend);
    } catch (error) {
      console.log(`SKIPPED ${backend}: ${errorText(error)}`);
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
  return failed === 0 && checked > 0;
}

runMain(async () => {
  if (!(await check(readArguments()))) throw new Error('The reference vectors are not all those of this machine.');
});
