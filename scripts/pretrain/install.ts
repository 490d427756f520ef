/** Bundles a trained backbone if it is no worse than the first one. */
import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Device } from '../../src/engine/device.ts';
import { compareQuality, folderQuality } from './evaluate-folder.ts';
import { FIRST, WRITTEN } from './output.ts';
import { figures, type Quality } from './quality.ts';

export const INSTALLED = 'public/backbones/emoji-clip-2';
const VECTORS = 'tests/golden/emoji-clip-2';

/** The figures in which a candidate is worse than another checkpoint. */
export function worseFigures(candidate: Quality, other: Quality): string[] {
  const others = new Map(figures(other));
  return figures(candidate)
    .filter(([name, value]) => value < (others.get(name) ?? 0))
    .map(([name, value]) => `${name}: ${value} instead of ${others.get(name)}`);
}

/**
 * Measures both now, with the same pictures.
 * @throws Error naming the figures in which the candidate is worse
 */
export async function install<T>(device: Device<T>, folder: string): Promise<void> {
  const candidate = await folderQuality(device, folder);
  const first = await folderQuality(device, FIRST);
  console.log(compareQuality(candidate, first, 'first'));
  const worse = worseFigures(candidate, first);
  if (worse.length > 0) throw new Error(`Not installed: ${folder} is worse than ${FIRST} in ${worse.join('; ')}.`);
  for (const folder of [INSTALLED, VECTORS]) mkdirSync(folder, { recursive: true });
  for (const file of WRITTEN) copyFileSync(path.join(folder, file), path.join(INSTALLED, file));
  copyFileSync(path.join(folder, 'check.safetensors'), path.join(VECTORS, 'check.safetensors'));
  console.log(`Installed in ${INSTALLED}.`);
}
