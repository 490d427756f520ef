/** Walks a folder of golden vectors (one sub-folder per vector, layout as in tests/golden) and checks what it finds. */
import { readdirSync, readFileSync, existsSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { evaluationBudget } from '../../../src/engine/budget.ts';
import type { Device } from '../../../src/engine/device.ts';
import { createDeviceEngine } from '../../../src/engine/passes/device-engine.ts';
import type { Backbone } from '../../../src/model/backbone.ts';
import { parseModelConfig } from '../../../src/model/config.ts';
import { parsePeftConfig } from '../../../src/model/peft/config.ts';
import { readCheckpoint } from '../../../src/model/read-checkpoint.ts';
import { parseSafetensors, type SafetensorsFile } from '../../../src/model/safetensors.ts';
import type { GoldenLine } from './compare.ts';
import { checkForward } from './forward.ts';
import { checkMerge, checkShapley, checkWeightedFactors } from './pure.ts';
import { checkTraining, ExpectedSchema } from './training.ts';

const tensors = (file: string): SafetensorsFile => parseSafetensors(new Uint8Array(readFileSync(file)));
const json = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

function readBackbone(folder: string): Backbone {
  return readCheckpoint(
    parseModelConfig(json(path.join(folder, 'config.json'))),
    tensors(path.join(folder, 'model.safetensors')),
  );
}

/** Checks one vector folder; an empty list means that nothing in it is known. */
async function checkVector<T>(device: Device<T>, folder: string): Promise<GoldenLine[]> {
  const name = path.basename(folder);
  const at = (file: string) => path.join(folder, file);
  const has = (file: string) => existsSync(at(file));
  const lines: GoldenLine[] = [];
  if (has('forward.safetensors'))
    lines.push(...(await checkForward(device, name, readBackbone(folder), tensors(at('forward.safetensors')))));
  if (has('batches.safetensors')) {
    const config = parsePeftConfig(new Uint8Array(readFileSync(at('adapter_config.json'))).buffer);
    const files = {
      config,
      expected: v.parse(ExpectedSchema, json(at('expected.json'))),
      init: tensors(at('adapter_init.safetensors')),
      final: tensors(at('adapter_model.safetensors')),
      batches: tensors(at('batches.safetensors')),
      evaluation: tensors(at('eval.safetensors')),
    };
    const engine = createDeviceEngine(device, evaluationBudget(device.info));
    lines.push(
      ...(await checkTraining(
        engine,
        name,
        readBackbone(path.resolve(folder, config.base_model_name_or_path!)),
        files,
      )),
    );
  }
  if (has('merge.safetensors')) lines.push(...checkMerge(name, tensors(at('merge.safetensors'))));
  if (has('peft_add_weighted.safetensors'))
    lines.push(...checkWeightedFactors(name, tensors(at('peft_add_weighted.safetensors'))));
  if (has('game.json')) lines.push(...checkShapley(name, json(at('game.json'))));
  return lines;
}

/**
 * Yields one line per compared output.
 * @throws Error when the folder holds no vector that is known.
 */
export async function* checkGoldenFolder<T>(device: Device<T>, root: string): AsyncGenerator<GoldenLine> {
  const folders = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.join(root, entry.name))
    .sort();
  let found = 0;
  for (const folder of [...folders, root]) {
    for (const line of await checkVector(device, folder)) {
      found++;
      yield line;
    }
  }
  if (found === 0)
    throw new Error(`${root} holds no golden vectors (expected sub-folders such as clip/ or train-lora/).`);
}
