/** Which requests the page's service worker answers, and how: the worker as it is built, with a host and a cache that are told. */
import { createHash } from 'node:crypto';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { workerScript } from '../../scripts/vite-offline.ts';

const SCOPE = 'https://example.org/copra/';
const OLD = `${SCOPE}assets/before-1.js`;

/** A host that gives the same text for every file. */
const fileOf = (text: string) => () => Promise.resolve(new Response(text));
const HASH = createHash('sha256').update('new').digest('hex');
const FILES = {
  'index.html': { hash: HASH, byUse: false },
  'assets/now-1.js': { hash: '2', byUse: false },
};

type Listener = (event: Record<string, unknown>) => void;

const keyOf = (file: keyof typeof FILES): string => `${SCOPE}${file}?content=${FILES[file].hash}`;

/** What the host and the browser do, where they do otherwise than usual. */
interface Surroundings {
  /** Opens the cache; absent: it can be read. */
  readonly openCache?: () => Promise<never>;
  /** Addresses that are kept; absent: one of the version before. */
  readonly kept?: string[];
  readonly put?: () => Promise<void>;
  readonly fetch?: (asked: Request | URL, options?: { readonly signal?: AbortSignal }) => Promise<Response>;
  /** Ids of the open tabs. */
  readonly tabs?: string[];
  /** Whether there is a version before, whose worker is active. */
  readonly isUpdate?: boolean;
}

/** A worker as it is built. */
async function startWorker({ kept = [OLD], put, fetch, tabs = [], isUpdate = false, openCache }: Surroundings = {}) {
  const listeners = new Map<string, Listener>();
  const focused: string[] = [];
  const shown: { title: string; options: NotificationOptions }[] = [];
  const cache = {
    match: (wanted: string | Request) =>
      Promise.resolve(kept.includes((wanted as Request).url ?? wanted) ? new Response('kept') : undefined),
    put: put ?? (() => Promise.resolve()),
    keys: () => Promise.resolve(kept.map((url) => ({ url }))),
    delete({ url }: Request) {
      kept.splice(kept.indexOf(url), 1);
      return Promise.resolve(true);
    },
  };
  const windows = tabs.map((id) => ({ id, focus: () => Promise.resolve(focused.push(id)) }));
  runInNewContext(await workerScript('.', FILES), {
    self: {
      registration: {
        scope: SCOPE,
        active: isUpdate ? {} : null,
        showNotification(title: string, options: NotificationOptions) {
          shown.push({ title, options });
          return Promise.resolve();
        },
      },
      clients: { matchAll: () => Promise.resolve(windows) },
      addEventListener: (type: string, listener: Listener) => listeners.set(type, listener),
    },
    caches: { open: openCache ?? (() => Promise.resolve(cache)) },
    fetch: fetch ?? (() => Promise.resolve(new Response('fetched'))),
    Response,
    Headers,
    URL,
    DOMException,
    crypto,
    TextEncoder,
    AbortController,
    TransformStream,
    Request,
    setTimeout,
    clearTimeout,
  });
  /** Something happens to the worker; resolves once it is done with it. */
  const happen = async (type: string, event: Record<string, unknown> = {}): Promise<void> => {
    let done: Promise<unknown> | undefined;
    listeners.get(type)?.({ ...event, waitUntil: (work: Promise<unknown>) => (done = work) });
    await done;
  };
  /** The worker's answer to a request; null when it leaves the request to the browser. */
  const ask = (path: string, mode = 'no-cors'): Promise<Response> | null => {
    let answer: Promise<Response> | null = null;
    listeners.get('fetch')?.({
      request: { url: new URL(path, SCOPE).href, mode, method: 'GET', cache: 'default' },
      respondWith: (given: Promise<Response>) => (answer = given),
      waitUntil: () => undefined,
    });
    return answer;
  };
  return { ask, happen, kept, focused, shown };
}

const { ask } = await startWorker();

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

it.each(['assets/now-1.js', 'assets/before-1.js'])(
  'a cache that cannot be read, as when site data are cleared, keeps nothing from coming: "%s"',
  async (file) => {
    const { ask } = await startWorker({ openCache: () => Promise.reject(new DOMException('gone', 'UnknownError')) });
    expect(await (await ask(file))?.text()).toBe('fetched');
  },
);

