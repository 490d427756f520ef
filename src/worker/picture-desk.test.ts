import { expect, it, onTestFinished, vi } from 'vitest';
import type { Engine } from '../engine/engine.ts';
import type { LoadedBackbone } from '../model/load-backbone.ts';
import { PRESETS } from '../study/presets/presets.ts';
import { Predictor } from '../study/predictions/predictor.ts';
import { PictureDesk } from './picture-desk.ts';

it('a backbone that cannot be loaded any more does not forget the predictor made since', async () => {
  const answers = vi
    .spyOn(Predictor.prototype, 'answer')
    .mockResolvedValue({ classes: [], probabilities: [], unknown: [] });
  onTestFinished(() => answers.mockRestore());
  const loads: { readonly resolve: (model: LoadedBackbone) => void; readonly reject: (error: Error) => void }[] = [];
  const desk = new PictureDesk(() => new Promise((resolve, reject) => void loads.push({ resolve, reject })));
  const setting = { config: PRESETS[0].config, classes: [], adapters: [], head: null };
  const question = { pictures: [], variants: [], words: [] };
  const engine = {} as Engine;
  const ask = (id: number, of: typeof setting | null) =>
    desk.answer(() => engine, of, question, desk.take(id, 'a line'));
  const first = ask(1, setting);
  desk.forgetModel(); // a study begins, and ends
  const second = ask(2, null);
  loads[1].resolve({} as LoadedBackbone);
  expect(await second).not.toBeNull();
  loads[0].reject(new Error('No network.'));
  expect(await first).toBeNull();
  expect(await ask(3, null)).not.toBeNull();
  const [made, used] = answers.mock.contexts;
  expect(made).toBeInstanceOf(Predictor);
  expect(used).toBe(made);
});
