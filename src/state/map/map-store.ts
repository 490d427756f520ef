/** Which map the page shows, its saved result, and the cells that were computed here. Its commands (map-commands.ts) are loaded with the figure. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Said } from '../../core/language/catalogue.ts';
import type { CellPlace } from '../../study/map/cells.ts';
import type { MapResult } from '../../study/map/map-result.ts';
import { MAP_PRESETS, type MapPreset } from '../../study/map/presets.ts';
import { writeInAddress, type AddressBar } from '../page/address-part.ts';

type MapSource = 'saved' | 'own';

export interface MapState {
  /** The map on the page; null: none. */
  readonly preset: MapPreset | null;
  /** The result that comes with the page; null until it is read, or where there is none. */
  readonly saved: MapResult | null;
  /** The cells computed here; null until those of earlier visits are read. */
  readonly own: MapResult | null;
  /** Those of them that no file of this page holds: they are being written, or could not be. */
  readonly unwritten: readonly CellPlace[];
  readonly source: MapSource;
  /** Id of the measure that is read; null: the first that the map has. */
  readonly measure: string | null;
  /** The cell whose study runs in the course of the map; null while none does. */
  readonly underWay: CellPlace | null;
  /** How many cells were left to other tabs, which computed them when this one had done all else. */
  readonly elsewhere: number;
  /** Names of kept files that hold no cells of this map: it had other settings when they were computed, or they are damaged. */
  readonly unfit: readonly string[];
  /** Why the result that comes with the page is not there. */
  readonly notRead: Said | null;
  /** Why cells computed here are not kept for the next visit. */
  readonly notKept: Said | null;
}

/** The saved cells or those computed here, as the reader chose; null until they are read. */
export const shownMap = ({ saved, own, source }: Pick<MapState, 'saved' | 'own' | 'source'>): MapResult | null =>
  source === 'saved' ? saved : own;

export type MapStore = StoreApi<MapState>;

const NONE: MapState = {
  preset: null,
  saved: null,
  own: null,
  source: 'saved',
  measure: null,
  underWay: null,
  elsewhere: 0,
  unwritten: [],
  unfit: [],
  notRead: null,
  notKept: null,
};

/** The key of addresses that names the map shown. */
export const MAP_KEY = 'map';

/** @param search query of the address */
export function createMapStore(search: string): MapStore {
  const id = new URLSearchParams(search).get(MAP_KEY);
  return createStore<MapState>(() => ({ ...NONE, preset: MAP_PRESETS.find((preset) => preset.id === id) ?? null }));
}

/** What the address says of it. */
export const mapInAddress = ({ preset }: Pick<MapState, 'preset'>): string | null => preset?.id ?? null;

/** Shows a map, or none (null). One that is running goes on until its study ends. */
export function showMap(store: MapStore, browser: AddressBar, preset: MapPreset | null): void {
  writeInAddress(browser, MAP_KEY, mapInAddress({ preset }));
  if (store.getState().preset !== preset) store.setState({ ...NONE, preset });
}
