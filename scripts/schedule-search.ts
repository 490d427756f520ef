/**
 * `npm run schedule-search [-- --regime plenty|few] [--budget SHARE] [--out FILE] [--threads N]`: searches a schedule with LoRA's accuracy and CopRA's connectivity
 * and pruning, by successive halving on validation images, and tests the winner on test images with fresh seeds. The file holds everything that was tried and is
 * written after every study: the same command goes on where it stopped. Beside it lies the result of the test: FILE.result.json. The page opens both. A budget
 * below 1 shortens all trainings, to try the command.
 */
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { SAVED_MEASURES } from '../src/study/result/measures/saved-measures.ts';
import { savedResult } from '../src/study/result/saved-result.ts';
import { REGIMES, savedSearchFile, testResultFile } from '../src/study/schedules/regimes.ts';
import { ScheduleSearchSchema, type ScheduleSearch } from '../src/study/schedules/schedule-search.ts';
import { invocation, runMain } from './command-line.ts';
import { optionsOf, UsageError } from './options.mjs';
import { runCheckpointed } from './checkpointed-study.ts';
import { isSameSearch, runHalving, unknownSearch } from './figures/schedule-halving.ts';
import { heldBefore, writeWhole } from './output-file.ts';
import { THREADS } from './shared-options.ts';

const USAGE = `Usage: ${invocation('schedule-search')} [--regime ${REGIMES.map(({ id }) => id).join('|')}] [--budget SHARE] [--out FILE] [--threads N]`;

/** Trainings that were interrupted. */
const CHECKPOINTS = 'node_modules/.cache/copra/schedule-search';

/** Written whole, so that an interruption leaves the file before or after. */
async function replace(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeWhole(file, text);
}

/** @throws Error for a file of another search, or none of this version */
async function opened(file: string, fresh: ScheduleSearch): Promise<ScheduleSearch> {
  const known = await heldBefore(file, ScheduleSearchSchema, 'search for a schedule');
  if (!known) return fresh;
  if (!isSameSearch(known, fresh))
    throw new Error(
      `${file} is of another search: of other candidates, another regime or budget. Move it away, or name another with --out.`,
    );
  return known;
}

function readArguments() {
  const { values } = optionsOf(USAGE, {
    options: {
      regime: { type: 'string', default: 'plenty', about: 'how many images and seeds there are' },
      budget: { type: 'string', default: '1', about: 'share of the steps, above 0 and at most 1' },
      out: { type: 'string', about: 'the file that the search is written into' },
      threads: THREADS,
    },
  });
  const regime = REGIMES.find(({ id }) => id === values.regime);
  if (!regime)
    throw new UsageError(`There is no regime "${values.regime}"; known are ${REGIMES.map(({ id }) => id).join(', ')}.`);
  const budget = Number(values.budget);
  if (!(budget > 0 && budget <= 1)) throw new UsageError('--budget is a share of the steps, above 0 and at most 1.');
  if (budget < 1 && values.out === undefined)
    throw new UsageError('A shortened search needs a file of its own: --out FILE.');
  return { regime, budget, threads: values.threads, file: values.out ?? path.join('public', savedSearchFile(regime)) };
}

async function main(): Promise<void> {
  const { regime, budget, threads, file } = readArguments();
  const checkpoints = path.join(CHECKPOINTS, regime.id, String(budget));
  await runHalving(
    {
      regime,
      budget,
      run(name, config, testedOn) {
        console.log(`${name}: ${config.arms.map((arm) => arm.name).join('; ')}`);
        return runCheckpointed(name, config, {
          checkpoint: path.join(checkpoints, `${name}.study`),
          threads,
          testedOn,
        });
      },
      async save(known) {
        await replace(file, `${JSON.stringify(known, null, 1)}\n`);
        await rm(checkpoints, { recursive: true, force: true });
      },
      onConfirmed: (result) =>
        replace(testResultFile(file), `${JSON.stringify(savedResult(result, SAVED_MEASURES))}\n`),
    },
    await opened(file, unknownSearch(regime, budget)),
  );
  console.log(`→ ${file}`);
}

runMain(main);
