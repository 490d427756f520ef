import { counted } from '../core/counted.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { speak, speakEnglish } from '../core/language/catalogue.ts';
import {
  aboutTime,
  ago,
  bytes,
  clock,
  compact,
  date,
  milliseconds,
  percent,
  percentSpread,
  seedsText,
} from './format.ts';
import { page } from './messages.de.ts';

describe('format', () => {
  it('writes missing numbers as missing, not as zero', () => {
    for (const value of [null, undefined, NaN]) expect(percent(value)).toBe('–');
    expect(percentSpread(null)).toBe('–');
    expect(clock(null)).toBe('–');
    expect(date('nonsense')).toBe('unknown date');
  });

  it('says of an estimate no more than it knows', () => {
    expect([3, 38, 52, 75, 845, 5500, 9000].map(aboutTime)).toEqual([
      'about 10 s',
      'about 40 s',
      'about 1 min',
      'about 1 min',
      'about 14 min',
      'about 2 h',
      'about 3 h',
    ]);
  });

  it('gives a spread only where there is one', () => {
    expect(percentSpread({ mean: 0.5647, sd: 0.0031, n: 3 })).toBe('56.5 ± 0.3');
    expect(percentSpread({ mean: 0.5, sd: null, n: 1 })).toBe('50.0');
  });

  it('writes times, rates and counts as people do', () => {
    expect([5, 59.6, 65, 3725].map(clock)).toEqual(['0:05', '1:00', '1:05', '1:02:05']);
    expect([0.003, 0.00025, 0.05, 1].map(compact)).toEqual(['3e-3', '2.5e-4', '0.05', '1']);
    expect([counted(1, 'seed'), counted(2000, 'seed')]).toEqual(['1 seed', '2,000 seeds']);
  });

  it('names few seeds, in ranges, and counts many', () => {
    expect([seedsText([3]), seedsText([7, 6]), seedsText([2, 0, 1, 100])]).toEqual([
      'seed 3',
      'seeds 6, 7',
      'seeds 0–2, 100',
    ]);
    expect(seedsText(Array.from({ length: 31 }, (_, i) => 2 * i))).toBe('31 seeds');
  });

  it('says how long ago something was', () => {
    const now = new Date('2026-01-03T12:00:00Z');
    const texts = ['12:00:30', '11:59:01', '11:59:00', '11:00:01', '11:00:00'].map((time) =>
      ago(new Date(`2026-01-03T${time}Z`), now),
    );
    expect(texts).toEqual(['just now', 'just now', '1 minute ago', '59 minutes ago', '1 hour ago']);
    expect(ago(new Date('2026-01-01T12:00:00Z'), now)).toBe('2 days ago');
    // Written under a clock that was wrong.
    expect(ago(new Date('2026-01-04T12:00:00Z'), now)).toBe(
      'at a time that the clock of this device has not reached yet',
    );
  });
});

describe('in German', () => {
  beforeEach(() => speak('de', (area) => (area === 'page' ? page : null)));
  afterEach(speakEnglish);

  it('numbers have a comma, and words follow', () => {
    expect([bytes(1_570_000), milliseconds(0.434), aboutTime(840), seedsText([3]), seedsText([0, 1])]).toEqual([
      '1,57 MB',
      '0,43 ms',
      'etwa 14 min',
      'Seed 3',
      'Seeds 0, 1',
    ]);
    expect(date('2026-11-27T10:00:00Z')).toBe('27. Nov. 2026');
    const now = new Date('2026-11-27T10:00:00Z');
    const at = (iso: string): string => ago(new Date(iso), now);
    expect([at('2026-11-27T09:59:00Z'), at('2026-11-27T07:00:00Z'), at('2026-11-25T10:00:00Z')]).toEqual([
      'vor 1 Minute',
      'vor 3 Stunden',
      'vor 2 Tagen',
    ]);
  });
});
