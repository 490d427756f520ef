import { expect, test } from 'vitest';
import type { Keeper } from './keeper.ts';
import { chooseStudyOpen, closeSheet, createStudyFold, needStudyOpen, openSheet } from './study-fold.ts';

function keeper(): NonNullable<Keeper> {
  const kept = new Map<string, string>();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, text) => void kept.set(key, text) };
}

const isOpen = (search: string, storage: Keeper = null): boolean => createStudyFold(search, storage).getState().isOpen;

test('the study is folded until somebody unfolds it, and stays as it was left', () => {
  const storage = keeper();
  const first = createStudyFold('', storage);
  expect(first.getState().isOpen).toBe(false);
  chooseStudyOpen(first, true);
  expect(isOpen('', storage)).toBe(true);
  const second = createStudyFold('', storage);
  chooseStudyOpen(second, false);
  expect(second.getState().isOpen).toBe(false);
  expect(isOpen('', storage)).toBe(false);
});

test('an address about settings unfolds it, for this visit', () => {
  const storage = keeper();
  for (const search of ['?steps=50', '?stpes=50', '?map=regime-map', '?lock=training', '?hide=gpu,device'])
    expect(isOpen(search, storage), search).toBe(true);
  for (const search of ['', '?preset=full', '?theme=dark', '?lang=de', '?lesson=two-seeds'])
    expect(isOpen(search, storage), search).toBe(false);
  expect(isOpen('', storage)).toBe(false);
});

test('what only the settings show unfolds it, for this visit', () => {
  const storage = keeper();
  const store = createStudyFold('', storage);
  needStudyOpen(store);
  expect(store.getState().isOpen).toBe(true);
  expect(isOpen('', storage)).toBe(false);
});

test('needs no storage', () => {
  const broken: Keeper = {
    getItem: () => {
      throw new Error('forbidden');
    },
    setItem: () => {
      throw new Error('full');
    },
  };
  const store = createStudyFold('', broken);
  chooseStudyOpen(store, true);
  expect(store.getState().isOpen).toBe(true);
});

test('a sheet is not remembered, and folds what was needed while it was open', () => {
  const storage = keeper();
  const store = createStudyFold('', storage);
  openSheet(store);
  needStudyOpen(store);
  expect(store.getState()).toMatchObject({ isSheet: true, isOpen: true });
  closeSheet(store);
  expect(store.getState()).toMatchObject({ isSheet: false, isOpen: false });
  expect(isOpen('', storage)).toBe(false);
});
