/** The saved result of a map. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { MapResultSchema, type MapResult } from '../../src/study/map/map-result.ts';
import { savedMapFile, type MapPreset } from '../../src/study/map/presets.ts';

export const savedMap = (preset: MapPreset): MapResult =>
  v.parse(MapResultSchema, JSON.parse(readFileSync(path.join('public', savedMapFile(preset)), 'utf8')));
