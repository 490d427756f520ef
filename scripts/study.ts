/**
 * `npm run study -- config.json --out result.json|study.zip [--data PATH|ADDRESS|owner/name …] [--plan] [--resume] [--adapters FOLDER] [--python FILE]
 * [--checkpoint FILE] [--set KEY=VALUE]… [--backbone NAME] [--backend auto|webgpu|wasm|cpu] [--seed N] [--threads N] [--memory GB]
 * [--precision f32|f16|auto] [--cells X,Y]… [--processes N]`
 *
 * Runs a study, or the studies of a map, without a browser. Settings come from a file, a study file, a saved result, a link to a result, an address of
 * the page, or the id of a preset (study/presets/, study/map/presets.ts). With --seed the study runs that seed and its successors instead of the configured
 * ones. --set changes a setting, by its address key (docs/settings.md) or its path in the configuration; it can be repeated. --backbone takes a bundled
 * id, the path of a model folder, or owner/name[@revision] of a model on the hub (COPRA_HUB selects another hub), which is fetched once and cached (in
 * COPRA_MODELS). --adapters writes every trained run as a PEFT folder, --python the study in Python before it is run: a script, a notebook (FILE.ipynb), or
 * both and what starts many runs (FILE.zip). Without --out the study is not run. --tune-emulated tunes kernels on an emulated graphics card as on a real one, --curves the training curves as a table and as event files of TensorBoard.
 *
 * --data trains on own images, in every form of docs/datasets.md: files and folders, an address, or owner/name[@version] of a data set on the hub. Their plan
 * is printed with everything that was left out; --plan stops there. --labels and --reading choose what names the classes, --rename CLASS=NAME and --leave-out
 * CLASS change them, --test, --validation and --split-seed draw the splits that the data set does not give. --domains names the column of domains,
 * --hold-out takes a domain from training, and --other adds a data set: both are tested on as other domains (docs/domains.md).
 *
 * --memory bounds the memory of a training step, in GB: a step that would need more is cut (docs/engine.md); absent, the device decides.
 *
 * --precision says how weights, and what a step keeps of its MLPs, are stored on WebGPU: float32 (the default), half precision, or whichever was found to be faster (docs/engine.md).
 *
 * --out FILE.zip writes the study file of the page, which holds all adapters. --add-seeds adds seeds to the whole study of such a file: nothing of its own
 * seeds is computed again. The same command with --resume goes on with them after an interruption.
 *
 * The training is kept in a file every few seconds, `OUT.checkpoint` or that of --checkpoint. --resume goes on with what is there. The file of
 * --checkpoint is continued whenever it exists and is not removed, so other analyses of the same training can follow.
 *
 * Ctrl-C, or SIGTERM, stops a study and keeps what is done. A complete result is not replaced by a stopped one: that is then written beside it, as OUT.stopped.json, without
 * adapters and curves. The exit status is 130.
 *
 * A map is written after every cell. --resume goes on with the cells that the file of the result lacks, --cells runs the named ones only, and
 * --processes runs so many at a time, each in a process of its own.
 */
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { counted } from '../src/core/counted.ts';
import { PRECISION_CHOICES, type PrecisionChoice } from '../src/study/kernels/study-precision.ts';
import { NOTEBOOK_FILE, pythonFiles, pythonZip, SCRIPT_FILE } from '../src/share/python/python-files.ts';
import { whyNoPython } from '../src/share/python/script.ts';
import { bundledFiles } from '../src/share/python/bundled-files.ts';
import { chosenTask } from '../src/state/study/chosen-task.ts';
import type { BackendId } from '../src/engine/backends.ts';
import { withMoreSeeds } from '../src/state/study/more-seeds.ts';
import { MAX_SEEDS, type StudyConfig } from '../src/study/config/config.ts';
import type { KnownStudy } from '../src/study/result/known-study.ts';
import type { RunAdapter } from '../src/study/result/run-adapter.ts';
import { prepareRunAdapters, writeRunAdapters } from './adapters/folders.ts';
import { choiceOf } from './choice.ts';
import { invocation, runMain, StoppedError } from './command-line.ts';
import { KNOWN_IDS, readConfig, type StudySource } from './config-source.ts';
import { writeCurves } from './curves/write-curves.ts';
import { DATA_OPTIONS, DATA_USAGE, dataChoices } from './data/data-options.ts';
import { planData, testingDomains, type PlannedData } from './data/own-images.ts';
import { imagesFor } from './data/source-images.ts';
import { runKey } from '../src/state/study/shown.ts';
import { saidWithCheckpoint } from './headless-checkpoint.ts';
import { folderNamed, typedBackbone, weightsDigests } from './headless-backbone.ts';
import { openEngine, parseBackend, readArrayBuffer, readyStudy, runReady, type ReadyStudy } from './headless.ts';
import { runMapHeadless } from './map/headless-map.ts';
import { parseMap } from './map/map-files.ts';
import { optionsOf, UsageError } from './options.mjs';
import { prepareFolder, prepareOutput } from './output-file.ts';
import { lockOutput } from './output-lock.ts';
import { publicFile } from './project-file.ts';
import { printSummary } from './summary.ts';
import { numberOf, threadsOf, wholeNumber } from './whole-number.ts';
import { isStudyFile, writeResult } from './write-result.ts';
import { BACKEND, repeatable, SET, THREADS, withOptions } from './shared-options.ts';

