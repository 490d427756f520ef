/** Reads the fixture from the project's folder. */
import { loadBundledBackbone, readAtlasFile } from '../scripts/headless.ts';
import { loadBundledTask } from '../src/data/bundled/bundled.ts';
import { objectiveOf } from '../src/study/run/training/populations.ts';
import { full } from '../src/study/presets/full.ts';
import type { Fixture } from './fixture.ts';
import { ALL_SHOTS } from '../src/data/shots.ts';

export async function loadFixture(): Promise<Fixture> {
  const model = await loadBundledBackbone(full.config.backbone);
  const task = await loadBundledTask(full.config.task, ALL_SHOTS, readAtlasFile);
  return { model, task, objective: objectiveOf(model, task) };
}
