/** What the page says of itself: in the tab of the browser, in notifications, and of addresses that it opens. */
import { counted } from '../../core/counted.ts';
import { catalogue } from '../../core/language/catalogue.ts';

export const PAGE_STATE_WORDS = catalogue('pageState', {
  tab: {
    stopped: 'Stopped',
    done: 'Done',
    starting: 'Starting',
    paused: 'Paused',
  },
  /** What a study does before its analyses, which have names of their own. */
  phases: { prepare: 'Prepare', train: 'Train', test: 'Test' },
  notification: {
    stopped: 'The study stopped',
    finished: 'The study is finished',
    /** @param task null where it has no name */
    ready: (task: string | null) => `The results on ${task ?? 'your task'} are ready.`,
  },
  address: {
    running: 'A study is running here. Stop it, then open the address again.',
    otherSettings:
      'The settings in the address are not those of the result it carries. Run the study to see what they do.',
    skipped: (part: string, why: string) => `“${part}” is skipped: ${why}.`,
    thereAre: (known: readonly string[]) => `it can be ${known.join(' or ')}`,
    usual: 'Settings that are skipped are as usual.',
    noSeconds: 'these are no seconds',
    more: (count: number) => `The address has ${counted(count, 'more part', 'more parts')} that cannot be used.`,
  },
  savedNotShown: (why: string) => `The saved result cannot be shown: ${why}`,
  otherAdapters:
    'The adapters that came with the page belong to another study. Run the study shown here to get its adapters.',
});
