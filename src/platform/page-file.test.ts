import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import * as v from 'valibot';
import { neededPageFile, neededPageJson, pageFile, pageJson } from './page-file.ts';

const PAGE = 'https://example.org/copra/?steps=3#results';
const answers = (response: () => Promise<Response>) => {
  const fetched = vi.fn<(address: URL) => Promise<Response>>(response);
  vi.stubGlobal('fetch', fetched);
  return fetched;
};
afterEach(() => vi.unstubAllGlobals());

describe('a file of the page', () => {
  it('is fetched from beside the page', async () => {
    const fetched = answers(() => Promise.resolve(new Response('abc')));
    expect(new TextDecoder().decode(await neededPageFile('atlas/index.json', PAGE))).toBe('abc');
    expect(String(fetched.mock.calls[0][0])).toBe('https://example.org/copra/atlas/index.json');
  });

  it('may be missing, which is said where it is needed', async () => {
    answers(() => Promise.resolve(new Response('', { status: 404 })));
    expect(await pageFile('a.bin', PAGE)).toBeNull();
    await expect(neededPageFile('a.bin', PAGE)).rejects.toThrow(/^a\.bin, a file .* is not on .* Load the page anew/);
  });

  it('is named when the server refuses it, or is not reached', async () => {
    answers(() => Promise.resolve(new Response('', { status: 503 })));
    await expect(pageFile('a.bin', PAGE)).rejects.toThrow(/^a\.bin, a file .* answered 503\. Try again later/);
    answers(() => Promise.reject(new TypeError('Failed to fetch')));
    await expect(pageFile('a.bin', PAGE)).rejects.toThrow(/^a\.bin, a file .* no connection .* Try again/);
  });

  it.each([
    ['cut off', '{"a": [1, 2', /^a\.json, a file of this page, came damaged or cut off/],
    ['empty', '', /^a\.json, .* damaged or cut off/],
    ['of another form', '{"error": "quota"}', /^a\.json, .* of another version of the page/],
    ['a page', '<!doctype html>', /^a\.json, .* is not on the page’s server/],
  ])('whose JSON is %s is named, in words of the page', async (_, text, message) => {
    answers(() => Promise.resolve(new Response(text)));
    await expect(neededPageJson(v.object({ a: v.array(v.number()) }), 'a.json', PAGE)).rejects.toThrow(message);
  });

  it('is no file when the connection is lost in the middle', async () => {
    const cut = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.error(new TypeError('network error'));
      },
    });
    answers(() => Promise.resolve(new Response(cut)));
    await expect(pageFile('a.bin', PAGE)).rejects.toThrow(/no connection/);
  });

  /** What a fetch that is aborted does. */
  const untilAborted = (signal: AbortSignal) =>
    new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));

  it.each([
    ['before it answers', 0],
    ['in the middle of the file', 2],
  ])('is given up where the server falls silent %s, and its connection is free for others', async (_, pieces) => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    let given: AbortSignal | null = null;
    vi.stubGlobal('fetch', (_address: URL, { signal }: { signal: AbortSignal }) => {
      given = signal;
      if (pieces === 0) return untilAborted(signal);
      let sent = 0;
      const body = new ReadableStream<Uint8Array>({
        async pull(controller) {
          if (sent++ === pieces) await untilAborted(signal);
          await new Promise((resolve) => setTimeout(resolve, 20_000)); // slow, and not silent
          controller.enqueue(Uint8Array.of(sent));
        },
      });
      return Promise.resolve(new Response(body));
    });
    const outcome = pageFile('a.bin', PAGE).catch((error: unknown) => String(error));
    await vi.advanceTimersByTimeAsync(pieces * 20_000 + 29_000);
    expect(given!.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(2000);
    expect(given!.aborted).toBe(true);
    expect(await outcome).toMatch(/no connection .* Try again/);
  });

  it('is none where a host answers with a page, as networks do that ask their guests to log in', async () => {
    answers(() => Promise.resolve(new Response('\n<!DOCTYPE html><title>Welcome to the hotel</title>')));
    expect(await pageFile('a.bin', PAGE)).toBeNull();
    expect(await pageJson('a.json', PAGE)).toBeNull();
    await expect(neededPageFile('a.bin', PAGE)).rejects.toThrow(/log in first\. Load the page anew/);
    answers(() => Promise.resolve(new Response('<svg/>')));
    expect((await pageFile('a.svg', PAGE))?.byteLength).toBe(6);
  });
});
