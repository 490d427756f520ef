/** Generated blocks of written pages: the text between "<!-- generated: NAME -->" and "<!-- end -->". The rest of the page is left unchanged. */
const BLOCK = /<!-- generated: ([\w-]+) -->[^]*?<!-- end -->/g;

export type Blocks = Readonly<Record<string, string>>;

/** The names of the blocks of a page, in order. */
export const blocksOf = (page: string): string[] => [...page.matchAll(BLOCK)].map(([, name]) => name);

/**
 * Fills the blocks of a page; multi-line texts go on their own lines.
 * @throws Error for a block without a generator or without an end.
 */
export function filled(page: string, blocks: Blocks, file: string): string {
  const text = page.replace(BLOCK, (_, name: string) => {
    if (!Object.hasOwn(blocks, name)) throw new Error(`${file} has a block "${name}", which nothing generates.`);
    const own = blocks[name];
    const space = own.includes('\n') ? '\n\n' : '';
    return `<!-- generated: ${name} -->${space}${own}${space}<!-- end -->`;
  });
  const open = text.split('<!-- generated:').length - 1;
  if (open !== blocksOf(text).length) throw new Error(`${file} has a block without its <!-- end -->.`);
  return text;
}
