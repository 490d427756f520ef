import { expect, it, vi } from 'vitest';
import { filesIn, readBytes } from '../../tests/support/files.ts';
import { fewShots } from '../study/presets/few-shots.ts';
import { createInputs } from './inputs.ts';

it.each(['emoji-clip', 'emoji-clip-2'])('of %s no files are asked for that it does not have', async (backbone) => {
  const folder = `public/backbones/${backbone}`;
  const missing: string[] = [];
  vi.stubGlobal('fetch', ({ pathname }: URL) => {
    const file = pathname.slice(pathname.lastIndexOf('/') + 1);
    if (!filesIn(folder).includes(file)) missing.push(file);
    return Promise.resolve(
      new Response(filesIn(folder).includes(file) ? readBytes(`${folder}/${file}`) : '<!doctype html>'),
    );
  });
  const { loadModel } = createInputs(new URL('https://page.example/'), () => {});
  const { preprocessing, tokenizer } = await loadModel({ backbone, imageSize: undefined });
  expect([missing, preprocessing.std, tokenizer !== null]).toEqual([[], [0.28, 0.28, 0.28], true]);
});

it('estimates of two studies in turns fetch the backbone and the list of pictures once', async () => {
  const asked: string[] = [];
  vi.stubGlobal('fetch', ({ pathname }: URL) => {
    asked.push(pathname);
    return Promise.resolve(new Response(readBytes(`public${pathname}`)));
  });
  const { config } = fewShots;
  const { outlineOf } = createInputs(new URL('https://page.example/'), () => {});
  const own = { ...config, shots: 3 };
  for (const wanted of [config, own, config, { ...own, seeds: [4] }]) await outlineOf(wanted);
  const models = asked.filter((path) => path.endsWith('model.safetensors'));
  expect(models).toHaveLength(1);
  const before = asked.length;
  await outlineOf(config);
  await outlineOf(own);
  expect(asked).toHaveLength(before);
});
