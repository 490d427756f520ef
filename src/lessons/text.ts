/** The text of lessons as a tree: Markdown parsed by marked, with formulas as leaves. No HTML is generated. */
import { Marked, type Token, type TokenizerAndRendererExtension, type Tokens } from 'marked';

export type Inline =
  | { readonly kind: 'text' | 'code' | 'formula'; readonly text: string }
  | { readonly kind: 'strong' | 'em'; readonly children: readonly Inline[] }
  | { readonly kind: 'link'; readonly href: string; readonly children: readonly Inline[] };

export type Block =
  | { readonly kind: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: 'formula'; readonly text: string };

const formulaBlock: TokenizerAndRendererExtension = {
  name: 'formula-block',
  level: 'block',
  start: (source) => source.indexOf('$$'),
  tokenizer(source) {
    const match = /^\$\$([^$]+)\$\$(?:\n+|$)/.exec(source);
    return match ? { type: 'formula-block', raw: match[0], text: match[1].trim() } : undefined;
  },
};

/** Comes before emphasis, so that an index such as x_1 stays one. */
const formulaInline: TokenizerAndRendererExtension = {
  name: 'formula',
  level: 'inline',
  start: (source) => source.indexOf('$'),
  tokenizer(source) {
    const match = /^\$([^$\n]+)\$/.exec(source);
    return match ? { type: 'formula', raw: match[0], text: match[1].trim() } : undefined;
  },
};

const markdown = new Marked({ extensions: [formulaBlock, formulaInline] });

function inline(token: Token): Inline[] {
  const children = (): Inline[] => ('tokens' in token ? (token.tokens ?? []) : []).flatMap(inline);
  switch (token.type) {
    case 'strong':
    case 'em':
      return [{ kind: token.type, children: children() }];
    case 'codespan':
      return [{ kind: 'code', text: (token as Tokens.Codespan).text }];
    case 'formula':
      return [{ kind: 'formula', text: token.text as string }];
    case 'link':
      return [{ kind: 'link', href: (token as Tokens.Link).href, children: children() }];
    case 'text': {
      const nested = children();
      return nested.length > 0 ? nested : [{ kind: 'text', text: (token as Tokens.Text).text }];
    }
    default:
      // Lessons use no other Markdown (pictures, raw HTML); it is shown as written.
      return [{ kind: 'text', text: token.raw }];
  }
}

export function parseLessonText(source: string): Block[] {
  return markdown.lexer(source.trim()).flatMap((token): Block[] => {
    switch (token.type) {
      case 'space':
        return [];
      case 'formula-block':
        return [{ kind: 'formula', text: token.text as string }];
      case 'list': {
        const { ordered, items } = token as Tokens.List;
        return [{ kind: 'list', ordered, items: items.map((item) => item.tokens.flatMap(inline)) }];
      }
      case 'paragraph':
        return [{ kind: 'paragraph', children: (token as Tokens.Paragraph).tokens.flatMap(inline) }];
      default:
        return [{ kind: 'paragraph', children: [{ kind: 'text', text: token.raw }] }];
    }
  });
}
