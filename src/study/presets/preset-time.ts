/** How long a preset takes, in words. */
import { PRESET_WORDS } from './messages.ts';
import { PRESET_TIMES } from './preset-times.ts';

/** More than two hours are not told by the minute. */
const LONG = 120;

function inWords(seconds: number): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  return minutes > LONG ? PRESET_WORDS.hours(Math.round(minutes / 60)) : PRESET_WORDS.minutes(minutes);
}

/** @param id of a preset or of the preset of a map; empty for one whose time is not known */
export function presetTime(id: string): string {
  const time = PRESET_TIMES[id];
  if (!time) return '';
  const { seconds, threads, isMeasured } = time;
  return (isMeasured ? PRESET_WORDS.took : PRESET_WORDS.mayTake)(inWords(seconds), threads);
}
