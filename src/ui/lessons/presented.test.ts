import { expect, it } from 'vitest';
import { stepAt } from '../../lessons/course/test-lessons.ts';
import { keepsKey, presentedBy, presenterAction } from './presented.ts';

it('knows the keys of keyboards and of presenting remotes', () => {
  for (const key of ['ArrowRight', 'PageDown', ' ', 'Enter'])
    expect(presenterAction(key, 3)).toEqual({ kind: 'forward' });
  expect(presenterAction('R', 3)).toEqual({ kind: 'run' });
  expect(presenterAction('s', 0)).toEqual({ kind: 'stop' });
  expect(presenterAction('2', 3)).toEqual({ kind: 'choose', choice: 1 });
  expect(presenterAction('4', 3)).toBeNull();
  expect(presenterAction('x', 3)).toBeNull();
});

it('leaves focused buttons and fields their keys', () => {
  for (const key of ['ArrowLeft', 'ArrowRight', 'Enter', ' ', '1', 'r']) expect(keepsKey('INPUT', key)).toBe(true);
  for (const key of ['PageDown', 'PageUp', 'Escape']) expect(keepsKey('INPUT', key)).toBe(false);
  expect([keepsKey('BUTTON', 'Enter'), keepsKey('BUTTON', 'ArrowRight'), keepsKey('H2', 'Enter')]).toEqual([
    true,
    false,
    false,
  ]);
});

it('shows beside a step its chart, the curves of a run or the map, and nothing that the link hides', () => {
  const [chart, run, map, text] = ['two-seeds/why', 'two-seeds/run', 'honest/map', 'merging/clients'].map(stepAt);
  expect(presentedBy(chart, [])?.view?.id).toBe('landscape');
  expect(presentedBy(run, [])?.part).toBe('curves');
  expect(presentedBy(map, [])).toEqual({ part: 'map', view: null });
  expect(presentedBy(text, [])).toBeNull();
  expect(presentedBy(chart, ['landscape'])).toBeNull();
  expect(presentedBy(run, ['curves'])).toBeNull();
  expect(presentedBy(map, ['map'])).toBeNull();
  expect(presentedBy(chart, ['curves'])?.part).toBe('landscape');
});
