/** What became of files that were brought, and what the top of the page says: it is told where the reader is, as what shows it may lie elsewhere. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Said } from '../../core/language/catalogue.ts';

/** What shows it: the element that bears this as `data-arrival`. */
export type ArrivalPlace = 'reading' | 'images' | 'refused' | 'pictures' | 'backbone' | 'adapters' | 'notices';

export interface Arrival {
  readonly say: Said;
  readonly place: ArrivalPlace;
}

/** The last one, until it is seen or dismissed. */
export const arrivalStore: StoreApi<{ readonly arrival: Arrival | null }> = createStore(() => ({ arrival: null }));

export function announce(place: ArrivalPlace, say: Said): Arrival {
  const arrival = { say, place };
  arrivalStore.setState({ arrival });
  return arrival;
}

/** @param which another may have followed it */
export const endArrival = (which: Arrival | null): void =>
  arrivalStore.setState((state) => (state.arrival === which ? { arrival: null } : state));
