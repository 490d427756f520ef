/** `npm run regime-search [-- --threads N]`: tries the default study at several learning rates, ranks and numbers of steps, and writes what validation images say of them. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { StudyResult } from '../src/study/result/result.ts';
import { invocation, runMain } from './command-line.ts';
import { optionsOf } from './options.mjs';
import { runCheckpointed } from './checkpointed-study.ts';
import { candidateName, candidates, chosenRate, searchOf, SEARCH_FILE } from './figures/regime-search.ts';
import { formatted } from './formatted.ts';
import { THREADS } from './shared-options.ts';

const USAGE = `Usage: ${invocation('regime-search')} [--threads N]`;

const CHECKPOINTS = 'node_modules/.cache/copra/regime-search';

async function main(): Promise<void> {
  const { values } = optionsOf(USAGE, { options: { threads: THREADS } });
  const results: StudyResult[] = [];
  for (const config of candidates()) {
    const name = candidateName(config);
    console.log(name);
    const checkpoint = path.join(CHECKPOINTS, `${name.replaceAll(/[ ,]+/g, '-')}.study`);
    results.push(await runCheckpointed(name, config, { checkpoint, threads: values.threads }));
  }
  const search = searchOf(results);
  await mkdir(path.dirname(SEARCH_FILE), { recursive: true });
  await writeFile(SEARCH_FILE, await formatted(SEARCH_FILE, JSON.stringify(search, null, 2)));
  await rm(CHECKPOINTS, { recursive: true });
  console.log(`${chosenRate(search)} → ${SEARCH_FILE}`);
}

runMain(main);
