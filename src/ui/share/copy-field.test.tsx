import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { CopyField } from './CopyField.tsx';

it.each(['', 'https://a.example/#r2'])('does not say that “%s” was copied before it was', (text) => {
  const shown = renderToStaticMarkup(<CopyField label="Link" text={text} />);
  expect(shown).toContain('</svg>Copy</button>');
});
