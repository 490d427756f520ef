import { expect, it } from 'vitest';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { glanceReport } from './glance-report.ts';

const result = studyResultFixture({ seeds: 4 });
const [lora, copra] = result.config.arms;

it('the table of results in a report has every arm, and every other one minus the baseline with its interval', () => {
  const { table, isOpen } = glanceReport(result, null);
  expect(isOpen).toBe(true);
  expect(table.head).toEqual(['', lora.name, copra.name, `${copra.name} − ${lora.name}`]);
  expect(table.rows[0][0]).toBe('Test accuracy, %');
  expect(table.rows[0][3]).toMatch(/^[+−±]?\d+\.\d \([+−]?\d+\.\d to [+−]?\d+\.\d, over seeds.*\)$/);
  expect(glanceReport(result, copra.id).table.head[3]).toBe(`${lora.name} − ${copra.name}`);
  expect(glanceReport(result, 'gone').table.head[3]).toBe(`${copra.name} − ${lora.name}`);
});

it('one arm has no differences', () => {
  const alone = { ...result, config: { ...result.config, arms: [lora] } };
  const { table, meta } = glanceReport(alone, null);
  expect(table.head).toEqual(['', lora.name]);
  expect(meta).toBe('');
});
