/**
 * `npm run adapters -- FOLDER [FOLDER …] --out FOLDER [--backbone ID] [--method factors|updates|ties|…] [--weights 1,1]
 * [--density 0.5] [--naming v5|v4] [--model FILE]`
 *
 * Reads PEFT adapters of one backbone and writes one: a single adapter again (in another naming, if requested), or the merge of several.
 * --backbone takes a bundled id, a model folder, or a model on the hub; without it, adapters of another backbone than the usual one are refused. --model also writes the backbone with the result merged in, and
 * for a trained classifier config.json beside it.
 */
import { counted } from '../src/core/counted.ts';
import { errorText } from '../src/core/error-text.ts';
import { existsSync, realpathSync } from 'node:fs';
import { open as openFile } from 'node:fs/promises';
import path from 'node:path';
import { mergeAdapters } from '../src/copra/merge-adapters.ts';
import type { MergeMethod } from '../src/copra/merging/method-ids.ts';
import { MERGE_METHODS, mergeMethod } from '../src/copra/merging/methods.ts';
import { normalisedWeights } from '../src/copra/merging/normalised-weights.ts';
import { openWeights } from '../src/model/open-weights.ts';
import { adapterBaseOf } from '../src/model/peft/base.ts';
import { mergedConfig, mergedWeights } from '../src/model/peft/merge-weights.ts';
import { readPeft } from '../src/model/peft/read.ts';
import { parseJsonBytes } from '../src/model/validate-json.ts';
import { classesIn, common, type FileProvenance } from '../src/share/adapter/provenance.ts';
import { full } from '../src/study/presets/full.ts';
import { checkBackbone } from './adapters/check-backbone.ts';
import { readFolder, writeFolder } from './adapters/folders.ts';
import { choiceOf } from './choice.ts';
import { invocation, runMain } from './command-line.ts';
import { loadNamedBackbone, typedBackbone, weightsDigests } from './headless-backbone.ts';
import { folderReader } from './headless.ts';
import { optionsOf, UsageError } from './options.mjs';
import { prepareFolder, prepareOutput, writeWhole } from './output-file.ts';
import { numberOf } from './whole-number.ts';

const METHODS = MERGE_METHODS.map(({ id }) => id);
const TRIMMING = MERGE_METHODS.filter(({ trims }) => trims).map(({ id }) => id);
const USAGE = `Usage: ${invocation('adapters')} FOLDER [FOLDER …] --out FOLDER [--backbone ID] [--method ${METHODS.join('|')}] [--weights 1,1] [--density 0.5] [--naming v5|v4] [--model FILE]`;

function numbers(text: string | undefined, count: number): readonly number[] {
  const values = text === undefined ? new Array<number>(count).fill(1) : text.split(',').map(numberOf);
  const normalised = normalisedWeights(values);
  if (values.length !== count || !normalised)
    throw new UsageError(`--weights takes ${count} numbers that do not add up to 0, not "${text ?? ''}".`);
  return normalised;
}

/** @throws Error when it is no share of the values that a method keeps */
function densityOf(text: string): number {
  const value = numberOf(text);
  if (!(value > 0 && value <= 1)) throw new UsageError(`--density takes a share above 0 and at most 1, not "${text}".`);
  return value;
}

/** @throws Error naming an option that changes nothing here */
function checkMerging(
  method: MergeMethod,
  folders: readonly string[],
  given: Readonly<Partial<Record<'method' | 'weights' | 'density', string | undefined>>>,
): void {
  const useless = (['method', 'weights', 'density'] as const).find((name) => given[name] !== undefined);
  if (folders.length === 1 && useless !== undefined)
    throw new UsageError(`--${useless} does nothing for a single adapter: several are merged.`);
  if (given.density !== undefined && !mergeMethod(method).trims)
    throw new UsageError(
      `--density does nothing for ${method}, which leaves no values out. Methods that do: ${TRIMMING.join(', ')}.`,
    );
}

/** Where the configuration of a merged model goes. */
const configBeside = (model: string): string => path.join(path.dirname(model), 'config.json');

/**
 * @param folder of the backbone; null if it was fetched. @param configures whether config.json is written beside the model
 * @throws Error where the model would overwrite files of another one
 */
function checkPlace(model: string, folder: string | null, configures: boolean): void {
  const config = configBeside(model);
  const way = 'Give the merged model a folder of its own, such as --model merged-model/model.safetensors.';
  if (folder !== null && realpathSync(folder) === realpathSync(path.dirname(model)))
    throw new Error(`--model: "${path.dirname(model)}" is the folder of the backbone. ${way}`);
  // One that was written before lies beside its model.
  if (configures && existsSync(config) && !existsSync(model))
    throw new Error(`--model: "${config}" is of another model, and would be overwritten. ${way}`);
}

