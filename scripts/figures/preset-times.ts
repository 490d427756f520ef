/** How long presets take: as long as their saved results took, and an estimate at the pace of one of them where there is none. */
import path from 'node:path';
import { outlineTask } from '../../src/data/bundled/bundled.ts';
import { MAP_PRESETS } from '../../src/study/map/presets.ts';
import type { PresetTime } from '../../src/study/presets/preset-times.ts';
import { full } from '../../src/study/presets/full.ts';
import { PRESETS } from '../../src/study/presets/presets.ts';
import type { StudyConfig } from '../../src/study/config/config.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import { estimatedSeconds } from '../../src/study/run/estimate.ts';
import { loadBundledBackbone, readAtlasFile } from '../headless.ts';
import { formatted } from '../formatted.ts';
import { savedMap } from './saved-map.ts';
import type { SavedResults } from './saved.ts';

export const PRESET_TIMES_FILE = path.join('src', 'study', 'presets', 'preset-times.ts');

/** Threads of "WebAssembly SIMD, 2 threads"; 1 where a device names none. */
export const threadsOf = (device: string): number => Number(/(\d+) threads?\b/.exec(device)?.[1] ?? 1);

const timeOf = (provenances: readonly Pick<StudyResult['provenance'], 'seconds' | 'device'>[]): PresetTime => ({
  seconds: Math.round(provenances.reduce((sum, { seconds }) => sum + seconds, 0)),
  threads: Math.min(...provenances.map(({ device }) => threadsOf(device))),
  isMeasured: true,
});

/** By id, in the order in which presets are offered. */
export async function presetTimes(saved: SavedResults): Promise<Record<string, PresetTime>> {
  const estimated = async (config: StudyConfig, pace: number): Promise<number> => {
    const model = await loadBundledBackbone(config.backbone);
    const task = await outlineTask(config.task, config, readAtlasFile);
    return estimatedSeconds(config, model, task, pace);
  };
  const measured = timeOf([saved(full).provenance]);
  const [none, one] = [await estimated(full.config, 0), await estimated(full.config, 1)];
  const pace = Math.max(0, measured.seconds - none) / (one - none);
  const times: Record<string, PresetTime> = {};
  for (const preset of PRESETS)
    times[preset.id] = preset.saved
      ? timeOf([saved(preset).provenance])
      : {
          seconds: Math.round(await estimated(preset.config, pace)),
          threads: measured.threads,
          isMeasured: false,
        };
  for (const preset of MAP_PRESETS) {
    times[preset.id] = timeOf(savedMap(preset).cells.map(({ provenance }) => provenance));
  }
  return times;
}

/** The file of the page that holds them. */
export const presetTimesFile = (times: Readonly<Record<string, PresetTime>>): Promise<string> =>
  formatted(
    PRESET_TIMES_FILE,
    `/** How long presets take. Written by \`npm run figures -- --report\` from the saved results (scripts/figures/preset-times.ts). */

export interface PresetTime {
  readonly seconds: number;
  /** Threads of the processor. */
  readonly threads: number;
  /** As long as its saved result took; otherwise by the count of its work, at the pace of another. */
  readonly isMeasured: boolean;
}

export const PRESET_TIMES: Readonly<Record<string, PresetTime | undefined>> = ${JSON.stringify(times)};
`,
  );