const USAGE = `Usage: ${invocation('study')} <config.json | study.zip | result.json | link | ${KNOWN_IDS.join(' | ')}> --out result.json|study.zip | --python FILE
  [--set KEY=VALUE] [--backbone ID|FOLDER|owner/name] [--seed N] [--backend auto|webgpu|wasm|cpu] [--threads N] [--memory GB]
  [--precision ${PRECISION_CHOICES.join('|')}] [--tune-emulated] [--adapters FOLDER] [--python FILE] [--curves FOLDER] [--checkpoint FILE] [--resume]
more seeds of a whole study: study.zip --add-seeds N --out study.zip
own images: ${DATA_USAGE} [--plan]
maps: [--cells X,Y] [--processes N] [--resume]`;

const OPTIONS = {
  out: {
    type: 'string',
    about:
      'the file that the result is written into; the page opens it. Called .zip, it is the study file of the page, with all adapters',
  },
  backend: BACKEND,
  seed: { type: 'string', about: 'the first seed; the others follow it' },
  'add-seeds': {
    type: 'string',
    about: 'adds so many seeds to the whole study of a study file, and computes nothing of its own again',
  },
  threads: THREADS,
  memory: { type: 'string', about: 'GB of memory that a training step may take' },
  precision: { type: 'string', about: 'in what frozen weights and kept activations are stored' },
  backbone: { type: 'string', about: 'another backbone: a bundled one, a folder or a model on a hub' },
  adapters: { type: 'string', about: 'a folder that gets every trained adapter, in the form of PEFT' },
  python: {
    type: 'string',
    about:
      'writes the study as a Python script, or by the ending of FILE as a notebook (.ipynb) or with all its files (.zip), before it is run; without --out it is not run',
  },
  curves: { type: 'string', about: 'a folder that gets the training curves, as CSV and for TensorBoard' },
  checkpoint: {
    type: 'string',
    about:
      'keeps the training in this file, also when the study is done; RESULT.checkpoint unless given, which goes when it is done',
  },
  set: SET,
  cells: repeatable('of a map, computes this cell alone; 1,1 is the first'),
  processes: { type: 'string', about: 'of a map, computes so many cells at a time; 1 unless given' },
  resume: { type: 'boolean', default: false, about: 'goes on from the checkpoint' },
  'tune-emulated': {
    type: 'boolean',
    default: false,
    about: 'tunes kernels on an emulated graphics card as on a real one',
  },
  plan: { type: 'boolean', default: false, about: 'prints what the own images hold, and ends' },
  ...DATA_OPTIONS,
} as const;

const readOptions = () => optionsOf(USAGE, { allowPositionals: true, options: OPTIONS });
type Options = ReturnType<typeof readOptions>['values'];

/** Bytes of so many GB. @throws UsageError when it is no amount */
function gigabytes(text: string): number {
  const value = numberOf(text);
  if (!(value > 0 && value < Infinity)) throw new UsageError(`--memory takes an amount in GB, not "${text}".`);
  return value * 1e9;
}

/** What a study computes with. */
interface Computation {
  readonly backend: BackendId;
  /** Absent, of all of them: what the device takes by itself. */
  readonly threads?: number;
  readonly memoryBytes?: number;
  readonly precision?: PrecisionChoice;
}

