import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import { catalogue, speak, speakEnglish, spokenLocale } from '../core/language/catalogue.ts';
import { hearLanguage, tellLanguage } from './worker-language.ts';
import { PATIENT } from '../../tests/support/patient.ts';

const WORDS = catalogue('test-worker', { wrong: 'That is wrong.' });

afterEach(speakEnglish);

/** A worker's scope that answers every message with the words it has then; "late" loads when the test says so. */
function worker() {
  const scope = new EventTarget();
  const answers: string[] = [];
  let arrive = (): void => {};
  const de = () =>
    new Promise<object>((resolve) => {
      arrive = () => resolve({ 'test-worker': { wrong: 'Das ist falsch.' } });
    });
  hearLanguage({ de }, scope);
  scope.addEventListener('message', (event) => {
    if (event instanceof MessageEvent) answers.push(`${String(event.data)}: ${WORDS.wrong}`);
  });
  const post = (data: unknown) => scope.dispatchEvent(new MessageEvent('message', { data }));
  return { post, answers, arrive: () => arrive() };
}

it('a worker speaks English until it is told otherwise', () => {
  const { post, answers } = worker();
  post('a');
  expect(answers).toEqual(['a: That is wrong.']);
});

it('messages behind a change of language wait for its words, in their order', async () => {
  const { post, answers, arrive } = worker();
  post({ copraLanguage: 'de' });
  post('a');
  post('b');
  expect(answers).toEqual([]);
  arrive();
  await vi.waitFor(() => expect(answers).toEqual(['a: Das ist falsch.', 'b: Das ist falsch.']), PATIENT);
  post({ copraLanguage: 'en' });
  post('c');
  await vi.waitFor(() => expect(answers.at(-1)).toBe('c: That is wrong.'), PATIENT);
});

it('a worker speaks the language that it was told last, whichever is loaded first', async () => {
  const { post, answers, arrive } = worker();
  post({ copraLanguage: 'de' });
  post({ copraLanguage: 'en' });
  post('a');
  arrive();
  await vi.waitFor(() => expect(answers).toEqual(['a: That is wrong.']), PATIENT);
  expect(spokenLocale()).toBe('en');
});

it('a language that never comes is waited for half a minute', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { post, answers } = worker();
  post({ copraLanguage: 'de' });
  post('a');
  await vi.advanceTimersByTimeAsync(30_000);
  expect(answers).toEqual(['a: That is wrong.']);
});

it('a language that cannot be loaded leaves the worker as it is', async () => {
  const scope = new EventTarget();
  const heard: unknown[] = [];
  hearLanguage({ de: () => Promise.reject(new Error('offline')) }, scope);
  scope.addEventListener('message', (event) => heard.push(event instanceof MessageEvent && event.data));
  for (const data of [{ copraLanguage: 'de' }, 'a']) scope.dispatchEvent(new MessageEvent('message', { data }));
  await vi.waitFor(() => expect(heard).toEqual(['a']), PATIENT);
  expect(spokenLocale()).toBe('en');
});

it('what is no language goes on to the worker', () => {
  const { post, answers } = worker();
  post({ copraLanguage: 'xx' });
  expect(answers).toHaveLength(1);
});

it('the page tells a worker when it starts, unless in English, and at every change until it ends', () => {
  const postMessage = vi.fn();
  const untell = tellLanguage({ postMessage });
  expect(postMessage).not.toHaveBeenCalled();
  speak('de', () => null);
  expect(postMessage).toHaveBeenLastCalledWith({ copraLanguage: 'de' });
  tellLanguage({ postMessage })();
  expect(postMessage).toHaveBeenCalledTimes(2);
  untell();
  speakEnglish();
  expect(postMessage).toHaveBeenCalledTimes(2);
});
