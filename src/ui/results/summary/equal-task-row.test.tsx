import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, expect, it, vi } from 'vitest';
import { withDomains } from '../../../../tests/fixtures/domains.ts';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { baselineStore } from '../../../state/summary/glance.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { glanceReport } from './glance-report.ts';
import { SummaryTable } from './SummaryTable.tsx';

/** Three arms, of which the third has the runs of CopRA. */
function ofThree(): StudyResult {
  const { config, ...rest } = studyResultFixture();
  const third = { ...config.arms[1], id: 'third', name: 'Third' };
  return withDomains({ ...rest, config: { ...config, arms: [...config.arms, third] } });
}

/** The cells of the row at equal accuracy on the task, its label first. */
function rowOf(result: StudyResult): string[] {
  const markup = renderToStaticMarkup(<SummaryTable result={result} />);
  const rows = markup.split('<tr>').filter((row) => row.includes('Other domains, '));
  return rows.at(-1)!.split(/<\/t[hd]>/).map((cell) => cell.replaceAll(/<button.*<\/button>|<[^>]*>/g, '').replaceAll('\u00a0', ' ')); // prettier-ignore
}

afterEach(() => vi.restoreAllMocks());

it('at equal accuracy on the task, the table holds every arm equal with the chosen one, as its files do', () => {
  const result = ofThree();
  for (const chosen of [null, 'copra', 'third']) {
    // What is drawn for a file knows a store as it was at first.
    vi.spyOn(baselineStore, 'getInitialState').mockReturnValue({ arm: chosen });
    const row = glanceReport(result, chosen).table.rows.find(([label]) => label.startsWith('Other domains, task'))!;
    const { name } = result.config.arms.find(({ id }) => id === (chosen ?? 'lora'))!;
    expect(row[0]).toBe(`Other domains, task as ${name}, %`);
    expect(rowOf(result).slice(0, 4)).toEqual(row.slice(0, 4));
  }
});

it('between two arms the row names none: both are held equal', () => {
  expect(rowOf(withDomains(studyResultFixture()))[0]).toBe('Other domains, equal task, %');
});
