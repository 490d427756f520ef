/** JSON values as Python literals. */

export type Literal = string | number | boolean | null | readonly Literal[] | { readonly [key: string]: Literal };

const WIDTH = 100;

/** A JSON string is a Python string once the characters that Python reads differently, or that turn the direction of what follows, are escaped. */
const text = (value: string): string =>
  JSON.stringify(value).replace(
    /[\u007f-\u00a0\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

function flat(value: Literal): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return `[${(value as readonly Literal[]).map(flat).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([key, item]) => `${text(key)}: ${flat(item)}`)
    .join(', ')}}`;
}

const entry = ([key, value]: readonly [string, Literal], indent: string): string =>
  `${text(key)}: ${pythonLiteral(value, indent)}`;

/** On one line if it fits, else one item per line. */
export function pythonLiteral(value: Literal, indent = ''): string {
  const short = flat(value);
  if (typeof value !== 'object' || value === null || indent.length + short.length <= WIDTH) return short;
  const inner = `${indent}    `;
  if (Array.isArray(value))
    return `[\n${(value as readonly Literal[]).map((item) => `${inner}${pythonLiteral(item, inner)},\n`).join('')}${indent}]`;
  return `{\n${Object.entries(value)
    .map((each) => `${inner}${entry(each, inner)},\n`)
    .join('')}${indent}}`;
}
