/**
 * The page's one service worker. It adds the headers of cross-origin isolation to every file of the page, for static hosts that
 * cannot send them (WASM threads need them), and answers from its cache, so that the page works offline. The build turns this file into
 * service-worker.js beside index.html and fills in FILES (scripts/vite-offline.ts); it may import nothing.
 *
 * Every file is kept under its address and the hash of its content. A new version takes over what has not changed, fetches the rest before it
 * is offered, and waits until the page asks for it; files of the version before stay while another tab may need them, and those of a newer
 * one always.
 */
export {};

declare const self: ServiceWorkerGlobalScope;

/** What the page says to its worker. */
type Message =
  /** Take along all of the page, and those files (relative addresses) of what is kept by use. The page says of which version it is by the address of its script. */
  | { readonly type: 'fill'; readonly files: readonly string[]; readonly script: string }
  /** The new version may take over. */
  | { readonly type: 'take-over' }
  /** Tell something outside the page; a press on it leads back to the page that asked. */
  | { readonly type: 'notify'; readonly title: string; readonly options: NotificationOptions };

type Of<Type extends Message['type']> = Extract<Message, { readonly type: Type }>;

/** Address relative to the page's folder → SHA-256 of the content in hexadecimal, and whether it is kept only once it is used. */
const FILES = '__COPRA_FILES__' as unknown as Readonly<
  Record<string, { readonly hash: string; readonly byUse: boolean }>
>;
const CACHE = `copra ${self.registration.scope}`;

/** Address relative to the page's folder; null where its percent signs cannot be decoded, as in no file's name. */
function relative(url: string): string | null {
  const address = new URL(url);
  try {
    const path = decodeURIComponent((address.origin + address.pathname).slice(self.registration.scope.length));
    return path === '' ? 'index.html' : path;
  } catch {
    return null;
  }
}
const folderOf = (file: string): string => file.slice(0, file.lastIndexOf('/') + 1);
const keyOf = (file: string): string => new URL(`${file}?content=${FILES[file].hash}`, self.registration.scope).href;

function isolated(response: Response): Response {
  // Redirects of a navigation arrive unreadable (status 0) and must be passed on as they are.
  if (response.status === 0) return response;
  const headers = new Headers(response.headers);
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
  headers.set('Cross-Origin-Resource-Policy', 'same-origin');
  // Answers such as 204 and 304 must have no body.
  const body = [101, 204, 205, 304].includes(response.status) ? null : response.body;
  return new Response(body, { status: response.status, statusText: response.statusText, headers });
}

async function hashOf(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Keeps an answer if it is the file of this version; a host in the middle of an update sends others. */
async function keep(file: string, response: Response): Promise<void> {
  if (response.status !== 200) return;
  const { headers } = response;
  const bytes = await response.arrayBuffer();
  if ((await hashOf(bytes)) !== FILES[file].hash) return;
  const type = headers.get('Content-Type') ?? 'application/octet-stream';
  const cache = await caches.open(CACHE);
  await cache.put(keyOf(file), new Response(bytes, { headers: { 'Content-Type': type } }));
}

/** Seconds without a byte after which a connection counts as dead, as on the page (platform/unless-silent.ts). */
const SILENCE = 30;

/** The host's answer, which breaks off where the host falls silent: browsers would wait for ever, and so would whoever asks for the file again. */
async function unlessSilent(asked: Request | URL, cache?: RequestCache): Promise<Response> {
  // Whoever opens a page sees that it does not come, and can end that.
  if (asked instanceof Request && asked.mode === 'navigate') return fetch(asked);
  const link = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const hear = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => link.abort(), SILENCE * 1000);
  };
  hear();
  const response = await fetch(asked, { signal: link.signal, cache });
  hear();
  if (!response.body) return response;
  const heard = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      hear();
      controller.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(heard), response);
}

/** A few at a time; rejects when the network does, and when the device is full. What is there already is not fetched again. */
async function fill(files: readonly string[]): Promise<void> {
  const cache = await caches.open(CACHE);
  const queue = [...files];
  const fetchAll = async (): Promise<void> => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      if (await cache.match(keyOf(file))) continue;
      await keep(file, await unlessSilent(new URL(file, self.registration.scope), 'no-cache'));
    }
  };
  await Promise.all([fetchAll(), fetchAll(), fetchAll()]);
}

/** What is not kept is fetched when it is asked for. */
function unlessFull(error: unknown): void {
  if (!(error instanceof DOMException && error.name === 'QuotaExceededError')) throw error;
}

const always = Object.keys(FILES).filter((file) => !FILES[file].byUse);

