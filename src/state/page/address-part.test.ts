import { expect, it, vi } from 'vitest';
import { queryWith, writeInAddress } from './address-part.ts';

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
