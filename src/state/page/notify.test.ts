import { describe, expect, it, test, vi } from 'vitest';
import { browserNotifier, createNotifyStore, type Notifier } from './notify.ts';
import { createStudyStore } from '../study/study-store.ts';
import { PATIENT } from '../../../tests/support/patient.ts';

function setUp(permission: NotificationPermission | null, answer: NotificationPermission = 'granted') {
  const study = createStudyStore();
  const notifier = {
    permission,
    hidden: true as boolean,
    request: vi.fn(() => Promise.resolve(answer)),
    show: vi.fn<Notifier['show']>(() => Promise.resolve()),
  } satisfies Notifier;
  const store = createNotifyStore(study, notifier);
  const endStudy = (error: string | null = null) => {
    study.setState({ status: 'running', error: null });
    study.setState({ status: 'idle', error: error === null ? null : () => error });
  };
  return { study, notifier, store, endStudy, state: () => store.getState().notify };
}

test('nothing is asked and nothing shown unless somebody asks for it', () => {
  const { notifier, endStudy, state } = setUp('default');
  endStudy();
  expect(state()).toBe('off');
  expect(notifier.request).not.toHaveBeenCalled();
  expect(notifier.show).not.toHaveBeenCalled();
});

test('a study that ends unseen is told, a failed one with its reason; one that is watched is not', async () => {
  const { notifier, store, endStudy, state } = setUp('default');
  await store.turnOn();
  expect(state()).toBe('on');
  endStudy();
  expect(notifier.show).toHaveBeenLastCalledWith('The study is finished', expect.any(String));
  endStudy('The device is gone.');
  expect(notifier.show).toHaveBeenLastCalledWith('The study stopped', 'The device is gone.');
  notifier.hidden = false;
  endStudy();
  notifier.hidden = true;
  store.turnOff();
  endStudy();
  expect(notifier.show).toHaveBeenCalledTimes(2);
});

test('a study that is finished is not said to have stopped by what else went wrong while it ran', async () => {
  const { study, notifier, store } = setUp('granted');
  await store.turnOn();
  study.setState({ status: 'running', error: null });
  study.setState({ error: () => 'a.zip was not opened: a study runs.' });
  study.setState({ status: 'idle' });
  expect(notifier.show).toHaveBeenLastCalledWith('The study is finished', expect.any(String));
});

test('permission that was given is not asked for again; refusal is told', async () => {
  const granted = setUp('granted');
  await granted.store.turnOn();
  expect(granted.notifier.request).not.toHaveBeenCalled();
  const refused = setUp('default', 'denied');
  await refused.store.turnOn();
  expect(refused.state()).toBe('blocked');
  const put = setUp('default', 'default');
  await put.store.turnOn();
  expect(put.state()).toBe('off');
});

describe('a browser', () => {
  const worker = { postMessage: vi.fn() };
  const made = vi.fn<(title: string, options: NotificationOptions) => void>();
  /** One with a service worker, or without. */
  const browserWith = (permission: NotificationPermission, active: typeof worker | null): Notifier => {
    class Notification {
      static readonly permission = permission;
      constructor(title: string, options: NotificationOptions) {
        made(title, options);
      }
    }
    vi.stubGlobal('Notification', Notification);
    const registration = active && { active };
    vi.stubGlobal('navigator', { serviceWorker: { getRegistration: () => Promise.resolve(registration) } });
    return browserNotifier('icon.png');
  };

  it.each([worker, null])('whose permission was revoked refuses, and shows nothing', async (active) => {
    await expect(browserWith('default', active).show('Done', 'x')).rejects.toThrow('blocked');
    await expect(browserWith('denied', active).show('Done', 'x')).rejects.toThrow('blocked');
    expect(worker.postMessage).not.toHaveBeenCalled();
    expect(made).not.toHaveBeenCalled();
  });

  it.each([worker, null])('replaces what its own tab told of the study before, and says so aloud', async (active) => {
    const shown: (NotificationOptions & { readonly renotify?: boolean })[] = [];
    worker.postMessage.mockImplementation(({ options }: { options: NotificationOptions }) => shown.push(options));
    made.mockImplementation((_title, options) => void shown.push(options));
    const [tab, otherTab] = [browserWith('granted', active), browserWith('granted', active)];
    for (const browser of [tab, tab, otherTab]) await browser.show('Done', 'x');
    const [first, second, ofOther] = shown.map(({ tag }) => tag);
    expect(first).toEqual(expect.any(String));
    expect(second).toBe(first);
    expect(ofOther).not.toBe(first);
    expect(shown.map(({ renotify }) => renotify)).toEqual([true, true, true]);
  });
});

test('what the browser allows is looked up when a study begins, not before', () => {
  for (const [permission, offered] of [
    ['denied', 'blocked'],
    [null, 'unable'],
    ['granted', 'off'],
  ] as const) {
    const { endStudy, state } = setUp(permission);
    expect(state()).toBe('unable');
    endStudy();
    expect(state()).toBe(offered);
  }
});

test('a notification that cannot be shown breaks nothing', async () => {
  const { notifier, store, endStudy, state } = setUp('granted');
  await store.turnOn();
  notifier.show.mockRejectedValueOnce(new TypeError('no'));
  endStudy();
  await vi.waitFor(() => expect(state()).toBe('blocked'), PATIENT);
});
