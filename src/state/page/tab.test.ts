import { expect, test } from 'vitest';
import { createStudyStore } from '../study/study-store.ts';
import { followInTab, titleOf, type Tab } from './tab.ts';

const progress = { phase: 'train', done: 840, total: 2000, imagesPerSecond: null, remainingSeconds: null } as const;

function setUp() {
  const study = createStudyStore();
  const listeners = new Set<(event: Pick<Event, 'preventDefault'>) => void>();
  const document = { title: '', hidden: false };
  const tab: Tab = {
    document,
    addEventListener: (_type, listener) => void listeners.add(listener),
    removeEventListener: (_type, listener) => void listeners.delete(listener),
  };
  let look = () => {};
  const end = followInTab(study, tab, (listener) => (look = listener));
  const leave = (): boolean => {
    let asked = false;
    listeners.forEach((listener) => listener({ preventDefault: () => (asked = true) }));
    return asked;
  };
  return { study, document, leave, look: () => look(), end };
}

test('the title gives share and phase', () => {
  expect(titleOf({ status: 'idle', progress: null, error: null }, false)).toBe('CopRA Playground');
  expect(titleOf({ status: 'idle', progress, error: null }, true)).toBe('✓ Done · CopRA Playground');
  expect(titleOf({ status: 'idle', progress, error: 'Out of memory.' }, true)).toBe('✗ Stopped · CopRA Playground');
  expect(titleOf({ status: 'starting', progress: null, error: null }, false)).toBe('Starting · CopRA Playground');
  expect(titleOf({ status: 'running', progress, error: null }, false)).toBe('42 % · Train · CopRA Playground');
  expect(titleOf({ status: 'paused', progress, error: null }, false)).toBe('42 % · Paused · CopRA Playground');
});

test('leaving is questioned exactly while a study runs', () => {
  const { study, leave, end } = setUp();
  expect(leave()).toBe(false);
  for (const status of ['starting', 'running', 'paused', 'stopping'] as const) {
    study.setState({ status });
    expect(leave()).toBe(true);
  }
  study.setState({ status: 'idle' });
  expect(leave()).toBe(false);
  study.setState({ status: 'running' });
  end();
  expect(leave()).toBe(false);
});

test('a study that ends unseen is marked until somebody looks', () => {
  const { study, document, look } = setUp();
  study.setState({ status: 'running', progress });
  study.setState({ status: 'idle', progress: null });
  expect(document.title).toBe('CopRA Playground');
  study.setState({ status: 'running', progress });
  document.hidden = true;
  study.setState({ status: 'idle', progress: null });
  expect(document.title).toBe('✓ Done · CopRA Playground');
  document.hidden = false;
  look();
  expect(document.title).toBe('CopRA Playground');
});
