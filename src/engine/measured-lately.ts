/**
 * Days for which what was measured on a device holds. Browsers do not tell the version of a driver: a newer one may be wrong in what was right, or fast in what was
 * slow.
 */
const DAYS = 30;

/** Whether what was found at a date (ISO 8601) still holds. @param now milliseconds since 1970; a date that is none never holds */
export const isMeasuredLately = (date: string, now: number): boolean => now - Date.parse(date) <= DAYS * 24 * 3_600_000;
