import { expect, it } from 'vitest';
import { markdownCode, markdownText } from './markdown.ts';

it('leaves nothing of a text for Markdown to read', () => {
  expect(markdownText('![x](https://evil/p.png) <img src=x>&amp; **b** _i_ `c` a|b\n# d $e$ ~f~ \\')).toBe(
    String.raw`!\[x\](https://evil/p.png) \<img src=x\>\&amp; \*\*b\*\* \_i\_ \`c\` a\|b \# d \$e\$ \~f\~ \\`,
  );
  expect(markdownText('CopRA (rank 4), seed 3!')).toBe('CopRA (rank 4), seed 3!');
});

it('ends code where the text ends, whatever backticks it has', () => {
  expect(markdownCode('few\nshots')).toBe('`few shots`');
  expect(markdownCode('a ``b`` c')).toBe('``` a ``b`` c ```');
});
