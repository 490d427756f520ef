/** What became of files that were brought: it is told where the reader is, as what shows them may lie elsewhere on the page. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Said } from '../../core/language/catalogue.ts';

/** What shows it: the element that bears this as `data-arrival`. */
export type ArrivalPlace = 'reading' | 'images' | 'refused' | 'pictures' | 'backbone' | 'adapters' | 'error';

export interface Arrival {
  readonly say: Said;
  readonly place: ArrivalPlace;
}

/** The last one, until it is seen or dismissed. */
export const arrivalStore: StoreApi<{ readonly arrival: Arrival | null }> = createStore(() => ({ arrival: null }));

export const announce = (place: ArrivalPlace, say: Said): void => arrivalStore.setState({ arrival: { say, place } });

/** @param which another may have followed it */
export const endArrival = (which: Arrival | null): void =>
  arrivalStore.setState((state) => (state.arrival === which ? { arrival: null } : state));
