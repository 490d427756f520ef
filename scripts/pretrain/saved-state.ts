/** The state of a run on disk: weights, moments and step, in one safetensors file that is replaced as a whole. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { writeWhole } from '../output-file.ts';
import type { ContrastiveState } from './all-weights/contrastive-trainer.ts';
import { parseSafetensors } from '../../src/model/safetensors.ts';
import { writeSafetensors } from '../../src/model/write-safetensors.ts';

const FILE = 'state.safetensors';
export const stateFile = (folder: string): string => path.join(folder, FILE);

const TENSORS = ['params', 'firstMoments', 'secondMoments'] as const;

/** @param run identifies recipe and seed: only a run with the same value can resume. `seconds` is the time spent so far. */
export async function saveState(folder: string, run: string, state: ContrastiveState, seconds: number): Promise<void> {
  const tensors = Object.fromEntries(
    TENSORS.map((name) => [name, { shape: [1, state[name].length], data: state[name] }]),
  );
  const bytes = writeSafetensors(tensors, { run, step: String(state.step), seconds: seconds.toFixed(1) });
  mkdirSync(folder, { recursive: true });
  await writeWhole(stateFile(folder), bytes);
}

/**
 * @returns null when there is nothing to resume
 * @throws Error when the folder contains the state of another run, or a damaged one
 */
export function loadState(folder: string, run: string): { state: ContrastiveState; seconds: number } | null {
  const file = stateFile(folder);
  if (!existsSync(file)) return null;
  const parsed = parseSafetensors(new Uint8Array(readFileSync(file)));
  if (parsed.metadata.get('run') !== run)
    throw new Error(
      `${file} belongs to a run with another recipe, seed, kind of SIMD or number of threads. Use --fresh to start again.`,
    );
  const [params, firstMoments, secondMoments] = TENSORS.map((name) => parsed.float32(name));
  const state = { step: Number(parsed.metadata.get('step')), params, firstMoments, secondMoments };
  return { state, seconds: Number(parsed.metadata.get('seconds')) };
}
