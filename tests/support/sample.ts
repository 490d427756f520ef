/** How many inputs a test tries of as many that prove the same of pure arithmetic, drawn at random or listed: a browser, which takes longer and reads what Node reads, is asked for a sample. */
export const tried = (inNode: number): number => ('document' in globalThis ? Math.ceil(inNode / 4) : inNode);
