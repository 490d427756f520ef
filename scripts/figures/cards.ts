/** What is known of the aims on graphics cards: the reports of `npm run card` in docs/devices/. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { markdownText } from '../../src/core/markdown.ts';
import { MISSING } from '../../src/core/number-format.ts';
import { parseCardReport, type CardReport } from '../card/report.ts';
import { markdownTable } from '../markdown-table.ts';

const FOLDER = path.join('docs', 'devices');

export interface CollectedCard {
  /** Of the file, without its ending. */
  readonly name: string;
  readonly report: CardReport;
}

const isReport = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'copra-card';

/** By name. @throws Error naming a report that is damaged */
export function collectedCards(folder = FOLDER): CollectedCard[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .flatMap((file) => {
      const value: unknown = JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
      if (!isReport(value)) return [];
      try {
        return [{ name: file.replace(/\.json$/, ''), report: parseCardReport(value) }];
      } catch (cause) {
        throw new Error(`${path.join(folder, file)} is a damaged report about a card.`, { cause });
      }
    });
}

/** How a part ended, and why not at its end. */
const partText = ({ id, state, took, why }: CardReport['parts'][number]): string =>
  state === 'done' ? `${id} ${Math.round(took)} s` : `${id} ${state} (${why ?? 'no reason was given'})`;

/** One row per aim, of every report; a sentence where there is none. */
export function aimsTable(cards: readonly CollectedCard[]): string {
  if (cards.length === 0) return 'No report has been collected yet.';
  const rows = cards.flatMap(({ name, report: { adapter, took, parts, aims } }) => [
    [
      `[${name}](devices/${name}.json): ${markdownText(adapter.name)}`,
      `parts, ${Math.round(took)} s in all`,
      markdownText(parts.map(partText).join('; ')),
      '',
    ],
    ...aims.map(({ aim, verdict, found, why }) => ['', aim, markdownText(found ?? why ?? MISSING), verdict]),
  ]);
  return markdownTable(['adapter', 'aim', 'found', 'verdict'], rows);
}
