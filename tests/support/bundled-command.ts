/** A command of scripts/ that tests start often: bundled once, as scripts/node-run.mjs bundles it for every start. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const BUNDLES = `import { bundleForNode } from './scripts/node-run.mjs';
console.log((await bundleForNode(process.argv[1])).file);`;

/** @returns the file to start; its folder is the caller's to remove */
export async function bundled(entry: string): Promise<string> {
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', BUNDLES, entry]);
  return stdout.trim();
}
