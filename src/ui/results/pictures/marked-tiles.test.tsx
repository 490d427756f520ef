import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { MarkedTiles } from './MarkedTiles.tsx';
import { PICTURE_WORDS } from './messages.ts';

it('a small picture is right, wrong, as often right as wrong, or has no mark, and only a wrong one recedes', () => {
  const tile = (right?: boolean | null) =>
    renderToStaticMarkup(
      <MarkedTiles
        label="tiles"
        fades
        images={null}
        pictures={[{ place: 0, note: '', reading: 'Picture 1', ...(right !== undefined && { right }) }]}
        onOpen={() => undefined}
      />,
    );
  const { right, wrong, tied } = PICTURE_WORDS;
  const marks = [true, false, null, undefined].map((is) =>
    [right, wrong, tied].filter((word) => tile(is).includes(`>${word}<`)),
  );
  expect(marks).toEqual([[right], [wrong], [tied], []]);
  expect([true, false, null, undefined].map((is) => tile(is).includes('data-wrong'))).toEqual([
    false,
    true,
    false,
    false,
  ]);
});
