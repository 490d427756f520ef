/**
 * `npm run showcase [-- --threads N]`: runs the default study (preset "full") and saves what the page shows at first paint.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { PRESETS } from '../src/study/presets.ts';
import { openEngine, runHeadless } from './headless.ts';
import { printSummary } from './summary.ts';

const FILE = 'public/showcase/default-study.json';

const { values } = parseArgs({ options: { threads: { type: 'string' } } });
const { config } = PRESETS.find(({ id }) => id === 'full')!;
const engine = await openEngine('auto', values.threads === undefined ? undefined : Number(values.threads));
const result = await runHeadless(config, engine);
if (result.status !== 'complete') {
  console.error('The study was stopped before its end; the saved result is left as it was.');
  process.exit(1);
}
await mkdir(path.dirname(FILE), { recursive: true });
await writeFile(FILE, `${JSON.stringify(result)}\n`);
printSummary(result);
console.log(`${Math.round(result.provenance.seconds)} s → ${FILE}`);
process.exit(0);
