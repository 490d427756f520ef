/** For tests: tensors of tests/golden and of the bundled backbone. */
import { readBytes } from '../../tests/support/files.ts';
import { parseSafetensors, type SafetensorsFile } from './safetensors.ts';

/** @param path below the project's root. */
export function readTensors(path: string): SafetensorsFile {
  return parseSafetensors(readBytes(path));
}