describe('a host that falls silent', () => {
  /** A host that sends nothing, or half of a file, and no more. */
  const silent =
    (half?: string) =>
    (_: unknown, { signal }: { readonly signal?: AbortSignal } = {}) =>
      new Promise<Response>((resolve, reject) => {
        const failed = (fail: (why: unknown) => void) => signal?.addEventListener('abort', () => fail(signal.reason));
        if (half === undefined) return failed(reject);
        const body = new ReadableStream<Uint8Array>({
          start(controller) {
            controller.enqueue(new TextEncoder().encode(half));
            failed((why) => controller.error(why));
          },
        });
        resolve(new Response(body));
      });

  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is given up after half a minute, so that the page can ask again', async () => {
    const { ask } = await startWorker({ fetch: silent() });
    const answer = Promise.resolve(ask('assets/now-1.js'));
    const given = expect(answer).rejects.toThrow('aborted');
    await vi.advanceTimersByTimeAsync(30_000);
    await given;
  });

  it('is given up within a file, of which nothing is kept', async () => {
    const put = vi.fn(() => Promise.resolve());
    const { ask } = await startWorker({ fetch: silent('ne'), put });
    const text = Promise.resolve(ask('index.html', 'no-cors')).then((answer) => answer?.text());
    const given = expect(text).rejects.toThrow('aborted');
    await vi.advanceTimersByTimeAsync(60_000);
    await given;
    expect(put).not.toHaveBeenCalled();
  });

  it('does not hold a new version', async () => {
    const worker = await startWorker({ isUpdate: true, fetch: silent() });
    const installed = expect(worker.happen('install')).rejects.toThrow('aborted');
    await vi.advanceTimersByTimeAsync(30_000);
    await installed;
  });
});

describe('files of the version before', () => {
  const fillFrom = async (script: string | undefined, sender: string, tabs: string[]): Promise<string[]> => {
    const worker = await startWorker({ kept: [OLD, keyOf('index.html')], tabs });
    await worker.happen('message', { data: { type: 'fill', files: [], script }, source: { id: sender } });
    return worker.kept;
  };
  const now = `${SCOPE}assets/now-1.js`;

  it('are removed once the only tab says that it is of this version', async () => {
    expect(await fillFrom(now, 'a', ['a'])).toEqual([keyOf('index.html')]);
  });

  it.each([
    ['the only tab is of the version before', OLD, 'a', ['a']],
    ['the only tab does not say of which it is', undefined, 'a', ['a']],
    ['another tab is open', now, 'a', ['a', 'b']],
    ['the tab that says so was closed, and another one is open', now, 'a', ['b']],
  ])('stay while %s', async (_, script, sender, tabs) => {
    expect(await fillFrom(script, sender, tabs)).toContain(OLD);
  });

  it('make room for this version on a full device', async () => {
    const kept = [OLD];
    const full = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
    const worker = await startWorker({ kept, tabs: ['a'], put: full, fetch: fileOf('new') });
    await worker.happen('message', { data: { type: 'fill', files: [], script: now }, source: { id: 'a' } });
    expect(kept).toEqual([]);
  });
});

describe('a new version', () => {
  it('is installed on a full device, which keeps nothing more', async () => {
    const full = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
    const worker = await startWorker({ isUpdate: true, put: full, fetch: fileOf('new') });
    await worker.happen('install');
    expect(await (await worker.ask('index.html'))?.text()).toBe('new');
  });

  it('is not installed while the host cannot be reached', async () => {
    const offline = () => Promise.reject(new TypeError('Failed to fetch'));
    const worker = await startWorker({ isUpdate: true, fetch: offline });
    await expect(worker.happen('install')).rejects.toThrow('Failed to fetch');
  });
});

it('a press on a notification leads to the tab that asked for it, or to any where that one is closed', async () => {
  const worker = await startWorker({ tabs: ['a', 'b'] });
  const tell = (id: string) =>
    worker.happen('message', {
      data: { type: 'notify', title: 'Done', options: { body: 'x', tag: 'study' } },
      source: { id },
    });
  const press = (at: number) =>
    worker.happen('notificationclick', { notification: { ...worker.shown[at].options, close: () => undefined } });
  await tell('b');
  await tell('closed');
  await press(0);
  await press(1);
  expect(worker.focused).toEqual(['b', 'a']);
  expect(worker.shown[0]).toMatchObject({ title: 'Done', options: { body: 'x', tag: 'study' } });
});
