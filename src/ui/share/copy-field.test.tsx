import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { CopyField } from './CopyField.tsx';

it('copies nothing while there is nothing to copy', () => {
  expect(renderToStaticMarkup(<CopyField label="Link" text="" />)).toMatch(/<button[^>]* disabled=""/);
  expect(renderToStaticMarkup(<CopyField label="Link" text="https://a.example" />)).not.toContain('disabled');
});

it.each(['', 'https://a.example/#r2'])('does not say that “%s” was copied before it was', (text) => {
  const shown = renderToStaticMarkup(<CopyField label="Link" text={text} />);
  expect(shown).toContain('</svg>Copy</button>');
});
