import { Console } from 'node:console';
import { readdirSync, readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { guardTerminal, outliveReaders, proxyAdvice } from '../../scripts/command-line.ts';
import { optionsOf, UsageError } from '../../scripts/options.mjs';
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
  const text = String(printed.read());
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
  expect(text).toContain('first ]0;title[2Jarm 1A\nsecond\n');
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

it('a command goes on where nobody reads what it prints any more, and ends where printing fails', () => {
  const printed = new PassThrough();
  outliveReaders([printed]);
  const failure = (code: string) => Object.assign(new Error(code), { code });
  printed.emit('error', failure('EPIPE'));
  expect(() => printed.emit('error', failure('ENOSPC'))).toThrow('ENOSPC');
});

describe('the options of a command', () => {
  const given = process.argv;
  afterEach(() => {
    process.argv = given;
    vi.restoreAllMocks();
  });
  const read = (...args: string[]) => {
    process.argv = ['node', 'command', ...args];
    return optionsOf('Usage: command [--out FILE] [--fresh]', {
      options: {
        out: { type: 'string', default: 'a.json', about: 'where it is written' },
        fresh: { type: 'boolean', about: 'begins again' },
        part: { type: 'string', multiple: true, about: 'does this alone' },
      },
    }).values;
  };

  it.each([
    [['--ot', 'a'], 'There is no option "--ot".'],
    [['--out'], '--out takes a value; one that begins with a dash is joined to it: --out=-….'],
    [['--out', '--fresh'], '--out takes a value; one that begins with a dash is joined to it: --out=-….'],
    [['--fresh=yes'], '--fresh takes no value.'],
    [['stray'], '"stray" is one argument too many.'],
  ])('%j are refused with the usage', (args, why) => {
    expect(() => read(...args)).toThrow(new UsageError(`${why}\nUsage: command [--out FILE] [--fresh]`));
  });

  it('are explained below the usage where somebody asks for help', () => {
    const ended = vi.spyOn(process, 'exit').mockImplementation(() => {
      throw new Error('ended');
    });
    const said = vi.spyOn(console, 'log').mockReturnValue();
    expect(() => read('--help')).toThrow('ended');
    const help = [
      'Usage: command [--out FILE] [--fresh]',
      '',
      '  --out    where it is written (default a.json)',
      '  --fresh  begins again',
      '  --part   does this alone (repeatable)',
      '  --help   prints this',
    ];
    expect([said.mock.lastCall, ended.mock.lastCall]).toEqual([[help.join('\n')], [0]]);
    expect(read('--out=-a')).toMatchObject({ out: '-a' });
  });

  it('are read by the same words in every command', () => {
    const scripts = readdirSync('scripts', { recursive: true, encoding: 'utf8' }).filter((file) =>
      /\.m?[jt]s$/.test(file),
    );
    const own = scripts.filter((file) => /\bparseArgs\(/.test(readFileSync(`scripts/${file}`, 'utf8')));
    expect(own).toEqual(['options.mjs']);
  });
});
