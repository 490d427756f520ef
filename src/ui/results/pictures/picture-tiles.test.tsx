import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { withPredictions } from '../../../../tests/fixtures/predictions.ts';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { picturesOf } from '../../../study/predictions/pictures.ts';
import { PictureTiles } from './PictureTiles.tsx';

it('the name of an arm of a sweep is not broken within its learning rate', () => {
  const { config, ...rest } = withPredictions(studyResultFixture());
  const arms = config.arms.map((arm) => ({ ...arm, name: `${arm.name}, lr 3e-3` }));
  const result = { ...rest, config: { ...config, arms } };
  const markup = renderToStaticMarkup(
    <PictureTiles result={result} pictures={picturesOf(result).slice(0, 1)} images={null} onOpen={() => undefined} />,
  );
  expect(markup).toContain('>LoRA, lr 3e-\u20603<');
});
