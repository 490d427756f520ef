import { Console } from 'node:console';
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { guardTerminal } from '../../scripts/command-line.ts';

it('commands print no name that steers a terminal', () => {
  const printed = new PassThrough();
  const terminal = new Console({ stdout: printed, stderr: printed, colorMode: false });
  guardTerminal(terminal);
  const name = '\u001b]0;title\u0007\u001b[2Jarm\r\u009b1A\u202e';
  terminal.log(`first ${name}\nsecond`);
  terminal.warn(name);
  terminal.error(name, 4);
  terminal.table({ [name]: { [name]: name, accuracy: 81.5 } });
  terminal.table([{ [name]: 1 }]);
  const text = String(printed.read());
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
  expect(text).toContain('first ]0;title[2Jarm 1A\nsecond\n');
  expect(text).toContain('81.5');
});
