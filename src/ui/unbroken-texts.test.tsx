import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { unbrokenTexts } from './unbroken-texts.tsx';

const Other = () => 'p = 1';

it('joins what belongs together in the texts of paragraphs', () => {
  const help = (
    <>
      <p>
        <code>λ = 0</code> and 3 %<br />
      </p>
      <Other />
    </>
  );
  expect(renderToStaticMarkup(unbrokenTexts(help)).replaceAll('\u00a0', '~')).toBe(
    '<p><code>λ~=~0</code> and 3~%<br/></p>p = 1',
  );
});
