/** Reads the fixture from the project's folder. */
import { loadBundledBackbone, readAtlasFile } from '../scripts/headless.ts';
import { loadBundledTask } from '../src/data/bundled/bundled.ts';
import { objectiveOf } from '../src/study/run/populations.ts';
import { full } from '../src/study/presets/full.ts';
import type { Fixture } from './fixture.ts';

export async function loadFixture(): Promise<Fixture> {
  const model = await loadBundledBackbone(full.config.backbone);
  const task = await loadBundledTask(full.config.task, null, readAtlasFile);
  return { model, task, objective: objectiveOf(model, task) };
}
