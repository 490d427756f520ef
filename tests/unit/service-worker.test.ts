/** Which requests the page's service worker answers, and how: the worker as it is built, with a host and a cache that are told. */
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { workerScript } from '../../scripts/vite-offline.ts';

const SCOPE = 'https://example.org/copra/';
const FILES = {
  'index.html': { hash: '1', byUse: false },
  'assets/now-1.js': { hash: '2', byUse: false },
};
const OLD = `${SCOPE}assets/before-1.js`;

type Listener = (event: Record<string, unknown>) => void;

/** The worker's answer to a request; null when it leaves the request to the browser. */
async function startWorker(): Promise<(path: string, mode?: string) => Promise<Response> | null> {
  const listeners = new Map<string, Listener>();
  const cache = {
    match: (wanted: string | Request) =>
      Promise.resolve((wanted as Request).url === OLD ? new Response('kept') : undefined),
    put: () => Promise.resolve(),
  };
  runInNewContext(await workerScript('.', FILES), {
    self: {
      registration: { scope: SCOPE },
      addEventListener: (type: string, listener: Listener) => listeners.set(type, listener),
    },
    caches: { open: () => Promise.resolve(cache) },
    fetch: () => Promise.resolve(new Response('fetched')),
    ...{ Response, Headers, URL, crypto, TextEncoder },
  });
  return (path, mode = 'no-cors') => {
    let answer: Promise<Response> | null = null;
    listeners.get('fetch')?.({
      request: { url: new URL(path, SCOPE).href, mode, method: 'GET', cache: 'default' },
      respondWith: (given: Promise<Response>) => (answer = given),
      waitUntil: () => undefined,
    });
    return answer;
  };
}

const ask = await startWorker();

describe('the service worker', () => {
  it.each([
    ['', 'navigate'],
    ['?task=food', 'navigate'],
    ['index.html?v=1', 'navigate'],
    ['assets/now-1.js', 'no-cors'],
    ['assets/of-a-version-before.js', 'same-origin'],
  ])('isolates what is of the page: "%s"', async (path, mode) => {
    const answer = await ask(path, mode);
    expect(answer?.headers.get('Cross-Origin-Embedder-Policy')).toBe('require-corp');
    expect(answer?.headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin');
  });

  it('has files of the version before from its cache, while their page is open', async () => {
    expect(await (await ask('assets/before-1.js'))?.text()).toBe('kept');
  });

  it.each([
    ['course/slides/', 'navigate'],
    ['course/slides/index.html', 'navigate'],
    ['course/slides/picture.png', 'no-cors'],
    ['notes.html', 'navigate'],
    ['assets/', 'navigate'],
    ['100%', 'navigate'],
    ['assets/%E0%A4%A.js', 'no-cors'],
    ['../elsewhere/', 'navigate'],
    ['https://huggingface.co/api/models', 'cors'],
  ])('leaves what is not of the page to the browser: "%s"', (path, mode) => {
    expect(ask(path, mode)).toBeNull();
  });
});