async function main(): Promise<void> {
  const { values, positionals: folders } = optionsOf(USAGE, {
    allowPositionals: true,
    options: {
      out: { type: 'string', about: 'the folder that the adapter is written into' },
      backbone: { type: 'string', about: 'the backbone that the adapters are for; theirs, unless given' },
      method: { type: 'string', about: 'how several are merged; factors unless given: A and B are averaged' },
      weights: {
        type: 'string',
        about: 'the weight of every adapter, in the order of the folders; equal unless given',
      },
      density: {
        type: 'string',
        about: 'the share of the entries that TIES and magnitude pruning keep; 0.5 unless given',
      },
      naming: { type: 'string', default: 'v5', about: 'names of modules since transformers 5 renamed them, or before' },
      model: {
        type: 'string',
        about: 'also writes the backbone with the adapter in its weights, as one safetensors file',
      },
    },
  });
  if (folders.length === 0 || !values.out) throw new UsageError(USAGE);
  const method = choiceOf('method', values.method ?? 'factors', METHODS);
  const naming = choiceOf('naming', values.naming, ['v5', 'v4']);
  checkMerging(method, folders, values);
  const weights = numbers(values.weights, folders.length);
  const density = densityOf(values.density ?? '0.5');
  await prepareFolder('--out', values.out);
  if (values.model !== undefined) await prepareOutput('--model', values.model);
  const asked = values.backbone === undefined ? full.config.backbone : typedBackbone(values.backbone);
  const named = await loadNamedBackbone(asked, null, folderReader);
  const { id, folder, model, open } = named;
  const { backbone, config } = model;
  const read = await Promise.all(folders.map(readFolder));
  const digests = await weightsDigests(named);
  const readFor = { id, digests, isAsked: values.backbone !== undefined };
  const base = adapterBaseOf(
    backbone,
    config,
    read.some((adapter) => adapter.config.use_dora),
  );
  const adapters = read.map(({ config: peft, copra, weights: file }, i) => {
    try {
      const other = checkBackbone(folders[i], peft, copra, readFor);
      const { warnings, ...flat } = readPeft(peft, file, base);
      for (const warning of warnings) console.warn(`${folders[i]}: ${warning}`);
      return { ...flat, trainedFor: other };
    } catch (error) {
      throw new Error(`${folders[i]}: ${errorText(error)}`, { cause: error });
    }
  });
  if (values.model !== undefined)
    checkPlace(
      values.model,
      folder,
      adapters.some(({ layout }) => layout.head !== null),
    );
  const sources = read.map(({ config: peft, copra }, i): FileProvenance => ({
    kind: 'file',
    file: path.basename(folders[i]),
    baseModel: peft.base_model_name_or_path,
    copra,
  }));
  const merged = adapters.length === 1 ? adapters[0] : mergeAdapters(adapters, { method, weights, density });
  const classes = common(read.map(({ copra }, i) => classesIn(copra, adapters[i].layout.head?.classes ?? 0))) ?? [];
  const weighed = sources.map((from, i) => ({ name: from.file, weight: weights[i], from }));
  await writeFolder(values.out, {
    name: path.basename(values.out),
    adapter: merged,
    base,
    backbone: id,
    weights: digests,
    trainedFor: common(adapters.map(({ trainedFor }) => trainedFor)),
    naming,
    scaling: null,
    classes,
    provenance:
      weighed.length === 1
        ? weighed[0].from
        : {
            kind: 'merge',
            method,
            density: mergeMethod(method).trims ? density : null,
            sources: weighed,
          },
  });
  console.log(`${counted(merged.layout.pairs.length, 'adapted map')} at rank ${merged.layout.rank} → ${values.out}`);
  if (values.model === undefined) return;
  const file = await openFile(values.model, 'w');
  try {
    for (const part of mergedWeights(await openWeights(open), merged, base)) await file.writeFile(part);
  } finally {
    await file.close();
  }
  console.log(`the merged model → ${values.model}`);
  const original = merged.layout.head && (await open('config.json'));
  if (!original) return;
  const json = parseJsonBytes('config.json', original.read(0, original.size).buffer);
  const place = configBeside(values.model);
  await writeWhole(place, mergedConfig(json, merged, base, classes));
  console.log(`its configuration, with the classifier → ${place}`);
}

runMain(main);
