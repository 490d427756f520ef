/**
 * Makes the bundled backbone from random weights: `npm run pretrain -- [options]`. Without options it trains (or continues) the recipe
 * in .cache/pretrain/ and writes a checkpoint to .cache/pretrain/emoji-clip-2/.
 */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { invocation, runMain } from './command-line.ts';
import { optionsOf } from './options.mjs';
import { openTrainableWasm } from './pretrain/all-weights/trainable-wasm.ts';
import { compareQuality, evaluateFolder, readFolder, statedQuality } from './pretrain/evaluate-folder.ts';
import { install } from './pretrain/install.ts';
import { FIRST, writeOutput } from './pretrain/output.ts';
import { readIndex, readPictures } from './pretrain/pictures.ts';
import { clock, say, showProgress } from './pretrain/progress.ts';
import { figures } from './pretrain/quality.ts';
import { RECIPE, SHAPE } from './pretrain/recipe.ts';
import { stateFile } from './pretrain/saved-state.ts';
import { train } from './pretrain/train.ts';
import { threadsOf, wholeNumber } from './whole-number.ts';

const USAGE = `Usage: ${invocation('pretrain')} [--seed N] [--epochs N] [--threads N] [--stop-after N] [--checkpoint-every N] [--evaluate-every N]
  [--fresh] [--folder FOLDER] [--evaluate FOLDER] [--install]`;

const readArguments = () =>
  optionsOf(USAGE, {
    options: {
      seed: { type: 'string', default: '0', about: 'seed of weights and order' },
      epochs: { type: 'string', default: String(RECIPE.epochs), about: 'a shorter or longer schedule' },
      threads: {
        type: 'string',
        about: 'one per core unless given; the same number gives the same weights bit for bit',
      },
      'stop-after': { type: 'string', about: 'stops after so many steps in all; calling again continues' },
      'checkpoint-every': { type: 'string', default: '100', about: 'steps between two saved states' },
      'evaluate-every': { type: 'string', default: '10', about: 'epochs between two evaluations; 0: none' },
      fresh: { type: 'boolean', default: false, about: 'starts again, whatever was saved' },
      folder: { type: 'string', default: '.cache/pretrain', about: 'where state and result are kept' },
      evaluate: { type: 'string', about: 'only measures a checkpoint folder, beside the figures that it states' },
      install: {
        type: 'boolean',
        default: false,
        about: "bundles the result if no figure is worse than the first backbone's",
      },
    },
  }).values;

type Arguments = ReturnType<typeof readArguments>;

async function pretrain(
  device: Awaited<ReturnType<typeof openTrainableWasm>>,
  values: Arguments,
  result: string,
): Promise<void> {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const index = await readIndex();
  const pictures = await readPictures(index, RECIPE.styles);
  const { inputs } = await readFolder(FIRST);
  if (values.fresh) rmSync(stateFile(values.folder), { force: true });
  const seed = wholeNumber('seed', values.seed, 0);
  const epochs = wholeNumber('epochs', values.epochs, 1);
  say(`${device.info.device}; ${pictures.count} pictures of ${index.concepts.length} concepts`);
  const { weights, step, finished, seconds } = await train(device, index, pictures, inputs, {
    shape: SHAPE,
    recipe: { ...RECIPE, epochs },
    seed,
    folder: values.folder,
    checkpointEvery: wholeNumber('checkpoint-every', values['checkpoint-every'], 1),
    evaluateEvery: wholeNumber('evaluate-every', values['evaluate-every'], 0),
    stopAfter: values['stop-after'] === undefined ? undefined : wholeNumber('stop-after', values['stop-after'], 1),
    signal: stop.signal,
    onStep: showProgress,
    onQuality(epoch, quality) {
      const shown = figures(quality).map(([name, value]) => `${name} ${value.toFixed(1)}`);
      say(`epoch ${epoch}: ${shown.join(', ')}`);
    },
  });
  if (!finished) {
    say(`Stopped after step ${step}, ${clock(seconds)} in all. Call again to continue.`);
    return;
  }
  const facts = { seed, epochs, pictures: pictures.count, minutes: seconds / 60 };
  const quality = await writeOutput(device, result, weights, facts);
  say(`${compareQuality(quality, statedQuality(FIRST), 'first')}\nWritten to ${result} after ${clock(seconds)}.`);
}

async function main(): Promise<void> {
  const values = readArguments();
  const device = await openTrainableWasm({ threads: threadsOf(values.threads) });
  const result = path.join(values.folder, 'emoji-clip-2');
  try {
    if (values.evaluate !== undefined) await evaluateFolder(device, values.evaluate);
    else if (values.install) await install(device, result);
    else await pretrain(device, values, result);
  } finally {
    device.dispose();
  }
}

runMain(main);
