/** `npm run regime-search [-- STUDY] [--threads N]`: tries a ready-made study at several learning rates, the default one also at several ranks and numbers of steps, and writes what validation images say of them. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { StudyResult } from '../src/study/result/result.ts';
import { invocation, runMain } from './command-line.ts';
import { optionsOf, UsageError } from './options.mjs';
import { runCheckpointed } from './checkpointed-study.ts';
import {
  candidateName,
  candidates,
  chosenRate,
  DEFAULT_SEARCH,
  searchFile,
  searchOf,
  SEARCHES,
} from './figures/regime-search.ts';
import { formatted } from './formatted.ts';
import { THREADS } from './shared-options.ts';

const IDS = SEARCHES.map(({ preset }) => preset.id);

const USAGE = `Usage: ${invocation('regime-search')} [STUDY] [--threads N]
studies: ${IDS.join(', ')}; ${DEFAULT_SEARCH.preset.id} unless given`;

const CHECKPOINTS = 'node_modules/.cache/copra/regime-search';

async function main(): Promise<void> {
  const { values, positionals } = optionsOf(USAGE, { allowPositionals: true, options: { threads: THREADS } });
  const [asked = DEFAULT_SEARCH.preset.id] = positionals;
  const search = SEARCHES.find(({ preset }) => preset.id === asked);
  if (!search || positionals.length > 1)
    throw new UsageError(`There is no search around "${positionals.join(' ')}".\n${USAGE}`);
  const results: StudyResult[] = [];
  for (const config of candidates(search)) {
    const name = candidateName(config);
    console.log(name);
    const checkpoint = path.join(CHECKPOINTS, `${asked}-${name.replaceAll(/[ ,]+/g, '-')}.study`);
    results.push(await runCheckpointed(name, config, { checkpoint, threads: values.threads }));
  }
  const found = searchOf(results);
  const file = searchFile(search);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, await formatted(file, JSON.stringify(found, null, 2)));
  await rm(CHECKPOINTS, { recursive: true });
  const rates = search.preset.config.arms.map((arm) => `${arm.name}: ${chosenRate(search, found, arm)}`);
  console.log([...rates, `→ ${file}`].join('\n'));
}

runMain(main);
