import { stackAdapters, stackedLayout } from '../../stacking.ts';
import { sumSize, type FederatedRule } from '../rule.ts';
import { fedit } from './fedit.ts';

/**
 * FedIT, whose error Σ pₖBₖAₖ − BA = Σ pₖ(Bₖ − B)(Aₖ − A) is added to the frozen weights; exact (Singhal et al. 2025, arXiv 2410.09432).
 * The error is kept as stacked factors of rank K·r; no matrix of the size of a weight is formed.
 */
export const fedexLora: FederatedRule = {
  aggregate(round) {
    const { layout, clients, weights } = round;
    const { adapter } = fedit.aggregate(round);
    const deviations = clients.map((client) => client.map((value, i) => value - adapter[i]));
    const values = stackAdapters(layout, deviations, weights);
    return { adapter, residual: { layout: stackedLayout(layout, clients.length), values } };
  },
  traffic: (layout, clients) => ({ down: layout.size + sumSize(layout, clients), up: layout.size }),
};
