import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NARROW_TOKEN, WRITE_TOKEN } from '../../../tests/support/hub/hub-writer.ts';
import { startLocalHub, type LocalHub } from '../../../tests/support/hub/local-hub.ts';
import { fetchAdapters } from '../../model/hub/adapters/fetch-adapters.ts';
import { adapterFiles } from '../../../tests/support/hub/adapters.ts';
import { diskStorage } from '../../model/hub/storage-node.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { publish, type Publication } from './publish.ts';

let hub: LocalHub;
beforeEach(async () => {
  hub = await startLocalHub({});
});
afterEach(() => hub.close());

const text = (content: string) => new TextEncoder().encode(content);
const files = { ...adapterFiles(1, 'someone/clip'), 'README.md': text('# Card') } as Publication['files'];
const never = new AbortController().signal;
const send = (change: Partial<Publication> = {}, signal = never) => {
  const given = { hub: hub.url, token: WRITE_TOKEN, repo: 'tester/lora', isPrivate: true, title: 'An adapter', files };
  return publish({ ...given, ...change }, () => {}, signal);
};

describe('a publication', () => {
  it('makes the repository, and what it holds opens as it was', async () => {
    const { commit, address } = await send();
    expect(address).toBe(`${hub.url}/tester/lora/tree/${commit}`);
    expect(hub.writer.visibility.get('tester/lora')).toBe('private');
    const root = mkdtempSync(path.join(tmpdir(), 'copra-published-'));
    try {
      const storage = diskStorage(root);
      const [{ id, baseModel }] = await fetchAdapters('tester/lora', storage, { hub: hub.url });
      expect([id, baseModel]).toEqual([`tester/lora@${commit}`, 'someone/clip']);
      const weights = await storage.read(encodeURIComponent(id), 'adapter_model.safetensors');
      expect(new Uint8Array(weights ?? new ArrayBuffer(0))).toEqual(files['adapter_model.safetensors']);
    } finally {
      rmSync(root, { recursive: true });
    }
  });

  it('into a repository that is there adds a commit', async () => {
    const first = await send();
    const second = await send({ files: { 'README.md': text('# Another card') } });
    expect(second.commit).not.toBe(first.commit);
  });

  it('into a repository with a card keeps the head of that card, and the licence in it', async () => {
    const cardAt = async () => (await fetch(`${hub.url}/tester/lora/resolve/main/README.md`)).text();
    await send({ files: { 'README.md': text('---\nlicense: apache-2.0\n---\n# Mine\n') } });
    await send({ files: { 'README.md': text('---\nlibrary_name: peft\n---\n# Card\n') } });
    expect(await cardAt()).toBe('---\nlicense: apache-2.0\nlibrary_name: peft\n---\n# Card\n');
  });

  it('into a repository that is there needs no token that makes repositories', async () => {
    const first = await send();
    const second = await send({ token: NARROW_TOKEN, files: { 'README.md': text('# Another card') } });
    expect(second.commit).not.toBe(first.commit);
  });

  it('sends the token to the hub and nowhere else', async () => {
    await send();
    const { seenTokens } = hub.writer;
    const uploads = seenTokens.filter((seen) => seen.path.startsWith('/upload/'));
    expect(uploads.map(({ authorization }) => authorization)).toEqual([null]);
    expect(seenTokens.length).toBeGreaterThan(uploads.length);
  });

  it.each([
    ['hf_nobody', 'tester/lora', /does not accept this token \(401\)/],
    ['hf_reader', 'tester/lora', /write to tester\/lora \(403\).*role “write”/],
    [NARROW_TOKEN, 'tester/lora', /write to tester\/lora \(403\)/],
    [WRITE_TOKEN, 'somebody/lora', /write to somebody\/lora \(403\)/],
    ['secret', 'tester/lora', /no token of a hub: it begins with hf_/],
    [WRITE_TOKEN, 'lora', /“lora” is not the name of a repository/],
  ])('with %s to %s is refused in words, without the token in them', async (token, repo, message) => {
    const error = await send({ token, repo }).then(
      () => null,
      (reason: Error) => reason,
    );
    expect(error?.message).toMatch(message);
    expect(error?.message).not.toContain(token);
    expect(hub.writer.visibility.size).toBe(0);
  });

  it('to a hub that is not there says so', async () => {
    await hub.close();
    await expect(send()).rejects.toThrow(/could not be reached.*Nothing was published/);
    hub = await startLocalHub({});
  });

  it('that is cancelled gives its reason', async () => {
    await expect(send({}, AbortSignal.abort(new Error('cancelled')))).rejects.toThrow('cancelled');
  });
});
