import { describe, expect, it } from 'vitest';
import { parseLessonText } from './text.ts';

describe('the text of a lesson', () => {
  it('has paragraphs, lists, emphasis, and formulas that Markdown leaves alone', () => {
    expect(parseLessonText('Take **$x_1$ and $x_2$**, *now*:\n\n$$\na_b \\cdot c_d\n$$\n\n- one\n- two `c`')).toEqual([
      {
        kind: 'paragraph',
        children: [
          { kind: 'text', text: 'Take ' },
          {
            kind: 'strong',
            children: [
              { kind: 'formula', text: 'x_1' },
              { kind: 'text', text: ' and ' },
              { kind: 'formula', text: 'x_2' },
            ],
          },
          { kind: 'text', text: ', ' },
          { kind: 'em', children: [{ kind: 'text', text: 'now' }] },
          { kind: 'text', text: ':' },
        ],
      },
      { kind: 'formula', text: 'a_b \\cdot c_d' },
      {
        kind: 'list',
        ordered: false,
        items: [
          [{ kind: 'text', text: 'one' }],
          [
            { kind: 'text', text: 'two ' },
            { kind: 'code', text: 'c' },
          ],
        ],
      },
    ]);
  });

  it('shows HTML as text', () => {
    expect(parseLessonText('<script>alert(1)</script>')).toEqual([
      { kind: 'paragraph', children: [{ kind: 'text', text: '<script>alert(1)</script>' }] },
    ]);
  });
});
