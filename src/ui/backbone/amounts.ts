/** Formats bytes, parameter counts and durations for people. */
import { fixed, integer } from '../format.ts';

/** 2,212,000 → "2.2 MB", 605,000,000 → "605 MB", 1,500,000,000 → "1.5 GB". */
export function megabytes(bytes: number): string {
  if (bytes >= 1e9) return `${fixed(bytes / 1e9, 1)} GB`;
  return bytes < 1e7 ? `${fixed(bytes / 1e6, 1)} MB` : `${integer(bytes / 1e6)} MB`;
}

const UNITS = { k: 1, m: 2, g: 3, t: 4 } as const;

const AMOUNT = /^(\d*[.,]?\d+)\s*(?:([kmgt])(i?)b?)?$/i;

/** "1,500 MB" is one and a half or one and a half thousand: who writes decimals with a comma groups thousands with a dot, and the other way round. */
export const isAmbiguous = (text: string): boolean =>
  /^[1-9]\d{0,2}[.,]\d{3}$/.test(AMOUNT.exec(text.trim())?.[1] ?? '');

/** "1.5", "1,5 GB" and "1500 MB" → 1,500,000,000; null for what is no amount of memory, or one of two. Without a unit it is GB. */
export function readBytes(text: string): number | null {
  if (isAmbiguous(text)) return null;
  const [, digits, prefix = 'g', binary] = AMOUNT.exec(text.trim()) ?? [];
  const bytes =
    Number(digits?.replace(',', '.')) * (binary ? 1024 : 1000) ** UNITS[prefix.toLowerCase() as keyof typeof UNITS];
  return bytes >= 1 ? bytes : null;
}

/** An amount as readBytes takes it: 1,500,000,000 → "1.5", 1,234,000,000 → "1234 MB". */
export function typedBytes(bytes: number): string {
  const text = String(bytes / 1e9);
  return isAmbiguous(text) ? `${bytes / 1e6} MB` : text;
}

/** 5,720,000 → "5.7 M". */
export const millions = (count: number): string => `${fixed(count / 1e6, count < 1e8 ? 1 : 0)} M`;

/** 0.043 → "43 ms", 2.31 → "2.3 s", 250 → "4 min". */
export function stepTime(seconds: number): string {
  if (seconds < 1) return `${integer(1000 * seconds)} ms`;
  return seconds < 100 ? `${fixed(seconds, 1)} s` : `${integer(seconds / 60)} min`;
}
