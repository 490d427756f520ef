import { afterEach, describe, expect, it, vi } from 'vitest';
import { neededPageFile, pageFile } from './page-file.ts';

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

  it('is no file when the connection is lost in the middle', async () => {
    const cut = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.error(new TypeError('network error'));
      },
    });
    answers(() => Promise.resolve(new Response(cut)));
    await expect(pageFile('a.bin', PAGE)).rejects.toThrow(/no connection/);
  });
});
