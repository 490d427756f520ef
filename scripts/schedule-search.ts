/**
 * `npm run schedule-search [-- --regime plenty|few] [--budget SHARE] [--out FILE] [--threads N]`: searches a schedule with LoRA's accuracy and CopRA's connectivity
 * and pruning, by successive halving on validation images, and tests the winner on test images with fresh seeds. The file holds everything that was tried and is
 * written after every study: the same command goes on where it stopped. Beside it lies the result of the test, which the page opens: FILE.result.json. A budget below 1 shortens all trainings, to try the command.
 */
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { errorText } from '../src/core/error-text.ts';
import { frozenScores } from '../src/study/run/frozen.ts';
import type { StudyConfig } from '../src/study/config/config.ts';
import { HALFWAY_MEASURES } from '../src/study/result/measures/halfway.ts';
import { MEASURES } from '../src/study/result/measures/measures.ts';
import type { StudyResult } from '../src/study/result/result.ts';
import { savedResult } from '../src/study/result/saved-result.ts';
import { runCheckpointed } from './checkpointed-study.ts';
import type { Regime } from './figures/schedule-regimes.ts';
import {
  candidatesOf,
  confirmedDifferences,
  CONFIRMATION,
  REFERENCES,
  REGIMES,
  RUNGS,
  rungStudy,
  ScheduleSearchSchema,
  searchFile,
  survivors,
  triedIn,
  winnerOf,
  type Candidate,
  type Rung,
  type ScheduleSearch,
} from './figures/schedule-search.ts';

const CHECKPOINTS = 'node_modules/.cache/copra/schedule-search';
/** Trainings of a study: what is lost at most when the machine stops is one of them. */
const AT_ONCE = 4;

interface Search {
  readonly regime: Regime;
  readonly budget: number;
  readonly file: string;
  readonly threads: string | undefined;
  /** What is known so far. */
  known: ScheduleSearch;
}

/** Written whole, so that an interruption leaves the file before or after. */
async function save(search: Search, known: ScheduleSearch): Promise<void> {
  search.known = known;
  await mkdir(path.dirname(search.file), { recursive: true });
  await writeFile(`${search.file}.part`, `${JSON.stringify(known, null, 1)}\n`);
  await rename(`${search.file}.part`, search.file);
}

/** @throws Error for a file of another search */
function opened(regime: Regime, budget: number, file: string): ScheduleSearch {
  const fresh: ScheduleSearch = {
    version: 1,
    regime: regime.id,
    budget,
    candidates: candidatesOf(regime).map(({ id, name, method, change }) => ({
      id,
      name,
      method,
      change: { ...change },
    })),
    references: [...REFERENCES],
    rungs: [],
  };
  if (!existsSync(file)) return fresh;
  const known = v.parse(ScheduleSearchSchema, JSON.parse(readFileSync(file, 'utf8')));
  const described = ({ regime: id, budget: share, candidates, references }: ScheduleSearch): string =>
    JSON.stringify([id, share, candidates, references]);
  if (described(known) !== described(fresh))
    throw new Error(
      `${file} is of another search: of other candidates, another regime or budget. Move it away, or name another with --out.`,
    );
  return known;
}

const shortened = (steps: number, budget: number): number => Math.max(2, Math.round(steps * budget));

async function run(
  search: Search,
  name: string,
  config: StudyConfig,
  testedOn: 'test' | 'validation',
): Promise<StudyResult> {
  const checkpoint = path.join(CHECKPOINTS, search.regime.id, String(search.budget), `${name}.study`);
  console.log(`${name}: ${config.arms.map((arm) => arm.name).join('; ')}`);
  const result = await runCheckpointed(name, config, {
    checkpoint,
    threads: search.threads,
    testedOn,
  });
  await rm(checkpoint, { force: true });
  return result;
}

/** Adds to the rung what is missing of the candidates, some at a time. */
async function climb(search: Search, place: number, candidates: readonly Candidate[]): Promise<Rung> {
  const plan = RUNGS[place];
  const steps = shortened(plan.steps, search.budget);
  for (;;) {
    const rung = search.known.rungs.at(place);
    const missing = candidates.filter(({ id }) => !rung?.tried.some(({ candidate }) => candidate === id));
    if (rung && missing.length === 0) return rung;
    const next = missing.slice(0, AT_ONCE);
    const config = rungStudy(search.regime, next, { ...plan, steps });
    const result = await run(search, `rung-${place + 1}-${next[0].id}`, config, 'validation');
    const own: Rung = {
      steps,
      seeds: [...plan.seeds],
      images: result.task.test,
      frozen: frozenScores(result.task)?.accuracy ?? 0,
      tried: [...(rung?.tried ?? []), ...triedIn(result, next)],
    };
    const rungs = [...search.known.rungs.slice(0, place), own, ...search.known.rungs.slice(place + 1)];
    await save(search, { ...search.known, rungs });
  }
}

async function confirm(search: Search, last: Rung, candidates: readonly Candidate[]): Promise<void> {
  const winner = winnerOf(last);
  if (search.known.confirmed || !winner) return;
  const steps = shortened(CONFIRMATION.steps, search.budget);
  const tested = candidates.filter(({ id }) => id === winner.candidate || REFERENCES.includes(id));
  const result = await run(
    search,
    'confirmation',
    rungStudy(search.regime, tested, { ...CONFIRMATION, steps }),
    'test',
  );
  const saved = savedResult(result, [...MEASURES, ...HALFWAY_MEASURES]);
  await writeFile(search.file.replace(/(\.json)?$/, '.result.json'), `${JSON.stringify(saved)}\n`);
  await save(search, {
    ...search.known,
    confirmed: {
      steps,
      seeds: [...CONFIRMATION.seeds],
      images: result.task.test,
      frozen: frozenScores(result.task)?.accuracy ?? 0,
      tried: triedIn(result, tested),
      winner,
      differences: confirmedDifferences(result, winner),
    },
  });
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      regime: { type: 'string', default: 'plenty' },
      budget: { type: 'string', default: '1' },
      out: { type: 'string' },
      threads: { type: 'string' },
    },
  });
  const regime = REGIMES.find(({ id }) => id === values.regime);
  if (!regime)
    throw new Error(`There is no regime "${values.regime}"; known are ${REGIMES.map(({ id }) => id).join(', ')}.`);
  const budget = Number(values.budget);
  if (!(budget > 0 && budget <= 1)) throw new Error('--budget is a share of the steps, above 0 and at most 1.');
  if (budget < 1 && values.out === undefined)
    throw new Error('A shortened search needs a file of its own: --out FILE.');
  const file = values.out ?? searchFile(regime);
  const search: Search = { regime, budget, file, threads: values.threads, known: opened(regime, budget, file) };
  let candidates = candidatesOf(regime);
  for (const [place, { leaves }] of RUNGS.entries()) {
    const rung = await climb(search, place, candidates);
    candidates = survivors(rung, candidates, leaves);
    console.log(`After ${rung.steps} steps: ${candidates.map(({ name }) => name).join('; ')}`);
    if (place === RUNGS.length - 1) await confirm(search, rung, candidates);
  }
  console.log(`→ ${file}`);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(errorText(error));
    process.exit(1);
  },
);
