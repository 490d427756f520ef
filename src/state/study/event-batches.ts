/** Brings the events of a study to the page, several at a time: charts redraw at most four times a second, because Plotly's memory grows above that. */
import type { StudyEvent } from '../../study/result/events.ts';
import { reduceEvent, type StudyStore } from './study-store.ts';

const BATCH_MS = 250;

interface EventBatches {
  readonly receive: (event: StudyEvent) => void;
  /** Shows what has been received. */
  readonly flush: () => void;
}

export function createEventBatches(store: StudyStore): EventBatches {
  let queue: StudyEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | null = null;

  const flush = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const events = queue;
    queue = [];
    if (events.length > 0) store.setState(events.reduce(reduceEvent, store.getState()));
  };

  return {
    receive(event) {
      queue.push(event);
      if (event.type === 'started' || event.type === 'finished') flush();
      else timer ??= setTimeout(flush, BATCH_MS);
    },
    flush,
  };
}
