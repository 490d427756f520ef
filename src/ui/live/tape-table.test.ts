import { expect, it } from 'vitest';
import { meanProbability } from '../../copra/gate-sampler.ts';
import { activeShares, redrawTape } from '../../state/summary/tape.ts';
import { BACKBONES } from '../../state/models/backbones.ts';
import { defaultArm } from '../../study/config/default-arm.ts';
import { tapeTable } from './tape-table.ts';

const [backbone] = BACKBONES;
const lora = defaultArm('lora', 'lora', 'LoRA');
const copra = defaultArm('copra', 'copra', 'CopRA');

it('has for every part of the training p and how often each layer was active, as far as it is recorded', () => {
  const tape = redrawTape(copra, backbone, 0, 15, 40);
  const whole = redrawTape(lora, backbone, 0, 40, 40);
  const { players } = tape;
  const { head, rows } = tapeTable({
    arms: [lora, copra],
    tapes: [whole, tape],
    players: [players, players],
    steps: 40,
    parts: 4,
  });
  expect(head.slice(0, 4)).toEqual(['Arm', 'Steps', 'p', 'Layer 1 %']);
  expect(head).toHaveLength(3 + players);
  expect(rows.map((row) => row[1])).toEqual(['1–10', '11–20', '21–30', '31–40', '1–10', '11–20', '21–30', '31–40']);
  expect(rows[0]).toEqual(['LoRA', '1–10', '1.00', ...Array<string>(players).fill('100')]);
  const shares = [...activeShares(tape, 0, 10)].map((share) => `${Math.round(100 * share)}`);
  expect(rows[4].slice(3)).toEqual(shares);
  expect(new Set(shares).size).toBeGreaterThan(1);
  const chances = Array.from({ length: 10 }, (_, step) => meanProbability(copra, step, 40, players));
  expect(Number(rows[4][2])).toBeCloseTo(chances.reduce((sum, p) => sum + p, 0) / 10, 2);
  // Its last five steps are not recorded yet.
  const half = [...activeShares(tape, 10, 15)].map((share) => `${Math.round(100 * share)}`);
  expect(rows[5].slice(3)).toEqual(half);
  expect(rows[6].slice(3)).toEqual(Array<string>(players).fill('–'));
});

it('leaves cells of layers that an arm does not have empty', () => {
  const tape = { players: 2, steps: 2, cells: Uint8Array.of(1, 0, 1, 1) };
  const { head, rows } = tapeTable({ arms: [copra, lora], tapes: [tape, null], players: [2, 3], steps: 2, parts: 2 });
  expect(head).toHaveLength(6);
  expect(rows[0].slice(3)).toEqual(['100', '0', '']);
  expect(rows[1][1]).toBe('2');
  expect(rows[2].slice(3)).toEqual(['–', '–', '–']);
});
