/** What a device of stock operations holds: weights as they are, and the probabilities of the attention. Memory within an operation is not known. */
import { Account } from './account.ts';
import type { MemoryModel } from './counting-device.ts';

/** For the tfjs backends. */
export function plainMemory(): MemoryModel {
  const account = new Account((bytes) => bytes);
  return {
    account,
    fixedBytes: 0,
    linear: {
      linear({ inFeatures, outFeatures, bias }) {
        account.weight(outFeatures, inFeatures);
        if (bias) account.weight(1, outFeatures);
        return { id: 0, inFeatures, outFeatures };
      },
      freeLinear: () => {},
      applyLinear: (x, { outFeatures }) => account.tensor(x.rows, outFeatures),
      linearInputGradient(dy, { inFeatures }, _groups, _lora, accumulate) {
        const dx = account.tensor(dy.rows, inFeatures);
        if (accumulate) account.free(accumulate);
        return dx;
      },
      loraGradient: () => {},
    },
    attention: {
      attention: (q, _k, _v, { sequences, heads, queries, tokens }, keep) => ({
        out: account.tensor(q.rows, q.cols),
        softmax: keep ? account.tensor(sequences * heads * queries, tokens) : null,
      }),
      attentionGradient: (dOut, _q, k) => ({
        dq: account.tensor(dOut.rows, dOut.cols),
        dk: account.tensor(k.rows, k.cols),
        dv: account.tensor(k.rows, k.cols),
      }),
    },
  };
}
