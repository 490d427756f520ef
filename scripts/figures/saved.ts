/** Reads the page's saved results from their files. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { savedResultFile } from '../../src/state/page/saved-results.ts';
import type { Preset } from '../../src/study/presets/preset.ts';
import { StudyResultSchema, type StudyResult } from '../../src/study/result/result.ts';

export type SavedResults = (preset: Preset) => StudyResult;

export const savedFileOf = (preset: Preset): string => path.join('public', savedResultFile(preset));

/** @throws Error when there is none, or this version cannot read it. */
export const readSaved: SavedResults = (preset) =>
  v.parse(StudyResultSchema, JSON.parse(readFileSync(savedFileOf(preset), 'utf8')));
