import { expect, it } from 'vitest';
import type { TuningRecord } from '../../engine/kernel-tuning.ts';
import { createKernelRecords } from './kernel-records.ts';

const NOW = Date.parse('2026-01-02T03:04:05Z');
const card = (key: string, date: string): TuningRecord => ({
  ...{ version: 1, key, device: `the card ${key}`, date, faults: {} },
  sites: { 'matmul 4 to 4': { form: null, usual: '8×8', milliseconds: [1, 1], error: 0 } },
});
const OLD = card('old', '2025-01-01T00:00:00.000Z');

/** What a browser keeps. */
function shelfOf(...records: readonly TuningRecord[]) {
  const kept = new Map(records.map((record) => [record.key, record]));
  return {
    all: () => Promise.resolve([...kept.values()].sort((a, b) => b.date.localeCompare(a.date))),
    save: (record: TuningRecord) => Promise.resolve(void kept.set(record.key, record)),
    remove: (key: string) => Promise.resolve(void kept.delete(key)),
  };
}

it('the latest record is shown; a file becomes the latest, and forgetting it brings the one before', async () => {
  const records = createKernelRecords(shelfOf(OLD), () => NOW);
  await records.refresh();
  expect(records.getState()).toEqual({ record: OLD, outcome: null });
  await records.open(new Blob([JSON.stringify(card('new', '2024-01-01T00:00:00.000Z'))]));
  const { record, outcome } = records.getState();
  expect(outcome).toEqual({ kind: 'opened', device: 'the card new' });
  expect(record).toMatchObject({ key: 'new', date: '2026-01-02T03:04:05.000Z' });
  await records.forget(record!);
  expect(records.getState()).toEqual({ record: OLD, outcome: { kind: 'forgotten' } });
});

it('a file of something else is kept nowhere', async () => {
  const records = createKernelRecords(shelfOf(OLD));
  await records.open(new Blob(['{"version": 1}']));
  expect(records.getState()).toEqual({ record: OLD, outcome: { kind: 'foreign' } });
});

it('a browser that keeps nothing has nothing to show, and says so of what is to be kept', async () => {
  const no = () => Promise.reject(new Error('It keeps nothing.'));
  const records = createKernelRecords({ all: no, save: no, remove: no });
  await records.refresh();
  expect(records.getState()).toEqual({ record: null, outcome: null });
  await records.open(new Blob([JSON.stringify(OLD)]));
  const { record, outcome } = records.getState();
  expect(record).toBeNull();
  expect(outcome?.kind === 'failed' && outcome.why()).toBe('It keeps nothing.');
});

it('of two readings the newer one counts, whichever ends first', async () => {
  const answers: ((records: TuningRecord[]) => void)[] = [];
  const shelf = { ...shelfOf(), all: () => new Promise<TuningRecord[]>((resolve) => void answers.push(resolve)) };
  const records = createKernelRecords(shelf);
  const readings = [records.refresh(), records.refresh()];
  answers[1]([OLD]);
  answers[0]([]);
  await Promise.all(readings);
  expect(records.getState().record).toEqual(OLD);
});
