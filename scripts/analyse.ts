/**
 * `npm run analyse -- FOLDER|owner/name … --out result.json [--config config.json] [--data PATH|ADDRESS|owner/name …] [--backbone NAME] [--set KEY=VALUE]…
 * [--backend auto|webgpu|wasm|cpu] [--threads N]`
 *
 * Tests and analyses PEFT adapters without training anything: landscapes between every two of them, Shapley values, pruning and merging, as a result that the
 * page opens. FOLDER is a folder of PEFT, a zip of such folders, or a folder of them, such as `npm run study -- … --adapters` writes; owner/name[@revision]
 * or an address is an adapter of a hub, or all adapters of a repository. Task, backbone and
 * analyses come from --config, which takes what `npm run study` takes, and from --set; own images from --data, as there.
 */
import { counted } from '../src/core/counted.ts';
import { errorText } from '../src/core/error-text.ts';
import { adapterBaseOf } from '../src/model/peft/base.ts';
import { parsePeftConfig } from '../src/model/peft/config.ts';
import { readPeft } from '../src/model/peft/read.ts';
import { parseSafetensors } from '../src/model/safetensors.ts';
import { findAdapters, type OpenedFile } from '../src/share/adapter/find.ts';
import { armOf, classesIn } from '../src/share/adapter/provenance.ts';
import { withOwnPictures } from '../src/state/pictures/with-pictures.ts';
import { evaluationConfig, MAX_EVALUATED, type GivenAdapter } from '../src/study/config/evaluation-config.ts';
import { evaluateAdapters } from '../src/study/run/evaluate-adapters.ts';
import { full } from '../src/study/presets/full.ts';
import { adapterFiles } from './adapters/adapter-files.ts';
import { checkBackbone } from './adapters/check-backbone.ts';
import { invocation, runMain, StoppedError } from './command-line.ts';
import { readConfig, type StudySource } from './config-source.ts';
import { DATA_OPTIONS, DATA_USAGE, dataChoices } from './data/data-options.ts';
import { planData, testingDomains } from './data/own-images.ts';
import { imagesFor } from './data/source-images.ts';
import { loadNamedBackbone, typedBackbone, weightsDigests, type NamedBackbone } from './headless-backbone.ts';
import { hubAdapterFiles, isOnHub } from './hub-adapters.ts';
import { checkImages, folderReader, inputsOf, openEngine, parseBackend, withProgress } from './headless.ts';
import { optionsOf, UsageError } from './options.mjs';
import { prepareOutput } from './output-file.ts';
import { lockOutput } from './output-lock.ts';
import { printSummary } from './summary.ts';
import { threadsOf } from './whole-number.ts';
import { writeResult } from './write-result.ts';
import { BACKEND, SET, THREADS, withOptions } from './shared-options.ts';

const USAGE = `Usage: ${invocation('analyse')} FOLDER|owner/name … --out result.json [--config config.json | study.zip | link | preset]
  [--backbone ID|FOLDER|owner/name] [--set KEY=VALUE] [--backend auto|webgpu|wasm|cpu] [--threads N]
own images: ${DATA_USAGE}`;

/**
 * @param isAsked whether the command line names the backbone
 * @throws Error naming the adapter that does not fit the backbone, or was trained for another one and nobody asked for this one
 */
