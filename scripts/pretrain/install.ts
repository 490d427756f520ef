/** Replaces the bundled backbone by a better one. */
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import type { Device } from '../../src/engine/device.ts';
import { compareQuality, folderQuality } from './evaluate-folder.ts';
import { CHECK_VECTORS, INSTALLED, WRITTEN } from './output.ts';
import { figures, type Quality } from './quality.ts';

/** The figures in which a candidate is worse than another checkpoint. */
export function worseFigures(candidate: Quality, other: Quality): string[] {
  const others = new Map(figures(other));
  return figures(candidate)
    .filter(([name, value]) => value < (others.get(name) ?? 0))
    .map(([name, value]) => `${name}: ${value} instead of ${others.get(name)}`);
}

/**
 * Both are measured here and now, with the same pictures.
 * @throws Error naming the figures in which the candidate is worse
 */
export async function install<T>(device: Device<T>, folder: string): Promise<void> {
  const candidate = await folderQuality(device, folder);
  const bundled = await folderQuality(device, INSTALLED);
  console.log(compareQuality(candidate, bundled, 'bundled'));
  const worse = worseFigures(candidate, bundled);
  if (worse.length > 0) throw new Error(`Not installed: ${folder} is worse than ${INSTALLED} in ${worse.join('; ')}.`);
  for (const file of WRITTEN) copyFileSync(path.join(folder, file), path.join(INSTALLED, file));
  copyFileSync(path.join(folder, 'check.safetensors'), CHECK_VECTORS);
  console.log(`Installed in ${INSTALLED}.`);
}
