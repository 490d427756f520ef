import { useStore } from 'zustand/react';
import type { SavedStudy } from '../../study/checkpoint/checkpoint-store.ts';
import { cellsOf } from '../../study/map/cells.ts';
import { missingCells } from '../../study/map/map-result.ts';
import type { MapPreset } from '../../study/map/presets.ts';
import { useServices } from '../context.ts';

export interface MapProgress {
  /** Cells of the map. */
  readonly total: number;
  /** Those that were computed here. */
  readonly done: number;
  /** The study of the cell in which it was interrupted; null: none is saved. */
  readonly cut: SavedStudy | null;
}

/** How far the reader has come with a map. */
export function useMapProgress(preset: MapPreset): MapProgress {
  const { maps, interrupted } = useServices();
  const own = useStore(maps, (state) => state.own);
  const cut = useStore(interrupted, ({ studies }) => studies.find(({ head }) => head.map === preset.id)) ?? null;
  const total = cellsOf(preset.config).length;
  return { total, done: own ? total - missingCells(own).length : 0, cut };
}
