/** `npm run regime-search [-- --threads N]`: tries the default study at several learning rates and writes what validation images say of them. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { errorText } from '../src/core/error-text.ts';
import type { StudyResult } from '../src/study/result/result.ts';
import { runCheckpointed } from './checkpointed-study.ts';
import { candidates, chosenRate, searchOf, SEARCH_FILE } from './figures/regime-search.ts';

const CHECKPOINTS = 'node_modules/.cache/copra/regime-search';

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { threads: { type: 'string' } } });
  const results: StudyResult[] = [];
  for (const config of candidates()) {
    const rate = config.arms[0].learningRate;
    console.log(`Learning rate ${rate}`);
    const checkpoint = path.join(CHECKPOINTS, `${rate}.study`);
    results.push(await runCheckpointed(`Learning rate ${rate}`, config, { checkpoint, threads: values.threads }));
  }
  const search = searchOf(results);
  await mkdir(path.dirname(SEARCH_FILE), { recursive: true });
  await writeFile(SEARCH_FILE, `${JSON.stringify(search, null, 2)}\n`);
  await rm(CHECKPOINTS, { recursive: true });
  console.log(`${chosenRate(search)} → ${SEARCH_FILE}`);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(errorText(error));
    process.exit(1);
  },
);
