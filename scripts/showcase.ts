/**
 * `npm run showcase [-- --threads N]`: runs the default study (preset "full"), saves what the page shows at first paint and writes
 * docs/results.md from it. With --report the page is written again from the saved result, without running anything.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { format } from 'prettier';
import * as v from 'valibot';
import { PRESETS } from '../src/study/presets.ts';
import { StudyResultSchema, type StudyResult } from '../src/study/result.ts';
import { openEngine, runHeadless } from './headless.ts';
import { resultsPage } from './results-page.ts';
import { printSummary } from './summary.ts';

const FILE = 'public/showcase/default-study.json';

const PAGE = 'docs/results.md';

async function compute(threads: string | undefined): Promise<StudyResult> {
  const { config } = PRESETS.find(({ id }) => id === 'full')!;
  const engine = await openEngine('auto', threads === undefined ? undefined : Number(threads));
  const result = await runHeadless(config, engine);
  if (result.status !== 'complete')
    throw new Error('The study was stopped before its end; the saved result is left as it was.');
  await mkdir(path.dirname(FILE), { recursive: true });
  await writeFile(FILE, `${JSON.stringify(result)}\n`);
  return result;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { threads: { type: 'string' }, report: { type: 'boolean', default: false } },
  });
  const result = values.report
    ? v.parse(StudyResultSchema, JSON.parse(await readFile(FILE, 'utf8')))
    : await compute(values.threads);
  await writeFile(PAGE, await format(resultsPage(result, 'npm run showcase'), { parser: 'markdown', printWidth: 120 }));
  printSummary(result);
  console.log(`${Math.round(result.provenance.seconds)} s → ${FILE}, ${PAGE}`);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
