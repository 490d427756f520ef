/** Which chart a step shows to a whole room, and what a key does there. */
import type { LessonStep } from '../../lessons/lesson.ts';
import type { PagePart } from '../../lessons/parts.ts';
import type { EmbedView } from '../embed/views.ts';

const VIEWS: Partial<Record<PagePart, Exclude<EmbedView, 'all'>>> = {
  tape: 'tape',
  curves: 'training',
  run: 'training',
  summary: 'summary',
  landscape: 'landscape',
  shapley: 'shapley',
  layers: 'layers',
  weights: 'weights',
};

/** Null where the text stands alone. */
export const chartOf = ({ part }: LessonStep): Exclude<EmbedView, 'all'> | null => (part && VIEWS[part]) ?? null;

export type PresenterAction =
  | { readonly kind: 'forward' | 'back' | 'run' | 'pause' | 'leave' }
  | { readonly kind: 'choose'; readonly choice: number };

/** Keys of presenting remotes count: they send Page Up and Page Down. */
const ACTIONS: Readonly<Record<string, PresenterAction>> = {
  ArrowRight: { kind: 'forward' },
  PageDown: { kind: 'forward' },
  ' ': { kind: 'forward' },
  Enter: { kind: 'forward' },
  ArrowLeft: { kind: 'back' },
  PageUp: { kind: 'back' },
  r: { kind: 'run' },
  p: { kind: 'pause' },
  Escape: { kind: 'leave' },
};

export function presenterAction(key: string, choices: number): PresenterAction | null {
  if (/^[1-9]$/.test(key)) return Number(key) <= choices ? { kind: 'choose', choice: Number(key) - 1 } : null;
  return ACTIONS[key.length === 1 ? key.toLowerCase() : key] ?? null;
}
