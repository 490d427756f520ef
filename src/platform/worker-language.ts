/**
 * Workers speak the language of the page: what they find wrong is read by people. The page tells a worker when it starts and when the language changes; a worker
 * loads the texts it may need before it reads what comes next.
 */
import { onSpoken, spokenLocale } from '../core/language/catalogue.ts';
import { readLanguage, type LanguageLoaders } from '../core/language/load.ts';
import { isLocale, PSEUDO, type Locale } from '../core/language/locale.ts';
import { comingCode } from './coming-code.ts';

interface LanguageMessage {
  readonly copraLanguage: Locale | typeof PSEUDO;
}

function languageOf(data: unknown): LanguageMessage['copraLanguage'] | null {
  if (typeof data !== 'object' || data === null || !('copraLanguage' in data)) return null;
  const { copraLanguage } = data;
  return copraLanguage === PSEUDO || isLocale(copraLanguage) ? copraLanguage : null;
}

/** @returns a function that stops telling it, for a worker that ends */
export function tellLanguage(worker: Pick<Worker, 'postMessage'>): () => void {
  const tell = (): void => worker.postMessage({ copraLanguage: spokenLocale() } satisfies LanguageMessage);
  // A worker begins in English.
  if (spokenLocale() !== 'en') tell();
  return onSpoken(tell);
}

/** The part of a worker's global scope in use. */
type Scope = Pick<EventTarget, 'addEventListener' | 'dispatchEvent'>;

/**
 * Call it before the worker listens to messages. Messages that come while a language loads wait for it; if it cannot be loaded, or does not come, the worker keeps
 * the one it has.
 * Languages are spoken in the order in which they were told, whichever is loaded first.
 * @param loaders the texts that the worker's code may need
 */
export function hearLanguage(loaders: LanguageLoaders, scope: Scope = self): void {
  let loading = 0;
  let last = Promise.resolve();
  const waiting: MessageEvent[] = [];
  const done = (): void => {
    loading--;
    if (loading > 0) return;
    for (const event of waiting.splice(0))
      scope.dispatchEvent(
        new MessageEvent<unknown>('message', { data: event.data as unknown, ports: [...event.ports] }),
      );
  };
  scope.addEventListener('message', (event) => {
    if (!(event instanceof MessageEvent)) return;
    const locale = languageOf(event.data);
    if (locale === null) {
      if (loading === 0) return;
      waiting.push(event);
      event.stopImmediatePropagation();
      return;
    }
    event.stopImmediatePropagation();
    loading++;
    last = Promise.all([comingCode(readLanguage(locale, loaders)), last])
      .then(([speak]) => speak())
      .catch(() => undefined)
      .finally(done);
  });
}
