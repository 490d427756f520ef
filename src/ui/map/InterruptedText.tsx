import { MAP_STATE_WORDS } from '../../state/map/messages.ts';
import type { SavedStudy } from '../../study/checkpoint/checkpoint-store.ts';
import type { MapPreset } from '../../study/map/presets.ts';
import { PRESET_WORDS } from '../../study/presets/messages.ts';
import { useAgo } from '../use-ago.ts';

/** What is said of a map that was interrupted in a cell. */
export function InterruptedText({ preset: { name }, saved }: { preset: MapPreset; saved: SavedStudy }) {
  const { step, config, saved: when } = saved.head;
  const { steps } = config.training;
  const words = MAP_STATE_WORDS.interrupted;
  return words(PRESET_WORDS.called(name), step < steps ? step : null, steps, useAgo(when));
}
