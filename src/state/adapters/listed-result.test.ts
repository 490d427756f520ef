import { expect, it } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { on } from '../../../tests/support/study-stores.ts';
import type { RunResult } from '../../study/result/result.ts';
import { showResult } from '../study/replace-shown.ts';
import { createStudyStore, reduceEvent } from '../study/study-store.ts';
import { listedResult } from './listed-result.ts';

it('changes with what the list of adapters says, and with nothing else that a running study tells', () => {
  const store = createStudyStore();
  const select = listedResult();
  expect(select(store.getState())).toBeNull();
  const whole = studyResultFixture();
  showResult(on(store), { ...whole, runs: whole.runs.map((run) => ({ ...run, test: null })) }, 'saved');
  const before = select(store.getState());
  expect(before).not.toBeNull();
  const [run] = whole.runs;
  const tell = (found: RunResult): void =>
    store.setState(
      reduceEvent(store.getState(), { type: 'found', part: 'runs', found: [found], identity: ['arm', 'seed'] }),
    );
  tell({ ...run, test: null, losses: [0.5], lossSteps: [9] });
  expect(store.getState().result).not.toBe(before);
  expect(select(store.getState())).toBe(before);
  tell(run);
  const after = select(store.getState());
  expect(after).not.toBe(before);
  expect(after?.runs[0].test).toEqual(run.test);
});
