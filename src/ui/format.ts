/** Number formatting: one format per quantity, used everywhere. */
import { spokenWriting } from '../core/language/catalogue.ts';
import { inRanges } from '../core/number-ranges.ts';
import { fixed, hundredths, MISSING, withDecimalPoint } from '../core/number-format.ts';
import type { Spread } from '../state/summary/summary.ts';
import { PAGE_WORDS } from './messages.ts';

export {
  compact,
  fixed,
  integer,
  percent,
  signed,
  signedEnd,
  signedPoints,
  signedPointsEnd,
} from '../core/number-format.ts';

/** "56.5" and "± 0.3", in per cent without the sign; a single value has no spread. */
export function percentParts(value: Spread | null, digits = 1): { mean: string; spread: string } {
  if (!value) return { mean: MISSING, spread: '' };
  return {
    mean: hundredths(value.mean, digits),
    spread: value.sd === null ? '' : `± ${hundredths(value.sd, digits)}`,
  };
}

/** "56.5 ± 0.3", see percentParts. */
export function percentSpread(value: Spread | null, digits = 1): string {
  const { mean, spread } = percentParts(value, digits);
  return spread ? `${mean} ${spread}` : mean;
}

/** Seconds as "0:21", "4:05" or "1:02:09". */
export function clock(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds)) return MISSING;
  const whole = Math.max(0, Math.round(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const [hours, minutes, rest] = parts;
  const two = (value: number): string => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** "about 40 s", "about 1 min", "about 14 min", "about 2 h": as exact as an estimate is. */
export function aboutTime(seconds: number): string {
  if (seconds < 45) return PAGE_WORDS.aboutSeconds(Math.max(10, 10 * Math.round(seconds / 10)));
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return PAGE_WORDS.aboutMinutes(Math.max(1, minutes));
  return PAGE_WORDS.aboutHours(Math.round(minutes / 60));
}

/** More numbers and ranges than these are only counted: nobody reads them, and a button would be as wide as the page. */
const MOST_SEEDS_NAMED = 6;

/** "seed 3", "seeds 0–5, 100", or "31 seeds" where there are too many to name. */
export function seedsText(seeds: readonly number[]): string {
  const named = inRanges(
    seeds.toSorted((a, b) => a - b),
    '–',
  );
  return named.length > MOST_SEEDS_NAMED
    ? PAGE_WORDS.seedCount(seeds.length)
    : PAGE_WORDS.seeds(seeds.length, named.join(', '));
}

export function date(iso: string): string {
  const parsed = new Date(iso);
  if (Number.isNaN(parsed.getTime())) return PAGE_WORDS.unknownDate;
  return parsed.toLocaleDateString(spokenWriting().tag, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

/** "0.43 ms", "12 ms" */
export const milliseconds = (value: number): string => `${fixed(value, value < 10 ? 2 : 0)} ms`;

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB'] as const;

/** Decimal units, three digits: "768 B", "1.57 MB". */
export function bytes(value: number): string {
  let unit = 0;
  let rest = value;
  while (rest >= 999.5 && unit < BYTE_UNITS.length - 1) {
    rest /= 1000;
    unit++;
  }
  return `${unit === 0 ? rest : withDecimalPoint(rest.toPrecision(3))} ${BYTE_UNITS[unit]}`;
}

/** More minutes ahead of a clock than two clocks of one device differ by themselves. */
const AHEAD = 5;

/** "just now", "3 minutes ago", "2 days ago"; of a time that is still to come, which a wrong clock wrote, that it is */
export function ago(then: Date, now: Date): string {
  const minutes = Math.floor((now.getTime() - then.getTime()) / 60_000);
  if (minutes < -AHEAD) return PAGE_WORDS.ahead;
  if (minutes < 1) return PAGE_WORDS.justNow;
  if (minutes < 60) return PAGE_WORDS.minutesAgo(minutes);
  if (minutes < 24 * 60) return PAGE_WORDS.hoursAgo(Math.floor(minutes / 60));
  return PAGE_WORDS.daysAgo(Math.floor(minutes / (24 * 60)));
}
