/** Fills in the model card: what was trained, how long, and how well. */
import template from './model-card.md?raw';
import { QUALITY_STYLES, type Quality } from './quality.ts';
import { markdownTable } from '../markdown-table.ts';

export interface CardFacts {
  readonly seed: number;
  readonly epochs: number;
  readonly pictures: number;
  readonly minutes: number;
  /** e.g. "WebAssembly SIMD, 2 threads". */
  readonly device: string;
  readonly quality: Quality;
}

const STYLE_NAMES: Readonly<Record<(typeof QUALITY_STYLES)[number], string>> = {
  openmoji: 'OpenMoji (held out)',
  fxemoji: 'Firefox OS (held out)',
  noto: 'Noto Emoji',
  twemoji: 'Twemoji',
};

const grouped = (count: number) => count.toLocaleString('en-US');

function qualityTable(quality: Quality): string {
  const accuracy = ([percent, count]: [number, number]) => `${percent.toFixed(1)} (${grouped(count)})`;
  const rows = QUALITY_STYLES.map((style) => {
    const { group9, sub16, ...retrieval } = quality[style];
    const shares = [retrieval['R@1'].toFixed(1), retrieval['R@5'].toFixed(1)];
    return [STYLE_NAMES[style], accuracy(group9), accuracy(sub16), ...shares];
  });
  const header = ['style', '9 groups', '16 subgroups', 'own name first', 'own name among 5'];
  return markdownTable(header, rows);
}

/** The card as Markdown with a front matter, as on the Hugging Face hub. */
export function modelCard({ seed, epochs, pictures, minutes, device, quality }: CardFacts): string {
  const values: Readonly<Record<string, string>> = {
    seed: String(seed),
    epochs: String(epochs),
    pictures: grouped(pictures),
    minutes: String(Math.max(1, Math.round(minutes))),
    device,
    quality: qualityTable(quality),
  };
  return template.replace(/\{(seed|epochs|pictures|minutes|device|quality)\}/g, (_, key: string) => values[key]);
}