/** @throws UsageError naming what is no value of its option */
function computationOf({ backend, threads, memory, precision }: Options): Computation {
  return {
    backend: parseBackend(backend),
    threads: threadsOf(threads),
    ...(memory !== undefined && { memoryBytes: gigabytes(memory) }),
    ...(precision !== undefined && { precision: choiceOf('precision', precision, PRECISION_CHOICES) }),
  };
}

/** The settings with those of the command line. */
function changed(study: StudyConfig, { set, backbone, seed, data }: Options): StudyConfig {
  const config = {
    ...withOptions(study, set),
    ...(backbone !== undefined && { backbone: typedBackbone(backbone) }),
    ...(data.length > 0 && { task: 'dropped' }),
  };
  if (seed === undefined) return config;
  const first = wholeNumber('seed', seed, 0);
  return { ...config, seeds: config.seeds.map((_, i) => first + i) };
}

/** @throws UsageError when one of the options is given, which do nothing here */
function refuse(options: Options, names: readonly (keyof Options)[], what: string): void {
  const given = names.find((name) => {
    const value = options[name];
    return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
  });
  if (given) throw new UsageError(`--${given} does nothing for ${what}.`);
}

/** A script, a notebook or a zip of everything, by the ending of the name. */
async function writePython(file: string, { config, dataset }: ReadyStudy): Promise<void> {
  const task = chosenTask(config, { name: '', dataset, used: [] }, null);
  if (!file.endsWith('.zip')) {
    await writeFile(file, pythonFiles(config, task)[file.endsWith('.ipynb') ? NOTEBOOK_FILE : SCRIPT_FILE]);
    return;
  }
  await writeFile(
    file,
    pythonZip(config, task, await bundledFiles(config, (each) => readArrayBuffer(publicFile(each)))),
  );
}

/** The settings that are computed, and the study of which nothing is computed again. */
interface Wanted {
  readonly config: StudyConfig;
  readonly known?: KnownStudy;
}

/** @throws Error when seeds are to be added to what is no whole study with its adapters, or has no room for them */
function wantedOf({ study, known }: StudySource, options: Options): Wanted {
  const { 'add-seeds': added } = options;
  if (added === undefined) return { config: changed(study, options) };
  const count = wholeNumber('add-seeds', added, 1);
  refuse(options, ['set', 'seed', 'backbone'], 'seeds that are added to a study');
  if (known?.result.status !== 'complete')
    throw new Error('--add-seeds goes on with a study file of a whole study (.zip), which holds its adapters.');
  const config = withMoreSeeds(study, count);
  if (config.seeds.length < study.seeds.length + count)
    throw new Error(`A study has ${MAX_SEEDS} seeds at most; this one has ${study.seeds.length}.`);
  return { config, known };
}

/** The file of the training so far. @throws Error when one is there that would be overwritten */
function checkpointOf(out: string, { checkpoint, resume }: Options): string {
  const file = checkpoint ?? `${out}.checkpoint`;
  if (resume && !existsSync(file)) throw new Error(`There is nothing to resume: ${file} does not exist.`);
  if (checkpoint === undefined && !resume && existsSync(file))
    throw new Error(`${file} holds an interrupted study. Add --resume to go on with it, or remove the file.`);
  return file;
}

/** The study with its backbone and images, once it is written in Python if that is asked for: nothing of it has to be trained. */
async function preparedStudy(
  { result: source }: StudySource,
  config: StudyConfig,
  data: PlannedData | null,
  { python }: Options,
): Promise<ReadyStudy> {
  if (python !== undefined) {
    const why = whyNoPython(config, null);
    if (why) throw new Error(why);
    await prepareOutput('--python', python);
  }
  const ready = await readyStudy(config, data ? (backbone) => imagesFor(data, backbone, config, source) : undefined);
  if (python !== undefined) {
    await writePython(python, ready);
    console.log(`the study in Python → ${python}`);
  }
  return ready;
}

