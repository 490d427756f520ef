import { expect, it, vi } from 'vitest';
import { followSheet, queryWith, writeInAddress } from './address-part.ts';
import { closeSheet, createStudyFold, openSheet } from './study-fold.ts';

it('puts a key in front of other parts, which stay as they are', () => {
  expect(queryWith('', 'map', 'regime-map')).toBe('?map=regime-map');
  expect(queryWith('?shots=8&lr=0.01&prompts=a%20{}', 'map', 'regime-map')).toBe(
    '?map=regime-map&shots=8&lr=0.01&prompts=a%20{}',
  );
  expect(queryWith('?map=old&shots=8&mapping=1', 'map', 'new')).toBe('?map=new&shots=8&mapping=1');
  expect(queryWith('?map=old&shots=8', 'map', null)).toBe('?shots=8');
  expect(queryWith('?map', 'map', null)).toBe('');
});

it('writes it into the address', () => {
  const replaceState = vi.fn();
  const browser = { location: { pathname: '/page/', search: '?steps=3', hash: '#results' }, history: { replaceState } };
  writeInAddress(browser, 'search', 'plenty');
  expect(replaceState).toHaveBeenCalledWith(null, '', '/page/?search=plenty&steps=3#results');
});

it('writes again, once a sheet is left, what was chosen in it, and nothing else', () => {
  const location = { pathname: '/', search: '?map=treasure', hash: '' };
  const replaceState = vi.fn((_: unknown, __: string, address?: string | URL | null) => {
    location.search = String(address).slice(1);
  });
  const fold = createStudyFold('', { getItem: () => null, setItem: () => undefined });
  let shown: string | null = null;
  followSheet(fold, { location, history: { replaceState } }, 'map', () => shown);
  // The address names a map that there is not.
  openSheet(fold);
  closeSheet(fold);
  expect(replaceState).not.toHaveBeenCalled();
  openSheet(fold);
  shown = 'regime-map';
  closeSheet(fold);
  expect(location.search).toBe('?map=regime-map');
  openSheet(fold);
  shown = null;
  closeSheet(fold);
  expect(location.search).toBe('');
});
