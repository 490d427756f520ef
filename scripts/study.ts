/**
 * `npm run study -- config.json --out result.json [--adapters FOLDER] [--python FILE] [--checkpoint FILE] [--set KEY=VALUE]…
 * [--backend auto|webgpu|wasm|cpu] [--seed N] [--threads N]`
 *
 * Runs a study without a browser. The id of a preset (study/presets/) is accepted in place of a file. With --seed the study runs that seed and
 * its successors instead of the configured ones. --set changes a setting, by its address key (docs/settings.md) or its path in the configuration;
 * it can be repeated. --backbone takes a bundled id, the path of a model folder, or owner/name[@revision] of a model on the hub (COPRA_HUB
 * selects another hub), which is fetched once and cached (in COPRA_MODELS). --adapters writes every trained run as a PEFT folder, --python the
 * study as a Python script. --checkpoint keeps the training in a file every few seconds; if there is such a file, the study continues from it, also
 * with other analyses.
 */
import { errorText } from '../src/core/error-text.ts';
import { counted } from '../src/core/counted.ts';
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { StudyConfigSchema, type StudyConfig } from '../src/study/config/config.ts';
import { PRESETS } from '../src/study/presets/presets.ts';
import { withSettings } from '../src/share/config/config-set.ts';
import { pythonScript } from '../src/share/python/script.ts';
import type { RunAdapter } from '../src/study/run/run-adapter.ts';
import { writeRunAdapters } from './adapters/folders.ts';
import { weightsDigests } from './headless-backbone.ts';
import { openEngine, runHeadless } from './headless.ts';
import { printSummary } from './summary.ts';

const USAGE = `Usage: npm run study -- <config.json | ${PRESETS.map(({ id }) => id).join(' | ')}> --out result.json [--adapters FOLDER] [--python FILE] [--checkpoint FILE] [--set KEY=VALUE] [--backend auto|webgpu|wasm|cpu] [--seed N] [--threads N]`;

/** @throws Error naming the first problem in the configuration. */
async function readConfig(source: string): Promise<StudyConfig> {
  const preset = PRESETS.find(({ id }) => id === source);
  if (preset) return preset.config;
  const parsed = v.safeParse(StudyConfigSchema, JSON.parse(await readFile(source, 'utf8')));
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new Error(`${source} is not a study: ${v.getDotPath(issue) ?? 'the file'}: ${issue.message}`);
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      out: { type: 'string' },
      backend: { type: 'string', default: 'auto' },
      seed: { type: 'string' },
      threads: { type: 'string' },
      backbone: { type: 'string' },
      adapters: { type: 'string' },
      python: { type: 'string' },
      checkpoint: { type: 'string' },
      set: { type: 'string', multiple: true, default: [] },
    },
  });
  const [source] = positionals;
  if (!source || !values.out) throw new Error(USAGE);
  let config = withSettings(await readConfig(source), values.set);
  if (values.backbone !== undefined) config = { ...config, backbone: values.backbone };
  if (values.seed !== undefined) {
    const first = Number(values.seed);
    if (!Number.isInteger(first) || first < 0) throw new Error(`--seed takes a whole number, not "${values.seed}".`);
    config = { ...config, seeds: config.seeds.map((_, i) => first + i) };
  }
  const engine = await openEngine(values.backend, values.threads === undefined ? undefined : Number(values.threads));
  console.log(
    `${engine.info.device} · ${counted(config.arms.length, 'arm')} × ${counted(config.seeds.length, 'seed')} × ${counted(config.training.steps, 'step')}`,
  );
  const adapters: RunAdapter[] = [];
  const result = await runHeadless(config, engine, {
    onAdapter: (adapter) => adapters.push(adapter),
    checkpoint: values.checkpoint,
  });
  await writeFile(values.out, `${JSON.stringify(result)}\n`);
  if (values.adapters !== undefined)
    await writeRunAdapters(values.adapters, adapters, result, await weightsDigests(result.config.backbone));
  if (values.python !== undefined) await writeFile(values.python, pythonScript(config, result.task));
  printSummary(result);
  console.log(`${result.status} in ${Math.round(result.provenance.seconds)} s → ${values.out}`);
  engine.dispose();
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(errorText(error));
    process.exit(1);
  },
);
