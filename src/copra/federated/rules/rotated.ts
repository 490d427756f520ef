import { rotateOnto } from '../../merging/alignment.ts';
import { factorsOf, writeFactors } from '../../merging/low-rank.ts';
import type { FederatedRule } from '../rule.ts';
import { fedit } from './fedit.ts';

/**
 * FedIT on rotated factors: Rₖ orthogonal with ‖BₖRₖ − B‖² + ‖RₖᵀAₖ − A‖² least, where B and A are the clients' starting factors. The idea
 * is from FedRot-LoRA (arXiv 2602.23638); this form is ours.
 */
export const rotated: FederatedRule = {
  aggregate(round) {
    const { layout, clients, start } = round;
    const turned = clients.map((client) => {
      const values = client.slice();
      for (const pair of layout.pairs)
        writeFactors(layout, values, pair, rotateOnto(factorsOf(layout, start, pair), factorsOf(layout, client, pair)));
      return values;
    });
    return fedit.aggregate({ ...round, clients: turned });
  },
  traffic: (layout, clients) => fedit.traffic(layout, clients),
};
