/** A kernel as a file that people read: its name, and its code indented by its braces. Only white space differs from what is compiled. */
import type { Kernel } from '../../../src/engine/devices/webgpu/kernel.ts';

const WORDS: Readonly<Record<string, string>> = { '×': 'x', '→': ' to ', ᵀ: 't', '+': ' plus ', '/': ' by ' };

/** Name of a kernel's file, made of its key. */
export const fileOf = ({ key }: Kernel): string =>
  `${key
    .replace(/[×→ᵀ+/]/g, (sign) => WORDS[sign])
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')}.wgsl`;

const count = (text: string, signs: RegExp): number => text.match(signs)?.length ?? 0;

function indented(code: string): string {
  let depth = 0;
  const lines: string[] = [];
  for (const raw of code.split('\n')) {
    const line = raw.trim();
    if (line === '') continue;
    const code = line.replace(/\/\/.*/, '');
    const closing = /^[)}\]]*/.exec(code)?.[0].length ?? 0;
    lines.push('  '.repeat(Math.max(0, depth - closing)) + line);
    depth += count(code, /[({[]/g) - count(code, /[)}\]]/g);
  }
  return lines.join('\n');
}

export const readable = ({ key, kind, code }: Kernel): string => `// ${key} (${kind})\n${indented(code)}\n`;
