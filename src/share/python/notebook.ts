/** The study as a notebook for Colab and Kaggle: nbformat 4.5. */
import { APP_VERSION } from '../../core/version.ts';
import { counted } from '../../core/counted.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import template from './notebook.py?raw';
import { backboneNote, pythonScript, titleOf, type ScriptTask } from './script.ts';

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

function cellOf(id: string, kind: string | undefined, text: string, script: string): Cell {
  const common = { id, metadata: {} };
  if (kind === '[markdown]') return { cell_type: 'markdown', ...common, source: linesOf(text.replace(/^# ?/gm, '')) };
  const code = kind === 'script' ? `%%writefile train_copra.py\n${script}` : text;
  return { cell_type: 'code', ...common, source: linesOf(code), execution_count: null, outputs: [] };
}

/** @param task as for pythonScript */
export function pythonNotebook(config: StudyConfig, task: ScriptTask | null): string {
  const values: Record<string, string> = {
    TITLE: titleOf(config, task),
    VERSION: APP_VERSION,
    BACKBONE: backboneNote(config, 'beside this notebook'),
    RUNS: `${counted(config.arms.length, 'arm')} × ${counted(config.seeds.length, 'seed')}`,
  };
  const text = template.replace(/@@([A-Z]+)@@/g, (_, key: string) => values[key]);
  const script = pythonScript(config, task);
  const [, ...parts] = text.split(CELL);
  const cells: Cell[] = [];
  for (let i = 0; i < parts.length; i += 2) cells.push(cellOf(`cell-${i / 2}`, parts[i], parts[i + 1], script));
  const metadata = {
    kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' },
    language_info: { name: 'python' },
    accelerator: 'GPU',
  };
  return `${JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
}
