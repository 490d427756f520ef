/**
 * Identifies the content of a file: our study, result or settings, a search for a schedule, or something else. Runs in study-file.worker.ts, because files may be large, or maliciously
 * so.
 */
import { errorText } from '../../core/error-text.ts';
import { createHasher } from '../../platform/sha256.ts';
import {
  StudyFileError,
  parseConfig,
  parseResult,
  settingsProblems,
  unpackStudy,
  type OpenedStudyFile,
} from './study-file.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { isLikeSearch, readSearch } from '../../study/schedules/read-search.ts';
import type { ScheduleSearch } from '../../study/schedules/schedule-search.ts';
import { SHARE_CHECKS } from '../words.ts';

export type FoundStudy =
  | ({ readonly kind: 'study'; readonly fingerprint: string } & OpenedStudyFile)
  | {
      readonly kind: 'result';
      readonly fingerprint: string;
      readonly result: StudyResult;
      readonly problems: readonly string[];
    }
  | { readonly kind: 'config'; readonly config: StudyConfig; readonly problems: readonly string[] }
  | { readonly kind: 'search'; readonly search: ScheduleSearch };

/** Equal for equal results, whatever file they come from. */
async function fingerprintOf(result: StudyResult): Promise<string> {
  const hasher = await createHasher();
  hasher.update(new TextEncoder().encode(JSON.stringify(result)));
  return hasher.digest();
}

/** Settings have arms, results have runs, searches have candidates and rungs. Other JSON is not ours. @throws Error for a search that is damaged */
async function fromJson(text: string): Promise<FoundStudy | null> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  if ('config' in value && 'runs' in value) {
    const result = parseResult(value);
    return {
      kind: 'result',
      result,
      fingerprint: await fingerprintOf(result),
      problems: settingsProblems(result.config),
    };
  }
  if (isLikeSearch(value)) return { kind: 'search', search: readSearch(value) };
  const config = parseConfig(value);
  return config && { kind: 'config', config, problems: settingsProblems(config) };
}

/**
 * @param kind what its name says it is; a zip is known to begin like a study
 * @returns null for JSON that is not ours
 * @throws StudyFileError saying why a file of ours cannot be opened
 */
export async function readStudy(kind: 'zip' | 'json', file: Blob): Promise<FoundStudy | null> {
  if (kind === 'json') return fromJson(await file.text());
  try {
    const opened = await unpackStudy(file);
    return { kind: 'study', ...opened, fingerprint: await fingerprintOf(opened.result) };
  } catch (error) {
    if (error instanceof StudyFileError) throw error;
    throw new StudyFileError(SHARE_CHECKS.damagedBecause(errorText(error)));
  }
}
