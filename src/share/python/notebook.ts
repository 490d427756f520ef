/** The study as a notebook for Colab and Kaggle: nbformat 4.5. */
import { APP_VERSION } from '../../core/version.ts';
import { counted } from '../../core/counted.ts';
import { filled } from '../../core/filled.ts';
import { markdownText } from '../../core/markdown.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import template from './notebook.py?raw';
import { backboneNote, pythonScript, taskName, type ScriptTask } from './script.ts';

/** A line that begins a cell, and what kind of cell: text, the script, or code. */
const CELL = /^# %%(?: (\[markdown\]|script))?\n/gm;

interface Cell {
  readonly cell_type: 'markdown' | 'code';
  readonly id: string;
  readonly metadata: Record<string, never>;
  readonly source: readonly string[];
  readonly execution_count?: null;
  readonly outputs?: readonly never[];
}

/** Lines as notebooks keep them: each with its end, but for the last. */
const linesOf = (text: string): string[] => text.trim().split(/(?<=\n)/);

/** The cells of the template, before anything is written into them: no text of a study begins a cell. */
const [, ...PARTS] = template.split(CELL);
const TEMPLATE = PARTS.flatMap((kind: string | undefined, i) =>
  i % 2 === 0 ? [{ id: `cell-${i / 2}`, kind, text: PARTS[i + 1] }] : [],
);

/** @param task as for pythonScript */
export function pythonNotebook(config: StudyConfig, task: ScriptTask | null): string {
  const values: Record<string, string> = {
    TITLE: taskName(config, task),
    VERSION: APP_VERSION,
    BACKBONE: backboneNote(config, 'beside this notebook'),
    ARMS: config.arms.map(({ name }) => name).join(', '),
    RUNS: `${counted(config.arms.length, 'arm')} × ${counted(config.seeds.length, 'seed')}`,
  };
  const script = pythonScript(config, task);
  const cells = TEMPLATE.map(({ id, kind, text }): Cell => {
    const common = { id, metadata: {} };
    if (kind === '[markdown]') {
      const source = linesOf(filled(text.replace(/^# ?/gm, ''), values, markdownText));
      return { cell_type: 'markdown', ...common, source };
    }
    const code = kind === 'script' ? `%%writefile train_copra.py\n${script}` : text;
    return { cell_type: 'code', ...common, source: linesOf(code), execution_count: null, outputs: [] };
  });
  const metadata = {
    kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' },
    language_info: { name: 'python' },
    accelerator: 'GPU',
  };
  return `${JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
}
