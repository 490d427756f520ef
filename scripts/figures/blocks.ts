/**
 * Parts of written pages that a script fills: what stands between "<!-- generated: NAME -->" and "<!-- end -->". Everything else on the page is
 * left as it is.
 */
const BLOCK = /<!-- generated: ([\w-]+) -->[^]*?<!-- end -->/g;

export type Blocks = Readonly<Record<string, string>>;

/** The names of the blocks of a page, in order. */
export const blocksOf = (page: string): string[] => [...page.matchAll(BLOCK)].map(([, name]) => name);

/**
 * The page with its blocks filled; texts of several lines stand on lines of their own.
 * @throws Error for a block that nobody writes, or that has no end.
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
