import { describe, expect, it } from 'vitest';
import { adapterNames, parseAdapterRef } from './adapter-ref.ts';

const HUB = 'https://huggingface.co';
const refOf = (text: string) => parseAdapterRef(text, HUB);
const hub = (repo: string, revision = 'main') => ({ kind: 'hub', hub: HUB, repo, revision });
const commit = 'a'.repeat(40);

describe('the name of a published adapter', () => {
  it.each([
    ['someone/lora', hub('someone/lora'), ''],
    [' someone/lora@v1.0 ', hub('someone/lora', 'v1.0'), ''],
    ['someone/lora/task-1', hub('someone/lora'), 'task-1'],
    [`someone/lora/task/1@${commit}`, hub('someone/lora', commit), 'task/1'],
    ['someone/lora/@main', hub('someone/lora'), ''],
    ['someone/lora@refs/pr/3', hub('someone/lora', 'refs/pr/3'), ''],
    [`${HUB}/someone/lora`, hub('someone/lora'), ''],
    [`${HUB}/someone/lora/tree/main/task-1`, hub('someone/lora'), 'task-1'],
    [`${HUB}/someone/lora/blob/v1/task-1/adapter_config.json`, hub('someone/lora', 'v1'), 'task-1'],
    [`${HUB}/someone/lora/tree/refs/pr/3/a/b`, hub('someone/lora', 'refs/pr/3'), 'a/b'],
  ])('%s', (text, ref, folder) => expect(refOf(text)).toEqual({ ref, folder }));

  it('may be the address of a folder on any server, with its SHA-256', () => {
    const digest = 'b'.repeat(64);
    const ref = { kind: 'url', folder: 'https://example.org/my/lora/', digest: null };
    expect(refOf('https://example.org/my/lora')).toEqual({ ref, folder: '' });
    expect(refOf('https://example.org/my/lora/adapter_model.safetensors')).toEqual({ ref, folder: '' });
    expect(refOf(`example.org/my/lora@${digest}`)).toEqual({ ref: { ...ref, digest }, folder: '' });
  });

  it.each(['lora', 'a b/c', '', '/', 'someone/lora@', 'https://'])('is not “%s”', (text) => {
    expect(() => refOf(text)).toThrow();
  });

  it.each([`${HUB}/someone/lora%`, `${HUB}/someone/lora/tree/main/task%2`])('is not “%s”, which is cut off', (text) => {
    expect(() => refOf(text)).toThrow(/the address was cut off or changed\. Copy it again/);
  });

  it('comes with others, each once', () => {
    expect(adapterNames(' a/b, c/d@1;\n a/b\t\n')).toEqual(['a/b', 'c/d@1']);
    expect(adapterNames('  ')).toEqual([]);
  });
});
