import { expect, it } from 'vitest';
import { filesIn, readBytes } from '../../../tests/support/files.ts';
import { factsOf } from '../../model/facts-of.ts';
import { loadModelConfig } from '../../model/load-backbone.ts';
import { geometryOf } from '../../model/model-facts.ts';
import { BACKBONES } from './backbones.ts';

it.each(BACKBONES)(
  'own images become the inputs of $id on the page as its files tell Python',
  async ({ id, facts }) => {
    const folder = `public/backbones/${id}`;
    const { config, preprocessing } = await loadModelConfig((file) =>
      Promise.resolve(filesIn(folder).includes(file) ? readBytes(`${folder}/${file}`).buffer : null),
    );
    const { imageSize } = preprocessing;
    expect(geometryOf(factsOf(config, preprocessing, 0), imageSize)).toEqual(geometryOf(facts, imageSize));
  },
);
