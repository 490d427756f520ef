import { expect, test } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { on } from '../../../tests/support/study-stores.ts';
import type { StudyPhase } from '../../study/result/events.ts';
import { createCollectStore } from '../dataset/collect-store.ts';
import { createDatasetStore } from '../dataset/dataset-store.ts';
import { showResult, takeBack } from '../study/replace-shown.ts';
import { shownOf } from '../study/shown.ts';
import { createStudyStore, markKept } from '../study/study-store.ts';
import { followInTab, titleOf, type Tab } from './tab.ts';

const progress = { phase: 'train', done: 840, total: 2000, imagesPerSecond: null, remainingSeconds: null } as const;

function setUp() {
  const stores = on(createStudyStore());
  const listeners = new Set<(event: Pick<Event, 'preventDefault'>) => void>();
  const document = { title: '', hidden: false };
  const tab: Tab = {
    document,
    addEventListener: (_type, listener) => void listeners.add(listener),
    removeEventListener: (_type, listener) => void listeners.delete(listener),
  };
  let look = () => {};
  const [collect, dataset] = [createCollectStore(), createDatasetStore()];
  const end = followInTab({ ...stores, collect, dataset }, tab, (listener) => (look = listener));
  const leave = (): boolean => {
    let asked = false;
    listeners.forEach((listener) => listener({ preventDefault: () => (asked = true) }));
    return asked;
  };
  return { ...stores, collect, dataset, document, leave, look: () => look(), end };
}

test('the title gives share and phase', () => {
  expect(titleOf({ status: 'idle', progress: null }, null)).toBe('CopRA Playground');
  expect(titleOf({ status: 'idle', progress }, 'done')).toBe('✓ Done · CopRA Playground');
  expect(titleOf({ status: 'idle', progress }, 'failed')).toBe('✗ Stopped · CopRA Playground');
  expect(titleOf({ status: 'starting', progress: null }, null)).toBe('Starting · CopRA Playground');
  expect(titleOf({ status: 'running', progress }, null)).toBe('42 % · Train · CopRA Playground');
  expect(titleOf({ status: 'paused', progress }, null)).toBe('42 % · Paused · CopRA Playground');
});

test('the title names analyses as the page does, not by their ids', () => {
  const during = (phase: StudyPhase): string => titleOf({ status: 'running', progress: { ...progress, phase } }, null);
  expect(during('multitask')).toBe('42 % · Many tasks · CopRA Playground');
  expect(during('timeline')).toBe('42 % · Along training · CopRA Playground');
  expect(during('federated')).toBe('42 % · Federated · CopRA Playground');
  expect(during('test')).toBe('42 % · Test · CopRA Playground');
});

test('leaving is questioned while a study runs', () => {
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

test('leaving is questioned while a result is nowhere but here, also one that is put aside', () => {
  const { study, leave } = setUp();
  const result = studyResultFixture();
  study.setState({ source: 'link', result });
  expect(leave()).toBe(false);
  study.setState({ source: 'live', result: { ...result, runs: [] } });
  expect(leave()).toBe(false);
  study.setState({ result });
  expect(leave()).toBe(true);
  markKept(study, { ...result }); // a file of what it was earlier
  expect(leave()).toBe(true);
  markKept(study, result);
  expect(leave()).toBe(false);
  const stores = on(study);
  showResult(stores, studyResultFixture({ seed: 9 }), 'saved');
  expect(leave()).toBe(false);
  takeBack(stores);
  expect(leave()).toBe(false);
  study.setState({ result: { ...result } }); // it has changed since
  showResult(stores, studyResultFixture({ seed: 9 }), 'saved');
  expect(leave()).toBe(true);
});

test('leaving is questioned while a study is nowhere but here in whose place an evaluation is shown', () => {
  const { study, adapters, leave } = setUp();
  const trained = studyResultFixture();
  study.setState({ source: 'live', result: trained });
  adapters.setState({ shelved: shownOf(study.getState()) });
  const evaluated = studyResultFixture({ seed: 9 });
  study.setState({ result: evaluated });
  markKept(study, evaluated);
  expect(leave()).toBe(true);
  adapters.setState({ shelved: { ...shownOf(study.getState()), kept: trained, result: trained } });
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

test('a study that ends unseen has failed only where it did, whatever else went wrong while it ran', () => {
  const { study, document } = setUp();
  document.hidden = true;
  study.setState({ status: 'running', progress });
  study.setState({ error: () => 'a.zip was not opened: a study runs.' });
  study.setState({ status: 'idle' });
  expect(document.title).toBe('✓ Done · CopRA Playground');
  study.setState({ status: 'running' });
  study.setState({ status: 'idle', error: () => 'Out of memory.' });
  expect(document.title).toBe('✗ Stopped · CopRA Playground');
});

test('leaving is questioned while collected pictures, or changes of own images, are nowhere but here', () => {
  const { collect, dataset, leave } = setUp();
  collect.add([new Blob()]);
  expect(leave()).toBe(true);
  expect(collect.use()).toHaveLength(1);
  expect(leave()).toBe(true);
  dataset.kept('copy');
  expect(leave()).toBe(false);
  collect.add([new Blob()]); // no copy has this one
  expect(leave()).toBe(true);
  collect.clear();
  expect(leave()).toBe(false);
  dataset.hold({ test: 0.3, validation: 0.1 });
  expect(leave()).toBe(true);
  dataset.clear();
  expect(leave()).toBe(false);
});
