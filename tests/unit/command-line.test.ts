import { Console } from 'node:console';
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { guardTerminal, proxyAdvice } from '../../scripts/command-line.ts';
import { IN_TERMINAL } from '../../scripts/hub-names.ts';
import { persist, Unreached } from '../../src/platform/http/retry.ts';

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

it('a terminal is told nothing of what pages may read', async () => {
  const words = { thing: 'model', instead: '', check: '', damaged: '', later: 'Later.', ...IN_TERMINAL };
  const options = { signal: new AbortController().signal, attempts: 1, words };
  const unreached = persist('https://hub.example/model', options, () => Promise.reject(new Unreached('No way')));
  await expect(unreached).rejects.toThrow(/^No way\. You may be offline\. Later\.$/);
});

it('where no server is reached and a proxy is named that Node does not use, commands say how it does', async () => {
  const words = { thing: 'model', instead: '', check: '', damaged: '', later: '', again: '' };
  const options = { signal: new AbortController().signal, attempts: 1, words };
  const fails = (error: Error) =>
    persist('https://hub.example/model', options, () => Promise.reject(error)).catch((cause: unknown) => {
      return new Error('wrapped', { cause });
    });
  const [unreached, other] = await Promise.all([fails(new Unreached('no way')), fails(new Error('damaged'))]);
  const proxy = { https_proxy: 'http://proxy:3128' };
  expect(proxyAdvice(unreached, proxy)).toMatch(/^https_proxy names a proxy.* NODE_USE_ENV_PROXY=1/);
  expect(proxyAdvice(other, proxy)).toBeNull();
  expect(proxyAdvice(unreached, {})).toBeNull();
  expect(proxyAdvice(unreached, { ...proxy, NODE_USE_ENV_PROXY: '1' })).toBeNull();
});