async function runOne(
  source: StudySource,
  out: string,
  data: PlannedData | null,
  { backend, threads, ...limits }: Computation,
  options: Options,
): Promise<void> {
  const { config: wanted, known } = wantedOf(source, options);
  const config = testingDomains(wanted, data);
  await lockOutput(out); // first: the checkpoint of a study that is under way is not that of an interrupted one
  const checkpoint = checkpointOf(out, options);
  await prepareOutput('--checkpoint', checkpoint);
  if (options.checkpoint !== undefined) await lockOutput(options.checkpoint);
  if (options.adapters !== undefined) await prepareRunAdapters(options.adapters, config);
  if (options.curves !== undefined) await prepareFolder('--curves', options.curves);
  const ready = await preparedStudy(source, config, data, options);
  const engine = await openEngine(backend, threads, options['tune-emulated']);
  console.log(
    `${engine.info.device} · ${counted(config.arms.length, 'arm')} × ${counted(config.seeds.length, 'seed')} × ${counted(config.training.steps, 'step')}`,
  );
  const keyed = (adapter: RunAdapter) => [runKey(adapter.arm, adapter.seed), adapter] as const;
  const found = new Map((known?.adapters ?? []).map(keyed));
  const result = await runReady(ready, engine, {
    ...limits,
    onAdapter: (adapter) => found.set(...keyed(adapter)),
    checkpoint,
    known,
  }).catch((error: unknown) => {
    throw saidWithCheckpoint(error, checkpoint);
  });
  const stopped = existsSync(checkpoint) ? 'Stopped. Add --resume to go on.' : 'Stopped.';
  if (known && result.status !== 'complete')
    throw new StoppedError(`${stopped} Added seeds are written when all of them are done: ${out} is as it was.`);
  const adapters = [...found.values()];
  const file = await writeResult(out, { result, adapters, dataset: ready.dataset });
  if (file === out) {
    if (options.adapters !== undefined)
      await writeRunAdapters(
        options.adapters,
        adapters,
        result,
        await weightsDigests({ id: result.config.backbone, folder: folderNamed(config.backbone) }),
      );
    if (options.curves !== undefined) await writeCurves(options.curves, result);
  }
  if (result.status === 'complete' && options.checkpoint === undefined) await rm(checkpoint, { force: true });
  printSummary(result);
  console.log(`${result.status} in ${Math.round(result.provenance.seconds)} s → ${file}`);
  engine.dispose();
  if (result.status === 'complete') return;
  if (file !== out) console.log(`${out} holds a complete result: it stays, and so does what lies with it.`);
  throw new StoppedError(stopped);
}

async function main(): Promise<void> {
  const { values: options, positionals } = readOptions();
  const { out, processes, cells, resume, plan } = options;
  const [source, stray] = positionals;
  if (stray !== undefined)
    throw new UsageError(`"${stray}" is one file too many: settings come from one. Images are named with --data.`);
  const choices = dataChoices(options);
  if (plan && !choices) throw new UsageError('--plan shows what own images hold: name them with --data.');
  if (!plan && (source === undefined || (out === undefined && options.python === undefined)))
    throw new UsageError(USAGE);
  const computation = computationOf(options);
  if (out !== undefined) await prepareOutput('--out', out);
  const read = source === undefined ? null : await readConfig(source);
  if (read && 'map' in read) {
    refuse(
      options,
      [
        'adapters',
        'python',
        'curves',
        'checkpoint',
        'memory',
        'precision',
        'data',
        'plan',
        'tune-emulated',
        'add-seeds',
      ],
      'a map, only for a study',
    );
    if (out !== undefined && isStudyFile(out))
      throw new UsageError('A map is not one study: its result is JSON, such as --out map.json.');
    return runMapHeadless(parseMap(source, { ...read.map, study: changed(read.map.study, options) }), {
      out: out ?? '',
      backend: computation.backend,
      threads: computation.threads,
      processes: processes === undefined ? 1 : wholeNumber('processes', processes, 1),
      cells,
      resume,
    });
  }
  if (read && 'study' in read && read.study.evaluated)
    throw new Error(
      `${source} is the result of an evaluation: its adapters were trained elsewhere, and its settings train nothing. Name the settings of a study.`,
    );
  refuse(options, ['cells', 'processes'], 'a study, only for a map');
  const data = choices && (await planData(choices));
  if (plan || !read) return;
  if (out !== undefined) return runOne(read, out, data, computation, options);
  refuse(options, ['adapters', 'curves', 'checkpoint', 'resume', 'add-seeds'], 'a study that is not run: add --out');
  await preparedStudy(read, testingDomains(changed(read.study, options), data), data, options);
}

runMain(main);
