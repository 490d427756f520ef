/**
 * `npm run study -- config.json --out result.json [--adapters FOLDER] [--python FILE] [--checkpoint FILE] [--set KEY=VALUE]…
 * [--backend auto|webgpu|wasm|cpu] [--seed N] [--threads N] [--cells X,Y]… [--processes N] [--resume]`
 *
 * Runs a study, or the studies of a map, without a browser. The id of a preset (study/presets/, study/map/presets.ts) is accepted in place of a file. With --seed the study runs that seed and
 * its successors instead of the configured ones. --set changes a setting, by its address key (docs/settings.md) or its path in the configuration;
 * it can be repeated. --backbone takes a bundled id, the path of a model folder, or owner/name[@revision] of a model on the hub (COPRA_HUB
 * selects another hub), which is fetched once and cached (in COPRA_MODELS). --adapters writes every trained run as a PEFT folder, --python the
 * study in Python: a script, a notebook (FILE.ipynb), or both and what starts many runs (FILE.zip). --checkpoint keeps the training in a file
 * every few seconds; if there is such a file, the study continues from it, also with other analyses.
 *
 * A map is written after every cell. --resume goes on with the cells that the file of the result lacks, --cells runs the named ones only, and
 * --processes runs so many at a time, each in a process of its own.
 */
import { errorText } from '../src/core/error-text.ts';
import { counted } from '../src/core/counted.ts';
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { StudyConfigSchema, type StudyConfig } from '../src/study/config/config.ts';
import type { MapConfig } from '../src/study/map/map-config.ts';
import { MAP_PRESETS } from '../src/study/map/presets.ts';
import { PRESETS } from '../src/study/presets/presets.ts';
import { withSettings } from '../src/share/config/config-set.ts';
import { NOTEBOOK_FILE, pythonFiles, pythonZip, SCRIPT_FILE } from '../src/share/python/python-files.ts';
import type { StudyResult } from '../src/study/result/result.ts';
import type { RunAdapter } from '../src/study/run/run-adapter.ts';
import { writeRunAdapters } from './adapters/folders.ts';
import { weightsDigests } from './headless-backbone.ts';
import { openEngine, runHeadless } from './headless.ts';
import { runMapHeadless } from './map/headless-map.ts';
import { isMap, mapPreset, parseMap } from './map/map-files.ts';
import { printSummary } from './summary.ts';

const KNOWN = [...PRESETS, ...MAP_PRESETS].map(({ id }) => id).join(' | ');
const USAGE = `Usage: npm run study -- <config.json | ${KNOWN}> --out result.json [--adapters FOLDER] [--python FILE] [--checkpoint FILE] [--set KEY=VALUE] [--backend auto|webgpu|wasm|cpu] [--seed N] [--threads N], and for maps [--cells X,Y] [--processes N] [--resume]`;

const OPTIONS = {
  out: { type: 'string' },
  backend: { type: 'string', default: 'auto' },
  seed: { type: 'string' },
  threads: { type: 'string' },
  backbone: { type: 'string' },
  adapters: { type: 'string' },
  python: { type: 'string' },
  checkpoint: { type: 'string' },
  set: { type: 'string', multiple: true, default: [] as string[] },
  cells: { type: 'string', multiple: true, default: [] as string[] },
  processes: { type: 'string' },
  resume: { type: 'boolean', default: false },
} as const;

const readOptions = () => parseArgs({ allowPositionals: true, options: OPTIONS });
type Options = ReturnType<typeof readOptions>['values'];

type Source = { readonly study: StudyConfig } | { readonly map: MapConfig };

/** @throws Error naming the first problem in the configuration. */
async function readSource(source: string): Promise<Source> {
  const preset = PRESETS.find(({ id }) => id === source);
  if (preset) return { study: preset.config };
  const map = mapPreset(source);
  if (map) return { map };
  const json: unknown = JSON.parse(await readFile(source, 'utf8'));
  if (isMap(json)) return { map: parseMap(source, json) };
  const parsed = v.safeParse(StudyConfigSchema, json);
  if (parsed.success) return { study: parsed.output };
  const [issue] = parsed.issues;
  throw new Error(`${source} is not a study: ${v.getDotPath(issue) ?? 'the file'}: ${issue.message}`);
}

/** @throws Error when it is none. */
function wholeNumber(option: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least) throw new Error(`--${option} takes a whole number, not "${text}".`);
  return value;
}

/** The settings with those of the command line. */
function changed(study: StudyConfig, { set, backbone, seed }: Options): StudyConfig {
  const config = { ...withSettings(study, set), ...(backbone !== undefined && { backbone }) };
  if (seed === undefined) return config;
  const first = wholeNumber('seed', seed, 0);
  return { ...config, seeds: config.seeds.map((_, i) => first + i) };
}

/** @throws Error when one of the options is given, which do nothing here */
function refuse(options: Options, names: readonly (keyof Options)[], what: string): void {
  const given = names.find((name) => {
    const value = options[name];
    return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
  });
  if (given) throw new Error(`--${given} does nothing for ${what}.`);
}

/** A script, a notebook or a zip of everything, by the ending of the name. */
async function writePython(file: string, config: StudyConfig, { task }: StudyResult): Promise<void> {
  if (file.endsWith('.zip')) await writeFile(file, pythonZip(config, task));
  else await writeFile(file, pythonFiles(config, task)[file.endsWith('.ipynb') ? NOTEBOOK_FILE : SCRIPT_FILE]);
}

async function runOne(study: StudyConfig, out: string, options: Options): Promise<void> {
  const { threads, backend } = options;
  const config = changed(study, options);
  const engine = await openEngine(backend, threads === undefined ? undefined : Number(threads));
  console.log(
    `${engine.info.device} · ${counted(config.arms.length, 'arm')} × ${counted(config.seeds.length, 'seed')} × ${counted(config.training.steps, 'step')}`,
  );
  const adapters: RunAdapter[] = [];
  const result = await runHeadless(config, engine, {
    onAdapter: (adapter) => adapters.push(adapter),
    checkpoint: options.checkpoint,
  });
  await writeFile(out, `${JSON.stringify(result)}\n`);
  if (options.adapters !== undefined)
    await writeRunAdapters(options.adapters, adapters, result, await weightsDigests(result.config.backbone));
  if (options.python !== undefined) await writePython(options.python, config, result);
  printSummary(result);
  console.log(`${result.status} in ${Math.round(result.provenance.seconds)} s → ${out}`);
  engine.dispose();
}

async function main(): Promise<void> {
  const {
    values: options,
    positionals: [source],
  } = readOptions();
  const { out, backend, threads, processes, cells, resume } = options;
  if (!source || !out) throw new Error(USAGE);
  const read = await readSource(source);
  if ('study' in read) {
    refuse(options, ['cells', 'processes', 'resume'], 'a study, only for a map');
    return runOne(read.study, out, options);
  }
  refuse(options, ['adapters', 'python', 'checkpoint'], 'a map, only for a study');
  await runMapHeadless(parseMap(source, { ...read.map, study: changed(read.map.study, options) }), {
    out,
    backend,
    threads: threads === undefined ? undefined : Number(threads),
    processes: processes === undefined ? 1 : wholeNumber('processes', processes, 1),
    cells,
    resume,
  });
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(errorText(error));
    process.exit(1);
  },
);
