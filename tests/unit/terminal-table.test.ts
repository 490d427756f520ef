/** Tables that commands print. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CellTable, printTable, terminalTable } from '../../scripts/terminal-table.ts';

afterEach(() => void vi.restoreAllMocks());

const NUMBERS = (columns: number) => [false, ...Array.from({ length: columns }, () => true)];

describe('a table for a terminal', () => {
  it('is as wide as what is in it, and numbers end at one place', () => {
    const table = { heads: ['measure', 'LoRA', 'CopRA'], numeric: NUMBERS(2), lines: [['barrier', '3.1 ± 0.2', '–']] };
    expect(terminalTable(table, 80)).toBe(
      ['measure       LoRA  CopRA', '───────  ─────────  ─────', 'barrier  3.1 ± 0.2      –'].join('\n'),
    );
  });

  it('that is wider comes in parts, each with the names of the rows', () => {
    const heads = ['measure', 'arm 1', 'arm 2', 'arm 3'];
    const text = terminalTable({ heads, numeric: NUMBERS(3), lines: [['gain', '10.0', '20.0', '30.0']] }, 24);
    expect(text).toBe(
      [
        'measure  arm 1  arm 2',
        '───────  ─────  ─────',
        'gain      10.0   20.0',
        '',
        'measure  arm 3',
        '───────  ─────',
        'gain      30.0',
      ].join('\n'),
    );
  });

  it.each([20, 40, 80])('of long names fits %i columns, and loses none of their letters', (width) => {
    const long = 'gain kept with every other layer off, of a classnamewithoutanyblanksinit';
    const arm = 'CopRA, learning rate 0.0003, rank 16, λ 0.75';
    const text = terminalTable(
      {
        heads: ['measure', ...Array<string>(6).fill(arm)],
        numeric: NUMBERS(6),
        lines: [[long, '12.3 ± 4.5', ...'–––––']],
      },
      width,
    );
    const lines = text.split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
    const letters = lines.map((line) => line.slice(0, Math.floor(0.4 * width)).trim()).join('');
    expect(letters.replaceAll(/[\s─]/g, '')).toContain(long.replaceAll(' ', ''));
  });

  it('counts what a terminal draws twice as wide', () => {
    const lines = [
      ['猫', '1'],
      ['😀', '2'],
      ['cat', '3'],
    ];
    const printed = terminalTable({ heads: ['class', 'images'], numeric: NUMBERS(1), lines }, 80).split('\n');
    expect(printed.slice(2)).toEqual(['猫          1', '😀          2', 'cat         3']);
  });

  it('of names alone is printed too', () => {
    expect(terminalTable({ heads: ['device'], numeric: [false], lines: [['wasm']] }, 80)).toBe('device\n──────\nwasm');
  });

  it('prints no name that breaks its lines', () => {
    const lines = [['cat\ndog\u001b[2J', '1']];
    const printed = terminalTable({ heads: ['class', 'images'], numeric: NUMBERS(1), lines }, 80).split('\n');
    expect(printed).toHaveLength(3);
  });
});

it('cells stand in the order in which rows and columns are named first, also where names are numbers', () => {
  const said = vi.spyOn(console, 'log').mockReturnValue();
  const table = new CellTable('shots');
  expect(table.isEmpty).toBe(true);
  table.set('16', '8', 'a');
  table.set('4', '2', 'b');
  table.set('16', '2', 'c');
  expect(table.isEmpty).toBe(false);
  table.print();
  expect(said).toHaveBeenLastCalledWith(['shots  8  2', '─────  ─  ─', '16     a  c', '4         b'].join('\n'));
});

it('is as wide as the terminal, and 80 columns in a file', () => {
  const said = vi.spyOn(console, 'log').mockReturnValue();
  const heads = ['name', ...Array.from({ length: 30 }, (_, i) => `column ${i}`)];
  const table = { heads, numeric: NUMBERS(30), lines: [heads] };
  const widest = () =>
    Math.max(
      ...String(said.mock.lastCall?.[0])
        .split('\n')
        .map(({ length }) => length),
    );
  const columns = (value: number | undefined) =>
    Object.defineProperty(process.stdout, 'columns', { value, configurable: true });
  columns(undefined);
  printTable(table);
  expect(widest()).toBeLessThanOrEqual(80);
  columns(160);
  printTable(table);
  expect(widest()).toBeGreaterThan(140);
  Reflect.deleteProperty(process.stdout, 'columns');
});
