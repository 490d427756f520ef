/** Whether a result has what a frame should show, and the line instead where it has not. */
import type { StudyResult } from '../../study/result/result.ts';
import { sweepOf } from '../../study/config/sweep.ts';
import { fills } from '../results/figures-of.ts';
import { EMBED_VIEWS, type EmbedView } from './views.ts';

export function hasView(view: EmbedView, result: StudyResult): boolean {
  switch (view) {
    case 'sweep':
      return sweepOf(result.config) !== null;
    case 'federated-error':
    case 'federated-clients':
      return fills('federated', result);
    case 'training':
    case 'tape':
    case 'summary':
    case 'all':
      return true;
    default:
      return fills(view, result);
  }
}

export function absence(view: EmbedView): string {
  if (view === 'sweep') return 'This study is no sweep: its arms differ in more than one setting, or in none.';
  const name = EMBED_VIEWS.find(({ id }) => id === view)?.name ?? view;
  return `This result has nothing under “${name}”: that analysis was off, or had not begun.`;
}
