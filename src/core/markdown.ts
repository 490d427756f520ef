/** Text in Markdown documents: of names that another hand may have written, and of templates that hold them. */
import { oneLine } from './one-line.ts';

/** What makes Markdown, HTML or a formula of a text. A bracket that is only text makes neither link nor picture of the parentheses behind it. */
const MARKS = /[\\`*_[\]<>&#|~$]/g;

/** Text that Markdown shows as it is, on one line. */
export const markdownText = (text: string): string => oneLine(text).replace(MARKS, String.raw`\$&`);

/** A longer row of backticks than any in the text, so that none of them ends it. */
const fenceOf = (text: string): string =>
  '`'.repeat(1 + Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length)));

/** Text as code within a line. */
export function markdownCode(text: string): string {
  const line = oneLine(text);
  const fence = fenceOf(line);
  const space = fence.length > 1 ? ' ' : '';
  return fence + space + line + space + fence;
}
