/**
 * `npm run figures [-- PRESET …] [--threads N] [--checkpoint FILE] [--report|--pages]`: runs the presets that have saved results on the page (or the named ones). It saves
 * their results and the values of all coalitions of layers, takes pictures of all paper figures and of an opened test picture, and writes docs/results.md, docs/gallery.md and
 * the generated blocks of the other pages. A preset that was interrupted continues where its training was, or with the analysis that was not finished; presets that were finished are run again. With --checkpoint, one preset goes on from
 * that file, whose training may be whole: its analyses are then done again, and the file stays. With --report, nothing is run: pictures and pages are regenerated from the saved results.
 * With --pages, the pages alone but docs/results.md.
 * The default study also leaves the adapters of two runs per arm.
 * `npm run showcase` runs the default study only.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { savedCoalitionsFile } from '../src/state/page/saved-coalitions.ts';
import { DEFAULT_SAVED } from '../src/state/page/saved-results.ts';
import { writeCoalitions } from '../src/study/analyses/shapley/coalition-file.ts';
import { counted } from '../src/core/counted.ts';
import type { CoalitionValues } from '../src/study/analyses/shapley/coalition-values.ts';
import type { Preset } from '../src/study/presets/preset.ts';
import { SAVED_MEASURES } from '../src/study/result/measures/saved-measures.ts';
import { savedResult } from '../src/study/result/saved-result.ts';
import { presetDescription } from '../src/study/presets/descriptions/preset-description.ts';
import { presetTime } from '../src/study/presets/preset-time.ts';
import { PRESETS } from '../src/study/presets/presets.ts';
import { invocation, runMain } from './command-line.ts';
import { optionsOf, UsageError } from './options.mjs';
import { runCheckpointed } from './checkpointed-study.ts';
import type { RunAdapter } from '../src/study/result/run-adapter.ts';
import type { StudyResult } from '../src/study/result/result.ts';
import { writeSavedAdapters } from './figures/saved-adapters.ts';
import { takeOpenedPicture } from './figures/opened-picture.ts';
import { PAPER_FIGURES } from './figures/paper-figures.ts';
import { PRESET_TIMES_FILE, presetTimes, presetTimesFile } from './figures/preset-times.ts';
import { takePictures } from './figures/pictures.ts';
import { resultsPage } from './figures/results-page.ts';
import { readSaved, savedFileOf } from './figures/saved.ts';
import { writtenPages } from './figures/written-pages.ts';
import { formatted } from './formatted.ts';
import { printSummary } from './summary.ts';
import { THREADS } from './shared-options.ts';

const USAGE = `Usage: ${invocation('figures')} [PRESET …] [--threads N] [--checkpoint FILE] [--report|--pages]`;

const PAGE = 'docs/results.md';
/** Training of presets that were interrupted. */
const CHECKPOINTS = 'node_modules/.cache/copra/figures';

async function compute(preset: Preset, threads: string | undefined, kept: string | undefined): Promise<void> {
  console.log(`${preset.name}: ${presetDescription(preset.id)} ${presetTime(preset.id)}`);
  const coalitions: CoalitionValues[] = [];
  const adapters: RunAdapter[] = [];
  const checkpoint = kept ?? path.join(CHECKPOINTS, `${preset.id}.study`);
  const whole = await runCheckpointed(preset.name, preset.config, {
    checkpoint,
    threads,
    onAdapter: (adapter) => adapters.push(adapter),
    onCoalitions: (values) => coalitions.push(values),
  });
  const result = savedResult(whole, SAVED_MEASURES);
  await mkdir(path.dirname(savedFileOf(preset)), { recursive: true });
  await writeFile(savedFileOf(preset), `${JSON.stringify(result)}\n`);
  if (coalitions.length > 0) {
    const file = path.join('public', savedCoalitionsFile(preset));
    await writeFile(file, `${JSON.stringify(writeCoalitions(result.provenance.date, coalitions))}\n`);
  }
  if (preset === DEFAULT_SAVED) await saveAdapters(preset, result, adapters);
  if (kept === undefined) await rm(checkpoint, { force: true });
  printSummary(result);
  console.log(`${Math.round(result.provenance.seconds)} s → ${savedFileOf(preset)}`);
}

async function saveAdapters(preset: Preset, result: StudyResult, adapters: readonly RunAdapter[]): Promise<void> {
  const { file, bytes } = await writeSavedAdapters(preset, result, adapters);
  console.log(`${counted(bytes, 'byte')} → ${file}`);
}

async function report(): Promise<void> {
  const pictures = await takePictures(PAPER_FIGURES.filter(({ preset }) => preset.saved));
  await takeOpenedPicture();
  const shown = pictures.map((picture) => ({ ...picture, result: readSaved(picture.figure.preset) }));
  const text = resultsPage({ preset: DEFAULT_SAVED, result: readSaved(DEFAULT_SAVED) }, shown);
  await writeFile(PAGE, await formatted(PAGE, text));
  console.log(`${counted(shown.length, 'picture')} → ${PAGE}`);
  await writeFile(PRESET_TIMES_FILE, await presetTimesFile(await presetTimes(readSaved)));
  // Pages state the times that were just written, which this process read when it began.
  execFileSync(process.execPath, ['scripts/node-run.mjs', 'scripts/figures.ts', '--pages'], { stdio: 'inherit' });
}

/** What other pages say of saved results and benchmarks. */
async function writePages(): Promise<void> {
  for (const [file, page] of await writtenPages(readSaved)) {
    await writeFile(file, page);
    console.log(`saved results → ${file}`);
  }
}

/** @throws UsageError naming the available presets. */
function presetOf(id: string): Preset {
  const preset = PRESETS.find((known) => known.id === id);
  if (!preset)
    throw new UsageError(`There is no preset "${id}"; known are ${PRESETS.map((known) => known.id).join(', ')}.`);
  return preset;
}

async function main(): Promise<void> {
  const { values, positionals } = optionsOf(USAGE, {
    options: {
      threads: THREADS,
      checkpoint: { type: 'string', about: 'a file for the training of one preset, which stays when it is done' },
      report: {
        type: 'boolean',
        default: false,
        about: 'writes figures and numbers of the documents from saved results',
      },
      pages: {
        type: 'boolean',
        default: false,
        about: 'writes pages but docs/results.md from saved results, and no pictures',
      },
    },
    allowPositionals: true,
  });
  const presets = positionals.length > 0 ? positionals.map(presetOf) : PRESETS.filter(({ saved }) => saved);
  const { threads, checkpoint, report: only } = values;
  if (values.pages) return writePages();
  if (checkpoint !== undefined && presets.length !== 1) throw new UsageError('--checkpoint is of one preset: name it.');
  if (!only) for (const preset of presets) await compute(preset, threads, checkpoint);
  await report();
}

runMain(main);
