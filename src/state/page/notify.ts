/** Notifies readers whose attention is elsewhere that their study has ended, if they asked for it. */
import { shownTask } from '../../data/bundled/task-names.ts';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { randomId } from '../../platform/random-id.ts';
import { failureAt, type StudyStore } from '../study/study-store.ts';
import { PAGE_STATE_WORDS } from './messages.ts';

/** 'unable': the browser has no notifications, or no study has begun; 'blocked': the reader denied them for this site. */
export type NotifyState = 'unable' | 'off' | 'on' | 'blocked';

/** The part of the browser that shows notifications. */
export interface Notifier {
  /** Null where notifications are unsupported. */
  readonly permission: NotificationPermission | null;
  request(): Promise<NotificationPermission>;
  show(title: string, body: string): Promise<void>;
  /** True while the page is hidden. */
  readonly hidden: boolean;
}

export interface NotifyStore extends StoreApi<{ readonly notify: NotifyState }> {
  /** Requests permission; called only when the reader presses the control. */
  turnOn(): Promise<void>;
  turnOff(): void;
}

function offered({ permission }: Notifier): NotifyState {
  if (permission === null) return 'unable';
  return permission === 'denied' ? 'blocked' : 'off';
}

export function createNotifyStore(study: StudyStore, notifier: Notifier): NotifyStore {
  const store = createStore<{ notify: NotifyState }>(() => ({ notify: 'unable' }));
  study.subscribe((state, before) => {
    // Not during page load: the query needs another browser process.
    const began = state.status !== 'idle' && before.status === 'idle';
    if (began && store.getState().notify !== 'on') store.setState({ notify: offered(notifier) });
    const ended = state.status === 'idle' && before.status !== 'idle';
    if (!ended || store.getState().notify !== 'on' || !notifier.hidden) return;
    const words = PAGE_STATE_WORDS.notification;
    const failure = failureAt(state, before);
    const [title, body] = failure
      ? [words.stopped, failure()]
      : [words.finished, words.ready(state.result && shownTask(state.result.config.task, state.result.task.name))];
    void notifier.show(title, body).catch(() => store.setState({ notify: 'blocked' }));
  });
  return {
    ...store,
    async turnOn() {
      const permission = notifier.permission === 'granted' ? 'granted' : await notifier.request();
      store.setState({ notify: permission === 'granted' ? 'on' : permission === 'denied' ? 'blocked' : 'off' });
    },
    turnOff: () => store.setState({ notify: 'off' }),
  };
}

/** Android shows notifications from service workers only, and the worker knows which tab a press leads back to; where there is none, the page shows its own. */
export function browserNotifier(icon: string): Notifier {
  // The next study replaces what was told of the one before, in this tab alone: other tabs have their own studies.
  const tag = `copra-study ${randomId()}`;
  return {
    get permission() {
      return 'Notification' in window ? Notification.permission : null;
    },
    request: () => Notification.requestPermission(),
    async show(title, body) {
      // Without permission neither the worker nor the constructor says that nothing is shown.
      if (Notification.permission !== 'granted') throw new Error('blocked');
      // Without `renotify`, browsers replace a notification without a sound, and nobody sees that another study has ended.
      const options = { body, icon, tag, renotify: true };
      const registration = await navigator.serviceWorker?.getRegistration();
      if (registration?.active) registration.active.postMessage({ type: 'notify', title, options });
      else new Notification(title, options).onclick = () => window.focus();
    },
    get hidden() {
      return document.hidden;
    },
  };
}