async function adaptersIn(
  files: readonly OpenedFile[],
  named: NamedBackbone,
  isAsked: boolean,
): Promise<readonly GivenAdapter[]> {
  const found = await findAdapters(files);
  if (found.length > MAX_EVALUATED)
    throw new Error(
      `There are ${found.length} adapters; ${MAX_EVALUATED} can be analysed together. Name some of their folders.`,
    );
  const {
    id,
    model: { backbone, config },
  } = named;
  const digests = await weightsDigests(named);
  const adapters: GivenAdapter[] = [];
  for (const { name, file, copra, config: settings, weights } of found) {
    try {
      const peft = parsePeftConfig(settings);
      checkBackbone(file, peft, copra, { id, digests, isAsked });
      const base = adapterBaseOf(backbone, config, peft.use_dora);
      const { warnings, ...adapter } = readPeft(peft, parseSafetensors(await weights()), base);
      for (const warning of warnings) console.warn(`${file}: ${warning}`);
      const classes = classesIn(copra, adapter.layout.head?.classes ?? 0);
      adapters.push({ name, arm: armOf(copra), classes, ...adapter });
    } catch (error) {
      throw new Error(`${file}: ${errorText(error)}`, { cause: error });
    }
  }
  return adapters;
}

/** @throws Error when the settings are those of a map */
async function settingsOf(source: string | undefined): Promise<StudySource> {
  if (source === undefined) return { study: full.config };
  const read = await readConfig(source);
  if ('map' in read) throw new Error(`${source} is a map, which is many studies. Name the settings of one.`);
  return read;
}

async function main(): Promise<void> {
  const { values: options, positionals: folders } = optionsOf(USAGE, {
    allowPositionals: true,
    options: {
      out: { type: 'string', about: 'the file that the result is written into; the page opens it' },
      config: {
        type: 'string',
        about: 'where task, backbone and analyses come from: settings, a result, a link or a preset',
      },
      backbone: { type: 'string', about: 'the backbone that the adapters are tested on' },
      set: SET,
      backend: BACKEND,
      threads: THREADS,
      ...DATA_OPTIONS,
    },
  });
  const { out, backend, set } = options;
  if (folders.length === 0 || out === undefined) throw new UsageError(USAGE);
  const threads = threadsOf(options.threads);
  const device = parseBackend(backend);
  await prepareOutput('--out', out);
  await lockOutput(out);
  const choices = dataChoices(options);
  const typed = options.backbone === undefined ? undefined : typedBackbone(options.backbone);
  const { study: told, result: source } = await settingsOf(options.config);
  const wanted = withOptions(told, set);
  const published = await hubAdapterFiles(folders.filter(isOnHub));
  const files = [...(await adapterFiles(folders.filter((folder) => !isOnHub(folder)))), ...published.files];
  // Published adapters bring their backbone along, unless another is asked for.
  const [base] = published.backbones;
  if (published.backbones.length > 1 && typed === undefined)
    throw new Error(
      `The adapters were trained for ${published.backbones.join(' and ')}. Analyse those of one backbone at a time, or name one with --backbone.`,
    );
  const settings = {
    ...wanted,
    backbone: typed ?? (options.config === undefined ? base : undefined) ?? wanted.backbone,
    ...(choices && { task: 'dropped' }),
  };
  checkImages(settings, choices !== null);
  const data = choices && (await planData(choices));
  const config = testingDomains(settings, data);
  const named = await loadNamedBackbone(config.backbone, config.imageSize ?? null, folderReader);
  const adapters = await adaptersIn(files, named, typed !== undefined);
  console.log(`${counted(adapters.length, 'adapter')}: ${adapters.map(({ name }) => name).join(', ')}`);
  const dataset = data && (await imagesFor(data, named, config, source));
  const engine = await openEngine(device, threads);
  const study = evaluationConfig({ ...config, backbone: named.id }, adapters);
  const inputs = await inputsOf(study, engine, named, dataset);
  const measured = await withProgress(evaluateAdapters(inputs, adapters), inputs.control);
  const result = withOwnPictures(measured, dataset);
  const file = await writeResult(out, { result, adapters: [], dataset: dataset ?? null });
  printSummary(result);
  console.log(`${result.status} in ${Math.round(result.provenance.seconds)} s → ${file}`);
  engine.dispose();
  if (result.status === 'complete') return;
  if (file !== out) console.log(`${out} holds a complete result: it stays.`);
  throw new StoppedError('Stopped.');
}

runMain(main);
