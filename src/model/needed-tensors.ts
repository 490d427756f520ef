/** Which tensors of a checkpoint a backbone needs, known from its header alone. */
import type { ModelConfig } from './families/registry.ts';
import { readCheckpoint } from './read-checkpoint.ts';
import { checkFloatDtype, type SafetensorsHeader } from './safetensors.ts';

const NOTHING = new Float32Array(0);

/**
 * Names of the tensors, in the order in which they are read. Runs the checkpoint reader on a file without values that records the requested
 * names, so the result always matches loading.
 * @throws CheckpointError or SafetensorsError when a tensor is missing or has another shape or type than config.json calls for.
 */
export function neededTensors(config: ModelConfig, header: SafetensorsHeader): string[] {
  const needed = new Set<string>();
  readCheckpoint(config, {
    ...header,
    float32(name) {
      const info = header.tensors.get(name);
      if (info) checkFloatDtype(name, info.dtype);
      needed.add(name);
      return NOTHING;
    },
    int32: () => new Int32Array(0),
    raw: () => new Uint8Array(0),
  });
  return [...needed];
}
