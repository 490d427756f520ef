import { expect, test, vi } from 'vitest';
import { twoOwnImages } from '../../../tests/support/own-images.ts';
import type { CheckpointHead } from '../../study/checkpoint/checkpoint.ts';
import type { DatasetStore } from '../dataset/dataset-store.ts';
import { resumeStudy } from './resume-study.ts';
import { setUp, started } from './test-client.ts';

const images = twoOwnImages(1);

/** A page that is offered a study of own images. */
function offered(phase: 'empty' | 'ready' = 'empty') {
  const page = setUp();
  const { store: study, controller } = page;
  const restore = vi.fn(() => Promise.resolve());
  const dataset = { getState: () => ({ phase }), restore } as unknown as DatasetStore;
  const { config } = study.getState();
  const head = { config: { ...config, task: 'dropped' } } as CheckpointHead;
  const interrupted = { images: () => Promise.resolve(images) };
  const resume = () => resumeStudy({ study, controller, interrupted, dataset }, { id: 'a', head }, false);
  return { ...page, study, restore, config, resume };
}

test.each(['empty', 'ready'] as const)(
  'a study that another tab runs brings nothing of its own: task %s',
  async (phase) => {
    const { answers, study, restore, config, resume } = offered(phase);
    answers.continue.mockRejectedValue(new Error('elsewhere'));
    await resume();
    expect(restore).not.toHaveBeenCalled();
    expect(study.getState()).toMatchObject({ config, notices: [], status: 'idle' });
    expect(study.getState().error?.()).toBe('elsewhere');
  },
);

test('its images come once it has begun, or it is said that others lie under Task', async () => {
  for (const phase of ['empty', 'ready'] as const) {
    const { answers, study, restore, resume } = offered(phase);
    let end = (): void => undefined;
    answers.continue.mockImplementation(() => new Promise<void>((resolve) => (end = resolve)));
    const resuming = resume();
    await new Promise((resolve) => setTimeout(resolve));
    expect([restore.mock.calls, study.getState().notices]).toEqual([[], []]);
    answers.continue.mock.calls[0][1].onNews?.(started);
    await vi.waitFor(() => expect(restore.mock.calls.length + study.getState().notices.length).toBe(1));
    expect(restore).toHaveBeenCalledTimes(phase === 'empty' ? 1 : 0);
    end();
    await resuming;
  }
});

test('one that is offered while another runs begins nothing', async () => {
  const { answers, controller, restore, send, resume, study } = offered();
  void controller.run(null);
  send(started);
  await resume();
  expect(answers.continue).not.toHaveBeenCalled();
  expect(restore).not.toHaveBeenCalled();
  expect(study.getState().status).toBe('running');
});
