/** For tests: files of tests/golden and of the bundled backbone. */
import { readFileSync } from 'node:fs';
import { parseSafetensors, type SafetensorsFile } from './safetensors.ts';

const ROOT = new URL('../../', import.meta.url);

/** @param path below the project's root. */
export function readBytes(path: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(path, ROOT)));
}

export function readJsonFile(path: string): unknown {
  return JSON.parse(new TextDecoder().decode(readBytes(path)));
}

export function readTensors(path: string): SafetensorsFile {
  return parseSafetensors(readBytes(path));
}
