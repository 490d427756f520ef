/** When a page on a plain host is loaded again for threads, and when it is left alone. */
import { expect, it, vi } from 'vitest';
import { ensureCrossOriginIsolation } from '../../src/isolation.ts';

/** A page whose service worker is ready when `ready` says so. */
function setUp() {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
    removeItem: (key: string) => void kept.delete(key),
  };
  let ready = (): void => undefined;
  const serviceWorker = {
    register: () => Promise.resolve(),
    ready: new Promise<void>((resolve) => (ready = resolve)),
  };
  const reload = vi.fn();
  const page = Object.assign(new EventTarget(), { isSecureContext: true, location: { reload } });
  vi.stubGlobal('window', Object.assign(page, { top: page, self: page }));
  vi.stubGlobal('navigator', { serviceWorker });
  vi.stubGlobal('sessionStorage', storage);
  vi.stubGlobal('document', { baseURI: 'https://example.org/' });
  return { page, reload, ready: () => ready() };
}

it('a page whose service worker does not come goes on without it', async () => {
  vi.useFakeTimers();
  setUp();
  const isolation = ensureCrossOriginIsolation();
  await vi.advanceTimersByTimeAsync(30_000);
  expect(await isolation).toBe('unavailable');
  vi.useRealTimers();
});

it('a page that nobody has touched is loaded again once the service worker is ready, and not twice', async () => {
  const { reload, ready } = setUp();
  const isolation = ensureCrossOriginIsolation();
  ready();
  expect(await isolation).toBe('reloading');
  expect(reload).toHaveBeenCalledOnce();
  expect(await ensureCrossOriginIsolation()).toBe('unavailable');
  expect(reload).toHaveBeenCalledOnce();
});

it.each(['click', 'keydown', 'input', 'drop', 'paste'])(
  'a page on which the reader has begun something (%s) stays',
  async (type) => {
    const { page, reload, ready } = setUp();
    const isolation = ensureCrossOriginIsolation();
    page.dispatchEvent(new Event(type));
    ready();
    expect(await isolation).toBe('unavailable');
    expect(reload).not.toHaveBeenCalled();
    // The next visit may be loaded again.
    expect(await ensureCrossOriginIsolation()).toBe('reloading');
  },
);
