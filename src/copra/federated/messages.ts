/** What the rules of aggregation do, in a sentence. Their names are names. */
import { catalogue } from '../../core/language/catalogue.ts';

export const RULES_WORDS = catalogue('federatedRules', {
  fedit: 'A and B are averaged on their own.',
  rotated:
    'Each client’s A and B are first rotated onto those it started from, which leaves its update as it is; then averaged.',
  flexlora: 'The updates are averaged, and the best approximation of rank r is sent out.',
  ffaLora: 'One random A for everybody, never trained; B is trained and averaged.',
  fedexLora: 'As FedIT; what that loses is added to everybody’s frozen weights.',
  stacking:
    'The average of the updates is added to everybody’s frozen weights, and every round begins with new adapters (FLoRA).',
});