/** Files by use that the version before has kept are wanted in this one, too. */
async function usedBefore(): Promise<string[]> {
  const kept = new Set((await (await caches.open(CACHE)).keys()).map(({ url }) => relative(url)));
  return Object.keys(FILES).filter((file) => FILES[file].byUse && kept.has(file));
}

/** Files that this version does not know are those of a newer one then. */
const isOutdated = (): boolean => Boolean(self.registration.installing ?? self.registration.waiting);

/** Whether a page with this script is of this version: the name of the script follows from the content of all that it loads. */
function isCurrent(script: string): boolean {
  const file = relative(script);
  return file !== null && Object.hasOwn(FILES, file);
}

/** Removes files of the versions before, once no tab may still want them: the one that asks is of this version, and there is no other. */
async function clean({ source }: ExtendableMessageEvent, script: string): Promise<void> {
  if (!isCurrent(script)) return;
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (!windows.every(({ id }) => id === (source as Client | null)?.id)) return;
  const cache = await caches.open(CACHE);
  const wanted = new Set(Object.keys(FILES).map(keyOf));
  for (const request of await cache.keys()) {
    if (isOutdated()) return; // a newer version may be found at any moment
    if (!wanted.has(request.url)) await cache.delete(request);
  }
}

/** All of the page, and what the message names of the files that are kept by use. */
async function takeAlong(event: ExtendableMessageEvent, { files, script }: Of<'fill'>): Promise<void> {
  // First, since it makes room.
  await clean(event, script);
  await fill([...always, ...files.filter((file) => Object.hasOwn(FILES, file))]);
}

/** A press on the notification finds the tab that asks for it. */
function notify({ source }: ExtendableMessageEvent, { title, options }: Of<'notify'>): Promise<void> {
  const client = (source as Client).id;
  return self.registration.showNotification(title, { ...options, data: client });
}

/** To the tab that asked for the notification, or to any where that one is closed. */
async function leadBack({ data }: Notification): Promise<void> {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const asked = windows.find(({ id }) => id === data);
  await (asked ?? windows.at(0))?.focus();
}

/** Folders of this version's files, in which those of other versions lie, too. */
const FOLDERS = new Set(Object.keys(FILES).map(folderOf).filter(Boolean));

/** The file that is asked for, if it is the page's, of this version or of another one; null: it is of another site below this folder, whose documents stay as its host sends them. */
function ownFile({ url, mode }: Request): string | null {
  const file = relative(url);
  if (file === null || Object.hasOwn(FILES, file)) return file;
  return FOLDERS.has(folderOf(file)) && mode !== 'navigate' ? file : null;
}

/** What is kept; of a cache that cannot be read, nothing: site data can be cleared, or damaged, while the worker runs. */
async function kept(asked: Request | string, options?: CacheQueryOptions): Promise<Response | undefined> {
  try {
    return await (await caches.open(CACHE)).match(asked, options);
  } catch {
    return undefined;
  }
}

async function answer(event: FetchEvent, file: string): Promise<Response> {
  const { request } = event;
  if (!Object.hasOwn(FILES, file)) {
    // Perhaps a file of the version before, whose page is still open.
    const old = await kept(request, { ignoreSearch: true });
    return isolated(old ?? (await unlessSilent(request)));
  }
  const own = await kept(keyOf(file));
  if (own) return isolated(own);
  const response = await unlessSilent(request);
  event.waitUntil(keep(file, response.clone()).catch(() => undefined)); // a full device keeps nothing
  return isolated(response);
}

self.addEventListener('install', (event) => {
  // The first visit waits for nothing; a later version has fetched everything before the page offers it. What the host sends changed, as some
  // minify pages, is not kept, and on a full device nothing more is: refusing such a version would hold its readers at the one before for good.
  if (self.registration.active)
    event.waitUntil(
      usedBefore()
        .then((used) => fill([...always, ...used]))
        .catch(unlessFull),
    );
});

self.addEventListener('activate', () => {
  // Not awaited: in Firefox it settles only when every worker of the page has answered, which WASM threads asleep in Atomics.wait cannot;
  // and until activation ends every request of the page and of its workers hangs.
  void self.clients.claim();
});

self.addEventListener('message', (event) => {
  const message = event.data as Message;
  if (message.type === 'take-over') event.waitUntil(self.skipWaiting());
  else if (message.type === 'notify') event.waitUntil(notify(event, message));
  // Offline, or the device is full: the next visit tries again.
  else event.waitUntil(takeAlong(event, message).catch(() => undefined));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  // Chrome's developer tools send such requests, which fetch() rejects.
  if (request.cache === 'only-if-cached' && request.mode !== 'same-origin') return;
  if (request.method !== 'GET' || !request.url.startsWith(self.registration.scope)) return;
  const file = ownFile(request);
  if (file !== null) event.respondWith(answer(event, file));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(leadBack(event.notification));
});
