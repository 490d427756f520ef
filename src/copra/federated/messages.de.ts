/** What the rules of aggregation do, in German. */
import type { RULES_WORDS } from './messages.ts';

export const federatedRules: typeof RULES_WORDS = {
  fedit: 'A und B werden jedes für sich gemittelt.',
  rotated:
    'A und B jedes Clients werden erst auf die gedreht, mit denen er begonnen hat, was sein Update lässt, wie es ist; dann gemittelt.',
  flexlora: 'Die Updates werden gemittelt, und die beste Näherung vom Rang r wird verschickt.',
  ffaLora: 'Ein zufälliges A für alle, das nie trainiert wird; B wird trainiert und gemittelt.',
  fedexLora: 'Wie FedIT; was dabei verloren geht, kommt zu den eingefrorenen Gewichten aller hinzu.',
  stacking:
    'Das Mittel der Updates kommt zu den eingefrorenen Gewichten aller hinzu, und jede Runde beginnt mit neuen Adaptern (FLoRA).',
};
