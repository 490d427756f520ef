const DAY_MS = 24 * 3_600_000;

/**
 * Days for which what was measured on a device holds. Browsers do not tell the version of a driver: a newer one may be wrong in what was right, or fast in what was
 * slow.
 */
const DAYS = 30;

/**
 * Whether a date (ISO 8601) lies so few days back. One that lies further ahead than a day was written by a clock that was wrong, so nobody knows how old it is.
 * @param now milliseconds since 1970; a date that is none is never within
 */
export function isWithinDays(date: string, days: number, now: number): boolean {
  const age = now - Date.parse(date);
  return age >= -DAY_MS && age <= days * DAY_MS;
}

/** Whether what was found at a date still holds. */
export const isMeasuredLately = (date: string, now: number): boolean => isWithinDays(date, DAYS, now);
